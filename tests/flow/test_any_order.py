"""Images, labels and predictions come in any order, whole or in parts; the project is the same."""

import random
from pathlib import Path

import pytest

import misnomer
from tests.flow.conftest import Pets
from tests.flow.snapshot import nearly, snapshot


@pytest.fixture(scope="module")
def expected(pets: Pets, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    directory = tmp_path_factory.mktemp("expected")
    csv = pets.write_csv(directory / "linear.csv")
    with misnomer.create(directory / "p.misnomer", images=pets.images, predictions=csv, model="linear") as project:
        return snapshot(project)


def test_shuffled_rows_change_nothing(pets: Pets, expected: dict[str, object], tmp_path: Path) -> None:
    rows = list(range(len(pets.keys)))
    random.Random(1).shuffle(rows)
    csv = pets.write_csv(tmp_path / "linear.csv", rows)
    with misnomer.create(tmp_path / "p.misnomer", images=pets.images, predictions=csv, model="linear") as project:
        assert snapshot(project) == expected


def test_predictions_in_two_files_are_one_model(pets: Pets, expected: dict[str, object], tmp_path: Path) -> None:
    with misnomer.create(tmp_path / "p.misnomer", images=pets.images) as project:
        for part in (range(30, 60), range(30)):
            project.add_predictions(pets.write_csv(tmp_path / "part.csv", list(part)), model="linear")
        assert snapshot(project) == expected


def test_predictions_may_come_before_their_images(pets: Pets, expected: dict[str, object], tmp_path: Path) -> None:
    first = tmp_path / "first.csv"
    first.write_text("path,label\n" + "".join(f"{pets.images / k},{k.split('/')[0]}\n" for k in pets.keys[:1]))
    (tmp_path / "one" / "cat").mkdir(parents=True)
    (tmp_path / "one" / "cat" / "00.png").write_bytes((pets.images / "cat" / "00.png").read_bytes())
    with misnomer.create(tmp_path / "p.misnomer", images=tmp_path / "one") as project:
        report = project.add_predictions(pets.write_csv(tmp_path / "linear.csv"), model="linear")
        assert report.counts["matched"] == 1
        project.add_images(pets.images)
        project.compute()
        assert snapshot(project) == nearly(expected)


def test_labels_may_come_before_or_after_everything_else(
    pets: Pets, expected: dict[str, object], tmp_path: Path
) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("filename,label\n" + "".join(f"{k},{v}\n" for k, v in zip(pets.keys, pets.labels, strict=True)))
    flat = tmp_path / "flat.csv"
    flat.write_text("key,path\n" + "".join(f"{key},{pets.images / key}\n" for key in pets.keys))
    with misnomer.create(tmp_path / "p.misnomer", images=flat) as project:
        project.add_predictions(pets.write_csv(tmp_path / "linear.csv"), model="linear")
        project.add_labels(labels)
        assert snapshot(project) == expected


def test_the_same_commands_again_change_nothing(pets: Pets, tmp_path: Path) -> None:
    csv = pets.write_csv(tmp_path / "linear.csv")
    with misnomer.create(tmp_path / "p.misnomer", images=pets.images, predictions=csv, model="linear") as project:
        before = snapshot(project), project.info()
        assert project.add_images(pets.images).changed is False
        assert project.add_predictions(csv, model="linear").changed is False
        project.compute()
        assert (snapshot(project), project.info()) == before


def test_dropped_rows_change_coverage_and_only_what_they_must(pets: Pets, tmp_path: Path) -> None:
    kept = [row for row in range(len(pets.keys)) if row % 3]
    csv = pets.write_csv(tmp_path / "linear.csv", kept)
    with misnomer.create(tmp_path / "p.misnomer", images=pets.images, predictions=csv, model="linear") as project:
        evaluation = project.evaluate()
        assert (evaluation.sample_count, evaluation.predicted_count) == (60, 40)
        right = [pets.labels[row] == pets.predictions[row] for row in kept]
        assert evaluation.accuracy.value == sum(right) / len(right)


def test_images_that_moved_are_found_by_adding_them_again(pets: Pets, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for key in pets.keys[:2]:
        (old / key).parent.mkdir(parents=True, exist_ok=True)
        (old / key).write_bytes((pets.images / key).read_bytes())
    with misnomer.create(tmp_path / "p.misnomer", images=old, skip=["pixels"]) as project:
        old.rename(new)
        assert project.add_images(new).counts["moved"] == 2
        project.compute()
        assert project.info().report[-1].content == "images"
        assert all(sample.metrics["brightness"] is not None for sample in project.samples().samples)


def test_a_project_that_moves_with_its_images_still_finds_them(pets: Pets, tmp_path: Path) -> None:
    here = tmp_path / "here"
    (here / "images" / "cat").mkdir(parents=True)
    (here / "images" / "cat" / "0.png").write_bytes((pets.images / "cat" / "00.png").read_bytes())
    misnomer.create(here / "p.misnomer", images=here / "images", skip=["pixels"]).close()
    here.rename(tmp_path / "there")
    with misnomer.open(tmp_path / "there" / "p.misnomer") as project:
        project.compute()
        assert project.samples().samples[0].metrics["width"] == 8

import json
import shutil
from pathlib import Path

import duckdb
import numpy as np
import pytest
from PIL import Image

import misnomer
from tests.unit.cli.conftest import Command


def photo(seed: int) -> Image.Image:
    coarse = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((800, 600), Image.Resampling.BICUBIC)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """train has cat/a.jpg, its lossless copy under dog, and dog/b.png; test a smaller copy of b, and a blank page twice
    as noise apart; model m predicts a's copy otherwise than a."""
    images = tmp_path / "images"
    for folder in ("train/cat", "train/dog", "test/cat", "test/dog"):
        (images / folder).mkdir(parents=True)
    photo(1).save(images / "train/cat/a.jpg", quality=85)
    Image.open(images / "train/cat/a.jpg").save(images / "train/dog/copy of a.png")
    photo(2).save(images / "train/dog/b.png")
    photo(2).resize((400, 300)).save(images / "test/dog/small b.jpg")
    photo(3).save(images / "test/cat/alone.png")
    Image.new("RGB", (500, 700), (250, 250, 250)).save(images / "test/cat/blank.png")
    Image.new("RGB", (510, 700), (245, 245, 245)).save(images / "test/dog/blank.png")
    rows = ["filename,prediction"]
    rows += [f"{path.relative_to(images)},cat" for path in sorted(images.rglob("*.*")) if path.name != "copy of a.png"]
    (tmp_path / "m.csv").write_text("\n".join([*rows, "train/dog/copy of a.png,dog"]) + "\n")
    misnomer.create(
        tmp_path / "p.misnomer", images=images, predictions=tmp_path / "m.csv", model="m", skip=["embeddings"]
    ).close()
    return tmp_path / "p.misnomer"


def keys(document: dict) -> list[list[str]]:
    return [[sample["key"] for sample in group["samples"]] for group in document["groups"]]


def test_groups_are_found_with_their_flags(command: Command, copied: Path) -> None:
    document = json.loads(command("duplicates", copied, "--json").out)
    assert keys(document) == [
        ["train/cat/a.jpg", "train/dog/copy of a.png"],
        ["train/dog/b.png", "test/dog/small b.jpg"],
    ]
    exact, near = document["groups"]
    assert (exact["kind"], exact["contradictory_labels"], exact["contradictory_predictions"]) == ("exact", True, True)
    assert (near["kind"], near["contradictory_labels"], near["crosses_splits"]) == ("near", False, True)
    assert document["copy_count"] == 2
    assert exact["samples"][1]["predictions"] == {"m": "dog"}


def test_kinds_can_be_asked_for_apart(command: Command, copied: Path) -> None:
    assert len(json.loads(command("duplicates", copied, "--kind", "exact", "--json").out)["groups"]) == 1
    assert keys(json.loads(command("duplicates", copied, "--kind", "near", "--json").out)) == [
        ["train/dog/b.png", "test/dog/small b.jpg"]
    ]
    answer = command("duplicates", copied, "--kind", "naer")
    assert (answer.code, "Did you mean 'near'?" in answer.err) == (2, True)


def test_a_filter_chooses_the_groups_that_have_one_of_its_samples(command: Command, copied: Path) -> None:
    document = json.loads(command("duplicates", copied, "--split", "test", "--json").out)
    assert keys(document) == [["train/dog/b.png", "test/dog/small b.jpg"]]


def test_all_but_the_kept_are_tagged_and_untagged(command: Command, copied: Path) -> None:
    answer = command("duplicates", copied, "--tag-others", "copy")
    assert answer.err.startswith("2 samples given 'copy'\n")
    assert command("duplicates", copied, "--tag-others", "copy").err.startswith("0 samples given 'copy'\n")
    tagged = json.loads(command("samples", copied, "--tag", "copy", "--json").out)["samples"]
    assert {sample["key"] for sample in tagged} == {"train/dog/copy of a.png", "test/dog/small b.jpg"}
    assert "2 samples lost 'copy'" in command("tag", copied, "copy", "--remove").out


def test_scores_without_copies_and_leaks_stand_beside_the_scores(command: Command, copied: Path) -> None:
    with misnomer.open(copied) as project:
        scores = project.evaluate_deduplicated(model="m")
        left = scores.without_duplicates
    # Of 7 samples: the copy of a and the small b are copies, and b has its duplicate in another split.
    assert (scores.all_samples.sample_count, scores.copy_count, scores.leak_count, left.sample_count) == (7, 2, 1, 4)
    # a, alone, blank (cat) are right, blank (dog) wrong; before, the copy was right and both b wrong.
    assert (scores.all_samples.accuracy.value, left.accuracy.value) == (4 / 7, 3 / 4)
    lines = [line.split() for line in command("duplicates", copied).out.splitlines()]
    assert ["left", "out:", "2", "copies,", "1", "leak", "across", "splits"] in lines


def test_a_filter_counts_only_what_it_leaves_out_itself(copied: Path) -> None:
    with misnomer.open(copied) as project:
        scores = project.evaluate_deduplicated(splits=["test"])
    assert (scores.all_samples.sample_count, scores.copy_count, scores.leak_count) == (4, 1, 0)


def test_thresholds_out_of_range_are_refused(command: Command, copied: Path) -> None:
    assert "a cosine, from 0.8" in command("duplicates", copied, "--threshold", "0.5").err
    assert "Give 0 to 4" in command("duplicates", copied, "--bits", "5").err


def test_new_images_are_compared_and_nothing_is_hashed_twice(command: Command, copied: Path, tmp_path: Path) -> None:
    more = tmp_path / "more" / "cat"
    more.mkdir(parents=True)
    shutil.copy(tmp_path / "images/test/cat/alone.png", more / "again.png")
    command("add-images", copied, tmp_path / "more")
    command("compute", copied, "pixels", "duplicates")
    document = json.loads(command("duplicates", copied, "--kind", "exact", "--json").out)
    assert ["cat/again.png", "test/cat/alone.png"] in keys(document)
    assert document["compared_count"] == 8


def test_a_project_that_has_not_been_compared_has_no_groups(command: Command, tmp_path: Path) -> None:
    (tmp_path / "images/cat").mkdir(parents=True)
    photo(1).save(tmp_path / "images/cat/1.png")
    misnomer.create(
        tmp_path / "p.misnomer", images=tmp_path / "images", skip=["pixels", "embeddings", "duplicates"]
    ).close()
    answer = command("duplicates", tmp_path / "p.misnomer")
    assert answer.out.startswith("0 groups of 0 samples: 0 copies; 0 of equal pixels\n")
    assert "0 images compared" in answer.out


@pytest.fixture
def mirrored(tmp_path: Path) -> Path:
    """A photo for training, its smaller mirrored copy for testing, and another photo."""
    images = tmp_path / "images"
    for folder in ("train/left", "test/right"):
        (images / folder).mkdir(parents=True)
    photo(1).save(images / "train/left/a.png")
    photo(1).resize((400, 300)).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(images / "test/right/a.jpg")
    photo(2).save(images / "test/right/b.png")
    (tmp_path / "m.csv").write_text("filename,prediction\ntrain/left/a.png,left\ntest/right/a.jpg,left\n")
    misnomer.create(
        tmp_path / "p.misnomer", images=images, predictions=tmp_path / "m.csv", model="m", skip=["embeddings"]
    ).close()
    return tmp_path / "p.misnomer"


def test_a_mirrored_copy_is_a_group_of_its_kind_that_crosses_splits(
    command: Command, mirrored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISNOMER_MIRRORED_DUPLICATES", "1")
    document = json.loads(command("duplicates", mirrored, "--json").out)
    assert keys(document) == [["train/left/a.png", "test/right/a.jpg"]]
    group = document["groups"][0]
    assert (group["kind"], group["crosses_splits"], group["contradictory_labels"]) == ("mirrored", True, True)
    assert (document["exact_group_count"], document["mirrored_group_count"]) == (0, 1)
    assert json.loads(command("duplicates", mirrored, "--kind", "mirrored", "--json").out)["group_count"] == 1
    for kind in ("near", "exact"):
        assert json.loads(command("duplicates", mirrored, "--kind", kind, "--json").out)["group_count"] == 0
    with misnomer.open(mirrored) as project:
        flags = project.sample(group["samples"][0]["id"]).flags
    assert [flag.sentence.split(";")[0] for flag in flags if flag.kind == "duplicate"] == [
        "Mirrored copy of test/right/a.jpg"
    ]


def test_mirrored_copies_are_duplicates_only_when_asked_for(command: Command, mirrored: Path) -> None:
    assert json.loads(command("duplicates", mirrored, "--json").out)["group_count"] == 0
    answer = command("duplicates", mirrored, "--kind", "mirrored")
    assert answer.out.startswith("1 group of 2 samples: 1 copy; 0 of equal pixels, 1 mirrored\n")


def test_scores_are_without_the_copies_of_the_kind_that_is_listed(command: Command, mirrored: Path) -> None:
    with misnomer.open(mirrored) as project:
        usual, asked = project.evaluate_deduplicated(), project.evaluate_deduplicated(kind="mirrored")
    assert (usual.copy_count, usual.leak_count) == (0, 0)
    # The copy for testing goes, and so does its original, which leaks.
    assert (asked.copy_count, asked.leak_count, asked.without_duplicates.sample_count) == (1, 1, 1)
    lines = command("duplicates", mirrored, "--kind", "mirrored").out.splitlines()
    assert "left out: 1 copy, 1 leak across splits" in lines


def test_mirrored_copies_are_linked_when_first_asked_for_and_then_known(command: Command, mirrored: Path) -> None:
    kept = mirrored / "cache" / "mirrored"
    command("duplicates", mirrored)
    assert not kept.exists()
    first = command("duplicates", mirrored, "--kind", "mirrored").out
    (file,) = [path for path in kept.rglob("*") if path.is_file()]
    written = file.stat().st_mtime_ns
    assert command("duplicates", mirrored, "--kind", "mirrored").out == first
    assert file.stat().st_mtime_ns == written
    shutil.rmtree(mirrored / "cache")
    assert command("duplicates", mirrored, "--kind", "mirrored").out == first


def test_before_images_are_compared_none_is_a_mirrored_copy(command: Command, mirrored: Path) -> None:
    again = mirrored.with_name("again.misnomer")
    misnomer.create(again, images=mirrored.parent / "images", skip=["embeddings", "duplicates"]).close()
    assert json.loads(command("duplicates", again, "--kind", "mirrored", "--json").out)["group_count"] == 0


def test_a_project_measured_before_there_were_mirrored_hashes_is_measured_again(
    command: Command, mirrored: Path
) -> None:
    with duckdb.connect(str(mirrored / "project.duckdb")) as connection:
        connection.execute("alter table image_metrics drop column mirrored_hash")
        connection.execute("update computed set fingerprint = 'older' where step = 'pixels'")
    assert command("compute", mirrored, "duplicates").code == 0
    assert command("compute", mirrored, "pixels", "duplicates").code == 0
    assert json.loads(command("duplicates", mirrored, "--kind", "mirrored", "--json").out)["group_count"] == 1

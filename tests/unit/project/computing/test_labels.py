"""Labels are checked by each model with probabilities, and again when something has changed."""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import misnomer
from misnomer.errors import InputError
from misnomer.evaluation.confident_learning import check_labels
from misnomer.project import create
from misnomer.project.label_probabilities import LabelProbabilities
from misnomer.project.project import Project
from misnomer.store import embeddings
from misnomer.store.database import Database

CLASSES = ["cat", "dog", "eel"]
COUNT = 120


def planted() -> tuple[list[str], np.ndarray, list[int]]:
    """Labels of which twelve are wrong, probabilities that know the right ones, and which are wrong."""
    rng = np.random.default_rng(1)
    right = np.arange(COUNT) % 3
    probabilities = 0.05 + rng.uniform(0, 0.01, (COUNT, 3))
    probabilities[np.arange(COUNT), right] = 0.9
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    wrong = list(range(0, COUNT, 10))
    labels = right.copy()
    labels[wrong] = (right[wrong] + 1) % 3
    return [CLASSES[label] for label in labels], probabilities, wrong


KEYS = [f"{i:03}.jpg" for i in range(COUNT)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    labels, probabilities, _ = planted()
    project = create(tmp_path / "p.misnomer", images=pd.DataFrame({"key": KEYS, "label": labels}))
    project.add_predictions({"keys": KEYS, "probabilities": probabilities, "class_names": CLASSES}, model="m")
    return project


def done_of(project: Project) -> tuple[int, int]:
    (step,) = [step for step in project.info().computed if step.step == "labels"]
    return step.done, step.total


def suspected_keys(project: Project) -> set[str]:
    return {error.sample.key for error in project.label_errors(limit=None).label_errors}


def test_planted_errors_are_listed_with_their_suggestion_and_evidence(project: Project) -> None:
    _, probabilities, wrong = planted()
    found = project.label_errors(limit=None)
    assert sorted(error.sample.id for error in found.label_errors) == wrong
    assert (found.suspected_count, found.total, found.seen_count, found.checked_count) == (12, 12, 0, COUNT)
    assert (found.model, found.basis) == ("m", "probabilities")
    qualities = [error.label_quality for error in found.label_errors]
    assert qualities == sorted(qualities)
    for error in found.label_errors:
        row = probabilities[error.sample.id]
        assert error.suggested == CLASSES[int(row.argmax())]
        assert error.evidence.label_probability == pytest.approx(row[CLASSES.index(error.sample.label or "")])
        assert error.evidence.suggested_probability == pytest.approx(row.max())
        assert error.sentence.startswith(f"Labelled “{error.sample.label}”, but the model gives “{error.suggested}” 0.")


def test_the_metrics_are_those_of_confident_learning(project: Project) -> None:
    labels, probabilities, _ = planted()
    project.compute("labels")
    label_indices = np.array([CLASSES.index(label) for label in labels])
    expected = check_labels(label_indices, probabilities)
    others = probabilities.copy()
    others[np.arange(COUNT), label_indices] = 0
    highest_other = others.max(axis=1)
    samples = project.samples(limit=None).samples
    for name, values in (
        ("self_confidence", expected.self_confidence),
        ("normalized_margin", expected.normalized_margin),
        ("label_quality", expected.self_confidence / (expected.self_confidence + highest_other)),
    ):
        np.testing.assert_allclose([sample.metrics[name] for sample in samples], values, atol=1e-12)
    worst = project.samples(sort="label_quality", limit=12, label_quality=(None, 0.5)).samples
    assert {sample.id for sample in worst} == set(planted()[2])


def test_the_bounds_take_suspected_labels_as_wrong_until_they_are_decided_on(project: Project) -> None:
    found = project.label_errors()
    assert found.bounds is not None
    assert (found.bounds.as_labelled, found.bounds.low, found.bounds.high) == (0.9, 0.9, 1.0)
    first, second, *_ = found.label_errors
    project.decide(first.sample.id, "correct", first.suggested)
    project.decide(second.sample.id, "keep")
    after = project.label_errors()
    assert after.bounds is not None
    assert after.bounds.low == pytest.approx(109 / 120)
    assert after.bounds.high == pytest.approx(119 / 120)
    assert (after.suspected_count, after.seen_count, after.total) == (12, 2, 10)
    assert after.confirmed is not None and after.confirmed.value == 0.5
    assert not {first.sample.id, second.sample.id} & {error.sample.id for error in after.label_errors}


def test_skipped_ones_come_last_and_undo_brings_one_back(project: Project) -> None:
    first = project.label_errors().label_errors[0]
    project.decide(first.sample.id, "skip")
    assert project.label_errors().label_errors[-1] == first
    project.undo_decision()
    assert project.label_errors().label_errors[0] == first


def test_noise_of_each_label(project: Project) -> None:
    rows = {row.name: row for row in project.label_errors().per_class}
    suspected = project.label_errors(limit=None).label_errors
    for name, row in rows.items():
        suggestions = Counter(error.suggested for error in suspected if error.sample.label == name)
        assert suggestions[row.mistaken_for] == row.mistaken_count == max(suggestions.values())
    assert all(row.noise == pytest.approx(0.1, abs=0.03) for row in rows.values())
    assert sum(row.suspected_count for row in rows.values()) == 12


def test_a_filter_chooses_what_is_listed_and_counted(project: Project) -> None:
    found = project.label_errors(classes=["cat"], keys=["000.jpg", "001.jpg"])
    assert [error.sample.key for error in found.label_errors] == ["000.jpg"]
    assert found.suspected_count == 1


def test_under_a_filter_each_label_counts_the_filtered_samples_and_keeps_its_noise(project: Project) -> None:
    labels, _, _ = planted()
    noise = {row.name: row.noise for row in project.label_errors().per_class}
    found = project.label_errors(keys=KEYS[:20])
    assert {row.name: row.sample_count for row in found.per_class} == Counter(labels[:20])
    assert {row.name: row.noise for row in found.per_class} == noise
    assert sum(row.suspected_count for row in found.per_class) == found.suspected_count == 2


def test_a_label_that_no_filtered_sample_has_is_not_listed(project: Project) -> None:
    labels, _, _ = planted()
    assert [row.name for row in project.label_errors(keys=KEYS[:1]).per_class] == labels[:1]


def test_the_detail_says_why_a_sample_is_flagged(project: Project) -> None:
    project.compute("labels")
    assert [flag.kind for flag in project.sample(0).flags] == ["label_error"]
    assert project.sample(1).flags == ()


def test_suspected_labels_can_be_filtered_and_their_suggestion_is_exported(project: Project, tmp_path: Path) -> None:
    project.compute("labels")
    page = project.samples(where=misnomer.where("suspected = true"), limit=None)
    assert {sample.id for sample in page.samples} == set(planted()[2])
    project.export(tmp_path / "suspected.csv", where=misnomer.where("suspected = true"))
    rows = pd.read_csv(tmp_path / "suspected.csv")
    assert (rows["suggested_label"] == rows["prediction"]).all()


def test_an_import_brings_checks_up_to_date_and_starts_none(project: Project, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("key,label\n001.jpg,cat\n")
    (tmp_path / "restored.csv").write_text("key,label\n001.jpg,dog\n")
    project.add_labels(tmp_path / "labels.csv")
    assert done_of(project) == (0, 1)
    project.compute("labels")
    assert "001.jpg" in suspected_keys(project)
    project.add_labels(tmp_path / "restored.csv")
    assert done_of(project) == (1, 1)
    assert "001.jpg" not in suspected_keys(project)


def test_labels_that_the_model_has_no_class_for_are_not_judged(project: Project, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("key,label\n001.jpg,cow\n")
    project.add_labels(tmp_path / "labels.csv")
    found = project.label_errors()
    assert found.checked_count == COUNT - 1
    assert project.samples(keys=["001.jpg"]).samples[0].metrics["label_quality"] is None


def test_a_model_that_knows_all_labels_is_told_to_seem_in_sample(tmp_path: Path) -> None:
    labels, _, _ = planted()
    certain = np.full((COUNT, 3), 0.0005)
    certain[np.arange(COUNT), [CLASSES.index(label) for label in labels]] = 0.999
    project = create(tmp_path / "p.misnomer", images=pd.DataFrame({"key": KEYS, "label": labels}))
    project.add_predictions({"keys": KEYS, "probabilities": certain, "class_names": CLASSES}, model="m")
    (note,) = project.label_errors().notes
    assert "as if it had been trained on them" in note


def test_without_probabilities_and_neighbours_it_says_what_to_do(tmp_path: Path) -> None:
    labels, _, _ = planted()
    project = create(tmp_path / "p.misnomer", images=pd.DataFrame({"key": KEYS, "label": labels}))
    project.add_predictions({"keys": KEYS, "predictions": labels}, model="m")
    with pytest.raises(InputError, match="nothing to check labels by"):
        project.label_errors()


def test_the_neighbours_vote_alone_and_together_with_probabilities(tmp_path: Path) -> None:
    labels, probabilities, wrong = planted()
    right = np.arange(COUNT) % 3
    rng = np.random.default_rng(0)
    vectors = np.eye(3)[right] + rng.normal(0, 0.1, (COUNT, 3))
    project = create(tmp_path / "p.misnomer", images=pd.DataFrame({"key": KEYS, "label": labels}))
    database = project._database
    embedding = embeddings.use_embedding(database, "mine", "1", 3, of_user=True)
    embeddings.add_vectors(database, embedding, np.arange(COUNT), vectors.astype(np.float16))
    embeddings.gather(database, embedding)
    project.compute()
    alone = project.label_errors(limit=None)
    assert (alone.model, alone.basis, alone.bounds) == (None, "neighbors", None)
    assert {error.sample.id for error in alone.label_errors} == set(wrong)
    assert len(alone.label_errors[0].evidence.neighbors) == 10
    assert "of the 10 most similar images are labelled" in alone.label_errors[0].sentence
    project.add_predictions({"keys": KEYS, "probabilities": probabilities, "class_names": CLASSES}, model="m")
    project.compute("labels")
    both = project.label_errors(limit=None)
    assert (both.model, both.basis) == ("m", "both")
    assert {error.sample.id for error in both.label_errors} == set(wrong)


def test_of_probabilities_and_neighbours_the_one_that_is_right_more_often_counts_more(tmp_path: Path) -> None:
    labels, probabilities, _ = planted()
    right = np.arange(COUNT) % 3
    vectors = np.eye(3)[right] + np.random.default_rng(0).normal(0, 0.8, (COUNT, 3))
    project = create(tmp_path / "p.misnomer", images=pd.DataFrame({"key": KEYS, "label": labels}))
    project.add_embeddings({"keys": KEYS, "embeddings": vectors}, name="mine")
    project.add_predictions({"keys": KEYS, "probabilities": probabilities, "class_names": CLASSES}, model="m")
    project.compute()
    shares = LabelProbabilities(project._database, 0)
    everything = np.arange(COUNT)
    label_indices = np.array([CLASSES.index(label) for label in labels])
    (model, _), (votes, _) = shares.of_model(everything), shares.of_neighbors(everything)
    model_right, votes_right = ((values.argmax(axis=1) == label_indices).sum() for values in (model, votes))
    odds, other_odds = ((hits + 1) / (COUNT - hits + 1) for hits in (model_right, votes_right))
    assert model_right > votes_right
    assert shares.model_weight == pytest.approx(odds / (odds + other_odds))
    np.testing.assert_allclose(shares.read(everything), (odds * model + other_odds * votes) / (odds + other_odds))


def test_a_model_that_seems_in_sample_counts_no_more_than_the_neighbours(tmp_path: Path) -> None:
    labels, _, _ = planted()
    certain = np.full((COUNT, 3), 0.0005)
    certain[np.arange(COUNT), [CLASSES.index(label) for label in labels]] = 0.999
    vectors = np.eye(3)[np.arange(COUNT) % 3] + np.random.default_rng(0).normal(0, 0.8, (COUNT, 3))
    project = create(tmp_path / "p.misnomer", images=pd.DataFrame({"key": KEYS, "label": labels}))
    project.add_embeddings({"keys": KEYS, "embeddings": vectors}, name="mine")
    project.add_predictions({"keys": KEYS, "probabilities": certain, "class_names": CLASSES}, model="m")
    project.compute()
    assert LabelProbabilities(project._database, 0).model_weight == 0.5


def test_duplicates_of_a_sample_have_no_vote_on_its_label(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    (tmp_path / "images").mkdir()
    for index in range(24):
        pixels = random.integers(0, 256, (24, 32, 3), dtype=np.uint8)
        for copy in range(11 if index == 0 else 1):
            Image.fromarray(pixels).save(tmp_path / "images" / f"{index:02}-{copy:02}.png")
    keys = sorted(path.name for path in (tmp_path / "images").iterdir())
    table = pd.DataFrame({"key": keys, "path": [str(tmp_path / "images" / key) for key in keys]})
    table["label"] = ["cat" if key.startswith("00") else "dog" for key in keys]
    project = create(tmp_path / "p.misnomer", images=table, skip=["embeddings", "map"])
    vectors = np.eye(24)[[int(key[:2]) for key in keys]] + 0.5
    project.add_embeddings({"keys": keys, "embeddings": vectors}, name="mine")
    project.compute("neighbors", "duplicates", "labels")
    evidence = {error.sample.key: error.evidence for error in project.label_errors(limit=None).label_errors}
    first = project.samples(keys=["00-00.png"]).samples[0].metrics
    assert first["annotation_quality"] == 0
    assert first["label_quality"] < 0.1
    assert all(not other.key.startswith("00") for other in evidence["00-00.png"].neighbors)


def test_a_project_of_before_gets_its_tables(project: Project) -> None:
    directory = project.path
    project.close()
    database = Database(directory)
    assert database.rows("select count(*) from label_check_runs") == [(0,)]

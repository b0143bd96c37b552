"""Scores of one file: SEED's matrix in every shape that people have."""

import csv
from pathlib import Path

import numpy as np
import pytest

from misnomer.errors import InputError, UnknownName
from misnomer.project.scoring import score_file

NAMES = ("charmander", "mewtwo", "pikachu", "squirtle")
MATRIX = [[37, 0, 15, 1], [0, 36, 0, 2], [4, 0, 26, 2], [1, 6, 4, 31]]
LABELS = np.array([i for i in range(4) for j in range(4) for _ in range(MATRIX[i][j])])
PREDICTIONS = np.array([j for i in range(4) for j in range(4) for _ in range(MATRIX[i][j])])
PROBABILITIES = np.where(np.arange(4) == PREDICTIONS[:, None], 0.7, 0.1)


def write_csv(path: Path, header: list[str], rows: list[list[object]], delimiter: str = ",") -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def named_rows() -> list[list[object]]:
    return [[NAMES[i], NAMES[j]] for i, j in zip(LABELS, PREDICTIONS, strict=True)]


def assert_is_the_page(path: Path, **columns: str) -> None:
    evaluation = score_file(path, **columns)
    assert evaluation.sample_count == 165
    for score, value in {
        "accuracy": 0.7879,
        "precision_macro": 0.7942,
        "recall_macro": 0.7990,
        "f1_macro": 0.7873,
    }.items():
        assert evaluation.scores[score].value == pytest.approx(value, abs=5e-5)
    assert evaluation.confusion.dense().tolist() == MATRIX


def test_a_table_of_labels_and_predictions(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["label", "prediction"], named_rows())
    assert_is_the_page(path)
    evaluation = score_file(path)
    assert evaluation.confusion.classes == NAMES
    assert [round(row.precision.value, 3) for row in evaluation.classes] == [0.881, 0.857, 0.578, 0.861]
    assert [round(row.recall.value, 4) for row in evaluation.classes] == [0.6981, 0.9474, 0.8125, 0.7381]


def test_columns_of_any_name(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["was", "ist"], named_rows(), delimiter=";")
    assert_is_the_page(path, label="was", prediction="ist")


def test_indices(tmp_path: Path) -> None:
    rows = [[i, j] for i, j in zip(LABELS.tolist(), PREDICTIONS.tolist(), strict=True)]
    assert_is_the_page(write_csv(tmp_path / "a.csv", ["y_true", "y_pred"], rows))


def test_named_labels_and_predicted_indices_with_a_note(tmp_path: Path) -> None:
    rows = [[NAMES[i], j] for i, j in zip(LABELS, PREDICTIONS.tolist(), strict=True)]
    path = write_csv(tmp_path / "a.csv", ["y_true", "y_pred"], rows)
    assert_is_the_page(path)
    assert any("indices" in note for note in score_file(path).notes)


def test_one_column_per_class(tmp_path: Path) -> None:
    rows = [[f"{n}.png", NAMES[i], *p] for n, (i, p) in enumerate(zip(LABELS, PROBABILITIES.tolist(), strict=True))]
    path = write_csv(tmp_path / "a.csv", ["file", "label", *NAMES], rows)
    assert_is_the_page(path)
    expected = -np.log(PROBABILITIES[np.arange(165), LABELS]).mean()
    assert score_file(path).scores["log_loss"].value == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    "arrays",
    [
        {"y_true": LABELS, "y_pred": PREDICTIONS},
        {"y_true": LABELS, "probs": PROBABILITIES},
        {"labels": np.array(NAMES)[LABELS], "logits": np.log(PROBABILITIES) * 3 + 5},
        {"y_true": LABELS, "y_pred": PREDICTIONS, "class_names": np.array(NAMES)},
    ],
    ids=["classes", "probabilities", "logits", "names"],
)
def test_an_archive_of_arrays(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    np.savez(tmp_path / "a.npz", **arrays)  # type: ignore[arg-type]
    assert_is_the_page(tmp_path / "a.npz")


def test_classes_of_an_archive_bear_its_names(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", y_true=LABELS, y_pred=PREDICTIONS, class_names=np.array(NAMES))
    assert score_file(tmp_path / "a.npz").confusion.classes == NAMES


def test_a_logit_matrix_is_said_to_be_one(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", y_true=LABELS, logits=np.log(PROBABILITIES) * 3 + 5)
    assert any("logits" in note for note in score_file(tmp_path / "a.npz").notes)


def test_a_prediction_that_is_missing_is_in_no_score(tmp_path: Path) -> None:
    rows = [[label, "" if n == 0 else prediction] for n, (label, prediction) in enumerate(named_rows())]
    evaluation = score_file(write_csv(tmp_path / "a.csv", ["label", "prediction"], rows))
    assert (evaluation.sample_count, evaluation.predicted_count) == (165, 164)


def test_a_class_that_is_only_predicted_comes_after_the_others(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["label", "prediction"], [["b", "b"], ["c", "a"]])
    assert score_file(path).confusion.classes == ("b", "c", "a")


def test_classes_that_are_numbers_are_in_their_order(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["label", "prediction"], [[10, 10], [9, 2]])
    assert score_file(path).confusion.classes == ("2", "9", "10")


def test_a_table_without_labels_is_an_error(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["file", "prediction"], [["a.png", "cat"]])
    with pytest.raises(InputError, match="No column"):
        score_file(path)


def test_an_array_without_labels_is_an_error(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", PROBABILITIES)
    with pytest.raises(InputError, match="without labels"):
        score_file(tmp_path / "a.npy")


@pytest.mark.parametrize("name", ["a.csv", "a.npz"])
def test_an_unknown_column_is_an_error_with_a_suggestion(tmp_path: Path, name: str) -> None:
    write_csv(tmp_path / "a.csv", ["label", "prediction"], named_rows())
    np.savez(tmp_path / "a.npz", label=LABELS, prediction=PREDICTIONS)
    with pytest.raises(UnknownName, match="Did you mean 'label'"):
        score_file(tmp_path / name, label="lable")

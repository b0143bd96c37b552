"""A column that names the class predicted tells the order of columns without names."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from misnomer.errors import UnverifiedOrder
from misnomer.readers.predictions import PredictionFile, read_predictions
from misnomer.readers.predictions.named_order import order_by_names

CLASSES = ("ant", "bee", "cat", "dog")
MODEL_ORDER = ("dog", "ant", "cat", "bee")
PROBABILITIES = np.random.default_rng(0).dirichlet(np.full(4, 0.3), 60).astype(np.float32)
NAMES = [MODEL_ORDER[column] for column in PROBABILITIES.argmax(axis=1)]


def read(table: pa.Table, path: Path, **options: object) -> PredictionFile:
    pq.write_table(table, path)
    return read_predictions(path, class_names=CLASSES, **options)  # type: ignore[arg-type]


def table_of(beside: dict[str, list[str]]) -> pa.Table:
    return pa.table({"path": [f"{row}.png" for row in range(60)], "probs": PROBABILITIES.tolist(), **beside})


def test_a_list_is_in_the_order_that_the_names_beside_it_tell(tmp_path: Path) -> None:
    file = read(table_of({"pred_label": NAMES}), tmp_path / "lists.parquet")
    assert file.matrix is not None
    assert file.matrix.class_names == MODEL_ORDER
    assert not file.classes_by_position
    assert "'pred_label' calls them by" in " ".join(finding.sentence for finding in file.report.findings)
    assert "ignored_column" not in {finding.kind for finding in file.report.findings}


def test_so_are_columns_that_count(tmp_path: Path) -> None:
    rows = [
        f"{row}.png,{name}," + ",".join(map(str, p))
        for row, (name, p) in enumerate(zip(NAMES, PROBABILITIES, strict=True))
    ]
    path = tmp_path / "counted.csv"
    path.write_text("\n".join(["path,prediction,p_0,p_1,p_2,p_3", *rows]))
    file = read_predictions(path, class_names=CLASSES)
    assert file.matrix is not None
    assert file.matrix.class_names == MODEL_ORDER


def test_a_classes_file_is_taken_at_its_word(tmp_path: Path) -> None:
    file = read(table_of({"pred_label": NAMES}), tmp_path / "lists.parquet", classes_file=CLASSES)
    assert file.matrix is not None
    assert file.matrix.class_names == CLASSES


def test_indices_beside_tell_nothing(tmp_path: Path) -> None:
    indices = [str(column) for column in PROBABILITIES.argmax(axis=1)]
    file = read(table_of({"pred_label": indices}), tmp_path / "lists.parquet")
    assert file.matrix is not None
    assert file.matrix.class_names == CLASSES
    assert file.classes_by_position


def test_the_persons_label_beside_is_no_prediction(tmp_path: Path) -> None:
    file = read(table_of({"label": NAMES}), tmp_path / "lists.parquet")
    assert file.matrix is not None
    assert file.matrix.class_names == CLASSES


def order(best: list[int], predicted: list[str | None]) -> tuple[str, ...] | None:
    return order_by_names(np.array(best), predicted, CLASSES, source="file")


@pytest.mark.parametrize(
    ("best", "predicted"),
    [
        ([], []),
        ([0, 1] * 10, ["ant", "bee"] * 10),  # as assumed
        ([0, 1] * 4, ["bee", "ant"] * 4),  # too few rows to say
        ([0, 1] * 10, ["bee", "bee"] * 10),  # a threshold that makes all one class
        ([0, 1] * 10, ["ant", "bee", "bee", "ant"] * 5),  # names that have nothing to do with the columns
        ([0, 1] * 10, [None, None] * 10),
    ],
)
def test_names_that_do_not_tell_another_order(best: list[int], predicted: list[str | None]) -> None:
    assert order(best, predicted) is None


def test_columns_that_are_never_the_highest_stay_where_their_names_are_free() -> None:
    assert order([0, 1] * 10, ["bee", "ant"] * 10) == ("bee", "ant", "cat", "dog")


def test_an_order_that_is_not_wholly_told_is_an_error() -> None:
    with pytest.raises(UnverifiedOrder, match="the place of 'ant' holds 'dog'; but not every column is named"):
        order([0] * 12, ["dog"] * 12)

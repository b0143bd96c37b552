"""Columns between Arrow and NumPy."""

import numpy as np
import pyarrow as pa
import pytest

from misnomer.store.arrays import no_rows, rows_of, to_arrow, to_numpy


@pytest.mark.parametrize(
    ("chunks", "type", "expected"),
    [
        ([[1, None], [3]], pa.int32(), [1, -1, 3]),
        ([[1.5, None]], pa.float32(), [1.5, np.nan]),
        ([[1.5], [2.5]], pa.float64(), [1.5, 2.5]),
        ([], pa.int64(), []),
    ],
)
def test_what_is_missing_is_minus_one_or_nan(
    chunks: list[list[float]], type: pa.DataType, expected: list[float]
) -> None:
    column = to_numpy(pa.chunked_array(chunks, type))
    assert column.dtype == np.dtype(type.to_pandas_dtype())
    np.testing.assert_array_equal(column, expected)


@pytest.mark.parametrize("values", [np.arange(6, dtype=np.int32)[::2], np.array([0.5, np.inf]), np.empty(0, np.int64)])
def test_numbers_are_the_same_in_arrow(values: np.ndarray) -> None:
    assert to_arrow(values).to_pylist() == values.tolist()
    assert to_arrow(values).type == pa.from_numpy_dtype(values.dtype)


def test_ids_are_rows_of_a_table() -> None:
    assert rows_of(np.array([3, 5])).to_pylist() == [{"sample_id": 3}, {"sample_id": 5}]


def test_a_table_without_rows_has_its_columns() -> None:
    schema = pa.schema([("key", pa.string()), ("area", pa.int64())])
    assert no_rows(schema).schema == schema
    assert no_rows(schema).num_rows == 0

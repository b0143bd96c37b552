"""Matrices that lie in the columns of a table, streamed batch by batch."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from misnomer.readers.predictions.kind import sample_size
from misnomer.readers.predictions.lists import list_matrix
from misnomer.readers.predictions.sources import ArraySource
from misnomer.readers.tables import Table

_FLOAT_TYPES = {
    np.dtype(np.float16): pa.float16(),
    np.dtype(np.float32): pa.float32(),
    np.dtype(np.float64): pa.float64(),
}


class TableMatrix(ArraySource):
    """Numbers in a table's columns: one column a class, or one column of lists.

    Args:
        table: read anew in every pass.
        columns: a column per class; or a single column of lists, then with their ``width``.
    """

    def __init__(self, table: Table, columns: Sequence[str], *, width: int | None = None) -> None:
        self._table, self._columns, self._width = table, list(columns), width
        self.dtype = self._float_type()
        self.shape = (0, width or len(columns))

    def survey(self, beside: Sequence[str]) -> tuple[pa.Table, np.ndarray]:
        """Learn the number of rows, in one pass.

        Returns:
            The columns ``beside``, as text; and rows spread evenly over the table: (S, K) float64.
        """
        batches: list[pa.RecordBatch] = []
        sample: list[np.ndarray] = []
        step, row_count = 1, 0
        for batch in self._batches(beside):
            picked = np.arange(-row_count % step, len(batch), step)
            sample += list(self._numbers(batch.take(pa.array(picked))))
            row_count += len(batch)
            while len(sample) > 2 * sample_size(self.shape[1]):
                sample, step = sample[::2], 2 * step
            batches.append(batch.select(list(beside)))
        self.shape = (row_count, self.shape[1])
        schema = pa.schema([(name, pa.string()) for name in beside])
        rows = np.array(sample, np.float64).reshape(-1, self.shape[1])
        return pa.Table.from_batches(batches, schema), rows

    def chunks(self, rows: int) -> Iterator[np.ndarray]:
        for batch in self._batches([]):
            numbers = self._numbers(batch)
            for start in range(0, len(numbers), rows):
                yield numbers[start : start + rows]

    def _batches(self, beside: Sequence[str]) -> Iterator[pa.RecordBatch]:
        types = {name: pa.string() for name in beside}
        if self._width is None:
            types |= dict.fromkeys(self._columns, _FLOAT_TYPES[self.dtype])
        return self._table.batches([*self._columns, *beside], types)

    def _numbers(self, batch: pa.RecordBatch) -> np.ndarray:
        if self._width is not None:
            return list_matrix(batch.column(0), self._width, self.dtype)
        numbers = np.empty((len(batch), len(self._columns)), self.dtype)
        for position, column in enumerate(self._columns):
            numbers[:, position] = batch.column(column).to_numpy(zero_copy_only=False)
        return numbers

    def _float_type(self) -> np.dtype:
        """The narrowest of the floating types that holds every column; float64 for text and whole numbers."""
        fields = [self._table.schema.field(name).type for name in self._columns]
        inner = [
            field.value_type if self._width is not None and hasattr(field, "value_type") else field for field in fields
        ]
        if all(pa.types.is_floating(kind) for kind in inner):
            return np.dtype(np.result_type(*{kind.to_pandas_dtype() for kind in inner}))
        return np.dtype(np.float64)

"""Tables that are Arrow already or nearly: Parquet, Arrow IPC, and objects in memory."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.tables.sources import ByteSource
from misnomer.readers.tables.table import Table, batch_rows

_ASK_FOR_AGAIN = "Write or fetch the file again."


class ParquetTable(Table):
    """A Parquet file, read by row group."""

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        with _Said(source.name, "Parquet"), pq.ParquetFile(source.path) as file:
            super().__init__(source.name, "Parquet", file.schema_arrow)
            self._file_names = list(file.schema_arrow.names)

    def _native_batches(self, names: list[str], types: Mapping[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
        rows = batch_rows(pa.schema([self.schema.field(name) for name in names]))
        # Duplicate names cannot be asked for by name: then everything is read.
        wanted = [self._file_names[i] for i in self._positions(names)]
        columns = wanted if len(set(self._file_names)) == len(self._file_names) else None
        with _Said(self.name, "Parquet"), pq.ParquetFile(self._source.path) as file:
            for batch in file.iter_batches(rows, columns=columns, use_threads=False):
                if columns is None:
                    yield _select(batch, self._positions(names), names)
                else:
                    yield _select(batch, [batch.schema.names.index(name) for name in wanted], names)

    def _positions(self, names: list[str]) -> list[int]:
        return [self.column_names.index(name) for name in names]


class IpcTable(Table):
    """An Arrow IPC file (Feather) or stream."""

    def __init__(self, source: ByteSource, *, stream: bool) -> None:
        self._source = source
        self._stream = stream
        with _Said(source.name, "Arrow"), pa.OSFile(str(source.path)) as file:
            schema = pa.ipc.open_stream(file).schema if stream else pa.ipc.open_file(file).schema
        super().__init__(source.name, "Arrow stream" if stream else "Arrow", schema)

    def _native_batches(self, names: list[str], types: Mapping[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
        positions = [self.column_names.index(name) for name in names]
        with _Said(self.name, self.format), pa.OSFile(str(self._source.path)) as file:
            for batch in self._file_batches(file):
                yield from _slices(_select(batch, positions, names))

    def _file_batches(self, file: Any) -> Iterator[pa.RecordBatch]:
        if self._stream:
            yield from pa.ipc.open_stream(file)
            return
        reader = pa.ipc.open_file(file)
        for index in range(reader.num_record_batches):
            yield reader.get_batch(index)


class MemoryTable(Table):
    """A pyarrow table, a data frame or a mapping of columns that the user holds in memory."""

    def __init__(self, table: pa.Table, format: str) -> None:
        self._table = table
        super().__init__(format, format, table.schema)

    def _native_batches(self, names: list[str], types: Mapping[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
        selected = self._table.select([self.column_names.index(name) for name in names])
        for batch in selected.to_batches(max_chunksize=batch_rows(selected.schema)):
            yield _select(batch, list(range(len(names))), names)


def memory_table(source: object) -> MemoryTable:
    """The table in an object: pyarrow, pandas, anything that speaks Arrow's C stream, or a mapping of columns.

    Raises:
        InputError: the object is none of these, or its columns are not equally long.
    """
    if isinstance(source, pa.Table):
        return MemoryTable(source, "a pyarrow table")
    if isinstance(source, pa.RecordBatch):
        return MemoryTable(pa.Table.from_batches([source]), "a pyarrow record batch")
    if isinstance(source, Mapping):
        columns = {str(name): _column(values) for name, values in source.items()}
        return MemoryTable(_table(columns), "a mapping of columns")
    if type(source).__module__.partition(".")[0] == "pandas" and hasattr(source, "columns"):
        return MemoryTable(_from_pandas(source), "a pandas data frame")
    if hasattr(source, "__arrow_c_stream__"):
        return MemoryTable(pa.table(source), f"a {type(source).__name__} in memory")
    raise InputError(
        f"A {type(source).__name__} is not a table.",
        hint="Give a path, a URL, a pandas or pyarrow table, or a mapping of column names to values.",
    )


def _from_pandas(frame: Any) -> pa.Table:
    """The frame's columns, and before them its index unless that only counts the rows."""
    index = frame.index
    if type(index).__name__ != "RangeIndex" and index.nlevels == 1:
        name = "key" if index.name is None and "key" not in frame.columns else index.name
        columns = {str(name or "index"): _column(index.to_series().reset_index(drop=True))}
    else:
        columns = {}
    names = [str(name) for name in frame.columns]
    arrays = [*columns.values(), *(_column(frame.iloc[:, i]) for i in range(len(names)))]
    return pa.Table.from_arrays(arrays, names=[*columns, *names])


def _table(columns: Mapping[str, Any]) -> pa.Table:
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        each = ", ".join(f"{name}: {len(values)}" for name, values in itertools.islice(columns.items(), 8))
        raise InputError(f"The columns are not equally long ({each}).", hint="Give every column one value a row.")
    return pa.table(dict(columns))


def _column(values: Any) -> Any:
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        pass
    from misnomer.readers.tables.json import column_of_values

    return column_of_values(list(values))


def _select(batch: pa.RecordBatch, positions: list[int], names: list[str]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([batch.column(i) for i in positions], names=names)


def _slices(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    rows = batch_rows(batch.schema)
    for start in range(0, len(batch), rows):
        yield batch.slice(start, rows)


class _Said:
    """Turns Arrow's complaints about a broken file into an UnreadableSource."""

    def __init__(self, name: str, format: str) -> None:
        self._name, self._format = name, format

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        if isinstance(problem, pa.ArrowException | OSError):
            reason = " ".join(str(problem).split())
            message = f"{self._name} is {self._format}, but broken: {reason}"
            raise UnreadableSource(message, hint=_ASK_FOR_AGAIN) from None

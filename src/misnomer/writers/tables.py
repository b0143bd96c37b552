"""Samples as a table in a file: CSV, Parquet or JSON, streamed."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from misnomer.errors import UnknownName
from misnomer.writers.atomic import written_whole

TableFormat = Literal["csv", "parquet", "json"]


def write_samples(
    batches: Iterable[pa.RecordBatch], path: str | Path, format: TableFormat, *, schema: pa.Schema | None = None
) -> int:
    """Write rows to a file, batch by batch; the file is whole or not there.

    Args:
        batches: a stream of batches of one schema; flat columns.
        path: replaced if it is there.
        format: ``csv`` (UTF-8, comma, header, every text in quotes, a missing value empty), ``parquet``
            (Zstandard), or ``json`` (an array of objects; what JSON cannot say, NaN and infinity, is null).
        schema: of the batches; needed only when there may be none and the stream does not know it.

    Returns:
        Rows written.

    Raises:
        UnknownName: no such format.
        InputError: the path's folder is not there.
        StorageFailure: the disk refused.

    Cells are written as they are, so that reading gives them back. A spreadsheet may take a text that begins with
    ``=``, ``+``, ``-`` or ``@`` for a formula: import such columns as text.
    """
    if format not in _WRITERS:
        raise UnknownName("format", format, get_args(TableFormat))
    stream = iter(batches)
    first = next(stream, None)
    schema = schema or getattr(batches, "schema", None) or (pa.schema([]) if first is None else first.schema)
    with written_whole(path) as partial, partial.open("wb") as file:
        return _WRITERS[format](_all(first, stream), schema, file)


def _all(first: pa.RecordBatch | None, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    if first is not None:
        yield first
    yield from rest


def _write_csv(batches: Iterator[pa.RecordBatch], schema: pa.Schema, file: BinaryIO) -> int:
    with pa.csv.CSVWriter(file, schema) as writer:
        return _write_each(batches, writer.write_batch)


def _write_parquet(batches: Iterator[pa.RecordBatch], schema: pa.Schema, file: BinaryIO) -> int:
    with pa.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        return _write_each(batches, writer.write_batch)


def _write_each(batches: Iterator[pa.RecordBatch], write: Callable[[pa.RecordBatch], None]) -> int:
    row_count = 0
    for batch in batches:
        write(batch)
        row_count += batch.num_rows
    return row_count


def _write_json(batches: Iterator[pa.RecordBatch], schema: pa.Schema, file: BinaryIO) -> int:
    row_count = 0
    file.write(b"[")
    for batch in batches:
        for row in batch.to_pylist():
            text = json.dumps(_sayable(row), ensure_ascii=False, allow_nan=False, default=str)
            file.write((",\n" if row_count else "\n").encode() + text.encode())
            row_count += 1
    file.write(b"\n]\n")
    return row_count


def _sayable(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }


_WRITERS: Mapping[str, Callable[[Iterator[pa.RecordBatch], pa.Schema, BinaryIO], int]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "json": _write_json,
}

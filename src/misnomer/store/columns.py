"""Whole columns of the samples as arrays by sample id, and the ids that a Selection chooses.

Each column is read from its own table and kept (``Database.known``). A join of a million samples with twenty of their
metrics takes DuckDB ten times as long as reading the columns one by one, and a filter seldom comes with one question.
All arrays may be shared and are not to be written.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa

from misnomer.store.arrays import no_rows, rows_of, to_numpy
from misnomer.store.database import Database
from misnomer.store.fields import ALIASES, OF_MODELS, Source
from misnomer.store.selection import Selection

_ATTEMPTS = 3
_TOGETHER_BYTES = 32_000_000  # of columns that one query reads, where they cannot all be kept
_PART_ROWS = 1_000_000  # at least, that a thread of its own reads
_PIECE_ROWS = 131_072  # of a megabyte each: what is done with them is done in the processor's cache
_MOST_VALUES = 10_000  # of a text whose codes are kept
_FEW = 16  # as many times fewer samples than there are, and their values are read by themselves

Answer = TypeVar("Answer")


class Column(NamedTuple):
    """A table, and the SQL of a value of its rows."""

    source: Source
    sql: str


LABEL_ID = Column("samples", "s.label_id")
CLASS_ID = Column("predictions", "p.class_id")
RANDOM = Column("samples", "s.random::double")


def metric_column(selection: Selection, name: str) -> Column:
    """The column of a metric, as float64."""
    field = selection.field(name)
    return Column(field.source, f"{field.sql}::double")


def chosen_ids(selection: Selection, *, shown: bool = False) -> np.ndarray:
    """(n,) int32 ids of the samples of a filter, ascending; with ``shown`` its class filter is applied, too."""
    sql, parameters = selection.sql("s.sample_id as sample_id", shown=shown)

    def read() -> np.ndarray:
        ids = to_numpy(selection.database.arrow(sql, parameters)["sample_id"]).astype(np.int32, copy=False)
        return ids if np.all(ids[1:] > ids[:-1]) else np.sort(ids)

    ids: np.ndarray = selection.database.known(("ids", sql, repr(parameters)), read)
    return ids


def take(column: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """A column's values of some samples; itself where these are all."""
    return column if len(ids) == len(column) else np.take(column, ids, mode="clip")


def each_column(selection: Selection, columns: Iterable[Column]) -> Iterator[np.ndarray]:
    """The columns one after the other: (largest id + 1,) by sample id, −1 or NaN where there is no value."""
    size = _size(selection.database)
    wanted = list(columns)
    together = _TOGETHER_BYTES
    if 8 * size * len(wanted) <= selection.database.memory_bytes:
        together = selection.database.memory_bytes
    at_once = max(1, together // (8 * max(size, 1)))
    for start in range(0, len(wanted), at_once):
        yield from _read(selection, wanted[start : start + at_once], size)


def one_column(selection: Selection, column: Column) -> np.ndarray:
    """The same of one."""
    return next(each_column(selection, [column]))


def columns_of(selection: Selection, columns: Sequence[Column], ids: np.ndarray) -> list[np.ndarray]:
    """The values of some samples, each (n,): from whole columns, or alone where those would be too many to keep."""
    size = _size(selection.database)
    if len(ids) * _FEW > size or 8 * size * len(columns) < selection.database.memory_bytes:
        return [take(column, ids) for column in each_column(selection, columns)]
    found: dict[Column, np.ndarray] = {}
    with selection.database.tables(wanted=rows_of(ids)):
        for source in dict.fromkeys(column.source for column in columns):
            of_source = [column for column in dict.fromkeys(columns) if column.source == source]
            found |= zip(of_source, _read_few(selection, source, of_source, ids), strict=True)
    return [found[column] for column in columns]


def column_pieces(
    selection: Selection, columns: Sequence[Column], ids: np.ndarray
) -> Iterator[tuple[np.ndarray, dict[Column, np.ndarray]]]:
    """The values of some samples piece by piece, in any order: more columns than can be kept are read in little memory.

    Yields:
        (n,) ids, and (n,) values of some of the columns, which have them in the same table.
    """
    size = _size(selection.database)
    if len(ids) * _FEW <= size or 8 * size * len(columns) <= selection.database.memory_bytes:
        yield from _pieces_of_known(selection, columns, ids)
        return
    is_wanted = np.zeros(size, bool)
    is_wanted[ids] = True
    for source in dict.fromkeys(column.source for column in columns):
        of_source = [column for column in columns if column.source == source]
        for read in _streamed(selection, source, of_source):
            read_ids = to_numpy(read["sample_id"])
            kept = slice(None) if len(ids) == size else np.flatnonzero(is_wanted[read_ids])
            yield read_ids[kept], {column: to_numpy(read[f"v{i}"])[kept] for i, column in enumerate(of_source)}


def _pieces_of_known(
    selection: Selection, columns: Sequence[Column], ids: np.ndarray
) -> Iterator[tuple[np.ndarray, dict[Column, np.ndarray]]]:
    """The same of whole columns that are kept, or of the values of few samples."""
    size = _size(selection.database)
    whole = 8 * size * len(columns) <= selection.database.memory_bytes
    values = list(each_column(selection, columns)) if whole else columns_of(selection, columns, ids)
    for start in range(0, len(ids), _PIECE_ROWS):
        piece = slice(start, start + _PIECE_ROWS)
        rows = ids[piece] if whole and len(ids) < size else piece
        yield ids[piece], {column: of[rows] for column, of in zip(columns, values, strict=True)}


def _streamed(selection: Selection, source: Source, columns: Sequence[Column]) -> Iterator[pa.Table]:
    """A table's ids and values "v0", "v1", … in pieces, at least one, in any order; read by as many threads as help."""
    size = _size(selection.database)
    parts = max(1, min(os.cpu_count() or 1, size // _PART_ROWS))
    sql, parameters = _sql(selection, source, columns)
    within = f"{ALIASES[source]}.sample_id >= ? and {ALIASES[source]}.sample_id < ?"
    sql += f" {'and' if parameters else 'where'} {within}"
    reaches = pairwise(size * part // parts for part in range(parts + 1))
    readers = selection.database.streams(sql, [[*parameters, *reach] for reach in reaches], rows=_PIECE_ROWS)
    with ThreadPoolExecutor(parts) as threads:  # each one batch ahead
        reading = {threads.submit(next, stream, None): stream for stream in map(iter, readers)}
        yield no_rows(readers[0].schema)
        while reading:
            done, _ = wait(reading, return_when=FIRST_COMPLETED)
            for future in done:
                stream, batch = reading.pop(future), future.result()
                if batch is not None:
                    reading[threads.submit(next, stream, None)] = stream
                    yield pa.Table.from_batches([batch])


def text_codes(selection: Selection, name: str, ids: np.ndarray) -> tuple[np.ndarray, pa.Array]:
    """A field of text of some samples: (n,) int32 positions among its values, −1 where there is none; and those."""
    field = selection.field(name)
    column = Column(field.source, field.sql)
    if len(ids) * _FEW > _size(selection.database):
        codes, values = _whole_text(selection, column)
        return take(codes, ids), values
    only = f"semi join wanted on wanted.sample_id = {ALIASES[field.source]}.sample_id"
    with selection.database.tables(wanted=rows_of(ids)):
        return _encoded(selection, column, ids, only)


def _whole_text(selection: Selection, column: Column) -> tuple[np.ndarray, pa.Array]:
    """The codes of all samples by their id, and the values; kept unless these are very many."""
    question = ("text", *_question(selection, column))
    changes = selection.database.changes
    codes, values = (selection.database.recall((*question, part)) for part in ("codes", "values"))
    if codes is None or values is None:
        codes, values = _encoded(selection, column, all_ids(selection))
        if len(values) <= _MOST_VALUES:
            selection.database.remember((*question, "codes"), changes, codes)
            selection.database.remember((*question, "values"), changes, values)
    return codes, values


def _encoded(selection: Selection, column: Column, ids: np.ndarray, only: str = "") -> tuple[np.ndarray, pa.Array]:
    table = selection.database.arrow(*_sql(selection, column.source, [column], only))
    encoded = table["v0"].combine_chunks().dictionary_encode()
    read_ids, read = to_numpy(table["sample_id"]), to_numpy(pa.chunked_array([encoded.indices]))
    if np.array_equal(read_ids, ids):
        return read, encoded.dictionary
    codes = np.full(len(ids), -1, np.int32)
    codes[np.searchsorted(ids, read_ids)] = read
    return codes, encoded.dictionary


def all_ids(selection: Selection) -> np.ndarray:
    """(n,) int32 every id that a column has a place for, ascending."""
    return np.arange(_size(selection.database), dtype=np.int32)


def _size(database: Database) -> int:
    """Of a whole column."""
    sql = "select coalesce(max(sample_id) + 1, 0) from samples"
    return int(database.known(sql, lambda: database.value(sql)))


def of_one_state(database: Database, read: Callable[[], Answer]) -> Answer:
    """What ``read`` makes of several columns, which all are of the project before or after any change."""
    for _ in range(_ATTEMPTS):
        changes = database.changes
        answer = read()
        if database.changes == changes:
            break
    return answer


def _read(selection: Selection, columns: Sequence[Column], size: int) -> list[np.ndarray]:
    changes = selection.database.changes
    found = {column: selection.database.recall(_question(selection, column)) for column in columns}
    for source in dict.fromkeys(column.source for column in columns if found[column] is None):
        missing = [column for column in found if column.source == source and found[column] is None]
        for column, values in zip(missing, _read_whole(selection, source, missing, size), strict=True):
            found[column] = values
            selection.database.remember(_question(selection, column), changes, values)
    return [found[column] for column in columns]


def _read_whole(selection: Selection, source: Source, columns: Sequence[Column], size: int) -> list[np.ndarray]:
    """Each (size,), in which pieces are put as they are read: no column is ever held twice."""
    whole: list[np.ndarray] = []
    for read in _streamed(selection, source, columns):
        read_ids = to_numpy(read["sample_id"])
        values = [to_numpy(read[f"v{i}"]) for i in range(len(columns))]
        if not whole:
            whole = [np.full(size, np.nan if one.dtype.kind == "f" else -1, one.dtype) for one in values]
        for column, one in zip(whole, values, strict=True):
            column[_as_slice(read_ids)] = one
    for column in whole:
        column.flags.writeable = False
    return whole


def _as_slice(read_ids: np.ndarray) -> np.ndarray | slice:
    """The same places, as a slice where they follow each other, which is copied several times faster."""
    if len(read_ids) and np.array_equal(read_ids, np.arange(read_ids[0], read_ids[0] + len(read_ids))):
        return slice(int(read_ids[0]), int(read_ids[0]) + len(read_ids))
    return read_ids


def _question(selection: Selection, column: Column) -> tuple[Any, ...]:
    model_id = selection.model_of(column.source) if column.source in OF_MODELS else None
    return ("column", *column, model_id, selection.labels)


def _read_few(selection: Selection, source: Source, columns: Sequence[Column], ids: np.ndarray) -> Iterator[np.ndarray]:
    """Values of the samples given, alone; they are to be visible as the table ``wanted``."""
    only = f"semi join wanted on wanted.sample_id = {ALIASES[source]}.sample_id"
    table = selection.database.arrow(*_sql(selection, source, columns, only))
    places = np.searchsorted(ids, to_numpy(table["sample_id"]))
    for i in range(len(columns)):
        read = to_numpy(table[f"v{i}"])
        column = np.full(len(ids), np.nan if read.dtype.kind == "f" else -1, read.dtype)
        column[places] = read
        yield column


def _sql(
    selection: Selection, source: Source, columns: Sequence[Column], only: str = ""
) -> tuple[str, list[int | None]]:
    """A query for ids and values "v0", "v1", … of a table, and its parameters."""
    values = ", ".join(f'{column.sql} as "v{i}"' for i, column in enumerate(columns))
    parameters = []
    if source in OF_MODELS:
        only, parameters = f"{only} where {ALIASES[source]}.model_id = ?", [selection.model_of(source)]
    return (
        f"select {ALIASES[source]}.sample_id as sample_id, {values} from {selection.table(source)} {only}",
        parameters,
    )

"""CSV and its relatives: the separator is found by looking, every cell is text unless a type is asked for."""

import csv
import io
import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from misnomer.errors import UnreadableSource
from misnomer.readers.report import Finding
from misnomer.readers.tables.sources import ByteSource
from misnomer.readers.tables.table import Table, batch_rows, unique_names
from misnomer.readers.tables.text import open_utf8, survey_text

SEPARATORS = {",": "','", ";": "';'", "\t": "tab", "|": "'|'"}
_HEAD_BYTES = 1 << 23
_BLOCK_BYTES = 1 << 22
_MAX_ROW_BYTES = 1 << 27
_SNIFFED_ROWS = 50
_MEASURED = re.compile(r"\s*[-+]?\d*\.\d{3,}([eE][-+]?\d+)?\s*")  # a number that is no column's name


class DelimitedTable(Table):
    """A text file with one row a line and a header; quotes as in RFC 4180.

    A row with too many or too few cells is left out and reported by its number, the header being row 1. Should
    there be a quote that opens or closes no cell, each line is read for itself: a stray quote costs one row only.
    """

    typed = False

    def __init__(self, source: ByteSource, missing: Collection[str]) -> None:
        self._source = source
        self._missing = missing
        self._survey = survey_text(source)
        with open_utf8(source, self._survey) as file:
            head = file.read(_HEAD_BYTES).decode(errors="ignore")
        self._form = _sniff(head, source.name)
        self._file_names, _ = unique_names(self._form.header)
        super().__init__(source.name, self._words(), pa.schema([(name, pa.string()) for name in self._form.header]))
        stray = self._survey.quote_count > 0 and not self._form.spaced and self._has_stray_quotes()
        self._by_line = stray or self._form.spaced
        if stray:
            self._opening.append(Finding("converted", 1, (), "stray quotes: each line read as one row"))
        if self._survey.nul_count:
            self._opening.append(Finding("converted", self._survey.nul_count, (), "NUL bytes taken out"))

    def _words(self) -> str:
        kind = "TSV" if self._form.separator == "\t" else f"CSV, separated by {SEPARATORS[self._form.separator]}"
        return ", ".join(word for word in (kind, self._survey.words, self._source.compression) if word)

    def _has_stray_quotes(self) -> bool:
        """Whether a quote opens no cell, closes none, or is never closed; quotes open and close in turn.

        A doubled quote within a cell is one that closes, followed by one that opens.
        """
        beside = np.zeros(256, bool)
        beside[list(b'\r\n"' + self._form.separator.encode())] = True
        last, is_open = b"\n", 0
        with open_utf8(self._source, self._survey) as file:
            while block := file.read(_BLOCK_BYTES):
                text = np.frombuffer(last + block, np.uint8)
                quotes = np.flatnonzero(text[1:-1] == ord('"')) + 1
                opening, closing = quotes[is_open::2], quotes[1 - is_open :: 2]
                if not (beside[text[opening - 1]].all() and beside[text[closing + 1]].all()):
                    return True
                is_open = (is_open + len(quotes)) % 2
                last = text[-2:].tobytes()
        return is_open == 1

    def _native_batches(self, names: list[str], types: Mapping[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
        if self._by_line:
            yield from self._line_batches(names)
            return
        numeric = {name: t for name, t in types.items() if pa.types.is_floating(t) or pa.types.is_integer(t)}
        block_bytes, done = _BLOCK_BYTES, 0
        while True:
            try:
                for batch in self._arrow_batches(names, numeric, block_bytes, skip_rows=done):
                    done += len(batch)
                    yield batch
                return
            except pa.ArrowInvalid as problem:  # read again from the start, past what has been given out
                if "straddling" in str(problem) and block_bytes < _MAX_ROW_BYTES:
                    block_bytes *= 8
                elif "conversion error" in str(problem) and numeric:
                    numeric = {}
                else:
                    reason = " ".join(str(problem).split())
                    raise UnreadableSource(
                        f"{self.name} cannot be read as {self.format}: {reason}.",
                        hint="A table has one row a line; write it again, or as Parquet.",
                    ) from None

    def _arrow_batches(
        self, names: list[str], types: Mapping[str, pa.DataType], block_bytes: int, skip_rows: int
    ) -> Iterator[pa.RecordBatch]:
        reading = pacsv.ReadOptions(
            column_names=self._file_names,
            block_size=block_bytes,
            skip_rows_after_names=self._form.skipped_rows,
            use_threads=False,
        )
        parsing = pacsv.ParseOptions(
            delimiter=self._form.separator,
            newlines_in_values=self._survey.quote_count > 0,
            invalid_row_handler=self._invalid_rows(),
        )
        converting = pacsv.ConvertOptions(
            column_types={name: types.get(name, pa.string()) for name in names},
            include_columns=names,
            strings_can_be_null=True,
            null_values=sorted(self._missing),
        )
        with open_utf8(self._source, self._survey) as file:
            for batch in pacsv.open_csv(file, reading, parsing, converting):
                skipped = min(skip_rows, len(batch))
                skip_rows -= skipped
                if len(batch) > skipped:
                    yield batch.slice(skipped)

    def _invalid_rows(self) -> Any:
        self._passing.pop("invalid_row", None)

        def skip(row: Any) -> str:
            self._found_invalid_row(row.number, row.actual_columns)
            return "skip"

        return skip

    def _found_invalid_row(self, number: int, cell_count: int) -> None:
        detail = f"row {number}: cells {cell_count}, columns {len(self._file_names)}"
        self._found("invalid_row", (f"row {number}",), 1, detail)

    def _line_batches(self, names: list[str]) -> Iterator[pa.RecordBatch]:
        schema = pa.schema([(name, pa.string()) for name in names])
        columns = [self._file_names.index(name) for name in names]
        rows = self._rows_by_line()
        while chunk := list(itertools.islice(rows, batch_rows(schema))):
            cells = [[None if row[i] in self._missing else row[i] for row in chunk] for i in columns]
            yield pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in cells], schema=schema)

    def _rows_by_line(self) -> Iterator[list[str]]:
        with open_utf8(self._source, self._survey) as file:
            lines = io.TextIOWrapper(file, newline=None)
            for number, line in enumerate(
                itertools.islice(lines, self._form.skipped_rows, None), start=self._form.skipped_rows + 1
            ):
                row = _records([line.rstrip("\n")], self._form.separator, 1, self._form.spaced)
                cells = row[0] if row else []
                if len(cells) == len(self._file_names):
                    yield cells
                elif line.strip():
                    self._found_invalid_row(number, len(cells))


@dataclass(frozen=True)
class _Form:
    """How a file is written: rows before the first row of data, names, separator, spaces after it."""

    skipped_rows: int
    header: list[str]
    separator: str
    spaced: bool


def _sniff(head: str, name: str) -> _Form:
    lines = list(itertools.islice(io.StringIO(head), 20_000))
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise UnreadableSource(f"{name} is empty.", hint="A table has a line of column names, then one row a line.")
    lines = lines[first:]
    if len(lines[0].strip()) == 5 and lines[0].lower().startswith("sep="):  # Excel's way to name the separator
        separators, first, lines = [lines[0].strip()[-1]], first + 1, lines[1:]
    else:
        separators = list(SEPARATORS)
    separator = max(separators, key=lambda one: _regularity(_records(lines, one, _SNIFFED_ROWS)))
    filled = [line for line in lines[:_SNIFFED_ROWS] if separator in line]
    spaced = lines[0].count(separator) == lines[0].count(f"{separator} ") and all(
        f"{separator} " in line for line in filled
    )
    header = next(iter(_records(lines, separator, 1, spaced)), [])
    if not header or separator not in SEPARATORS or any(_MEASURED.fullmatch(cell) for cell in header):
        raise UnreadableSource(f"{name} has no line of column names.", hint="Begin it with one, e.g. path,label.")
    names = [cell.strip() or f"column_{i}" for i, cell in enumerate(header, 1)]
    return _Form(first + 1, names, separator, spaced)


def _records(lines: list[str], separator: str, limit: int, spaced: bool = False) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=separator, skipinitialspace=spaced):
            if row:
                rows.append(row)
            if len(rows) == limit:
                break
    except csv.Error:  # a cell longer than Python's limit: an open quote
        pass
    return rows


def _regularity(rows: list[list[str]]) -> tuple[float, int]:
    """Share of rows as wide as the header, and its width; a header of one cell says nothing for a separator."""
    if not rows or len(rows[0]) < 2:
        return 0.0, 0
    return sum(len(row) == len(rows[0]) for row in rows) / len(rows), len(rows[0])

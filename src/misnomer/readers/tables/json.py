"""JSON tables: a list of records, lines of records, columns, or pandas' split form."""

import io
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from misnomer.errors import UnreadableSource
from misnomer.readers.tables.sources import ByteSource
from misnomer.readers.tables.table import Table, batch_rows
from misnomer.readers.tables.text import TextSurvey, open_utf8, survey_text

Record = dict[str, Any]
_BLOCK = 1 << 20
_FORMS = 'a list of records, one record a line, {"column": [values]} or {"columns": […], "data": [[…]]}'


class RepeatedName(ValueError):
    """An object that has a name twice: which of its values counts cannot be known."""


def unique_pairs(pairs: list[tuple[str, Any]]) -> Record:
    """A JSON object as a dict, for the standard library's ``object_pairs_hook``.

    Raises:
        RepeatedName: a name occurs twice.
    """
    record = dict(pairs)
    if len(record) < len(pairs):
        name = next(name for number, (name, _) in enumerate(pairs) if name in dict(pairs[:number]))
        raise RepeatedName(f"{name!r} occurs twice in one object")
    return record


class RecordsTable(Table):
    """JSON records, as a list or one a line, streamed. A first pass finds every column and its type."""

    def __init__(self, source: ByteSource, *, lines: bool) -> None:
        self._source = source
        self._survey = survey_text(source)
        self._lines = lines
        self._passing = {}
        types: dict[str, pa.DataType] = {}
        records = self._records()
        while chunk := list(itertools.islice(records, 4096)):
            for name in dict.fromkeys(itertools.chain.from_iterable(chunk)):
                found = type_of_values([record.get(name) for record in chunk])
                types[name] = common_type(types.get(name, pa.null()), found)
        kind = "JSON, one record a line" if lines else "JSON, a list of records"
        words = [kind, self._survey.words, source.compression]
        super().__init__(source.name, ", ".join(word for word in words if word), pa.schema(list(types.items())))

    def _native_batches(self, names: list[str], types: Mapping[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
        schema = pa.schema([self.schema.field(name) for name in names])
        records = self._records()
        while chunk := list(itertools.islice(records, batch_rows(schema))):
            arrays = [array_of_values([record.get(f.name) for record in chunk], f.type) for f in schema]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _records(self) -> Iterator[Record]:
        with open_utf8(self._source, self._survey) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline=None)
            values = _line_values(text, self._bad_line) if self._lines else _list_values(text, self._source.name)
            for place, value in values:
                if isinstance(value, dict):
                    yield value
                else:
                    self._found("invalid_row", (place,), 1, f"{place} is not a record {{…}}")

    def _bad_line(self, number: int, problem: str) -> None:
        self._found("invalid_row", (f"line {number}",), 1, f"line {number}: {problem}")


class ColumnsTable(Table):
    """A JSON object of columns, or pandas' split form; held in memory."""

    def __init__(self, source: ByteSource, form: str, columns: Mapping[str, list[Any]]) -> None:
        arrays = {name: column_of_values(values) for name, values in columns.items()}
        if len({len(array) for array in arrays.values()}) != 1:
            each = ", ".join(f"{name}: {len(array)}" for name, array in itertools.islice(arrays.items(), 8))
            raise UnreadableSource(
                f"The columns of {source.name} are not equally long ({each}).", hint=f"A table is {_FORMS}."
            )
        self._table = pa.table(arrays)
        super().__init__(source.name, f"JSON, {form}", self._table.schema)

    def _native_batches(self, names: list[str], types: Mapping[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
        selected = self._table.select(names)
        yield from selected.to_batches(max_chunksize=batch_rows(selected.schema))


def json_table(source: ByteSource) -> Table:
    """The table in a JSON file.

    Raises:
        UnreadableSource: not JSON, or JSON that is no table.
    """
    survey = survey_text(source)
    with open_utf8(source, survey) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline=None)
        first = next((line for line in text if line.strip()), "").strip()
    if first.startswith("["):
        return RecordsTable(source, lines=False)
    if first.endswith("}") and isinstance(_value_or_none(first), dict) and _second_line(source, survey):
        return RecordsTable(source, lines=True)
    document = load_json(source, survey)
    table = _columns_form(source, document)
    if table is not None:
        return table
    if first.endswith("}") and not any(isinstance(value, dict) for value in document.values()):  # a single line
        return RecordsTable(source, lines=True)
    raise UnreadableSource(
        f"{source.name} is JSON, but not a table (its entries: {', '.join(list(document)[:8])}).",
        hint=f"A table is {_FORMS}.",
    )


def load_json(source: ByteSource, survey: TextSurvey | None = None) -> Any:
    """The whole document.

    Raises:
        UnreadableSource: not JSON.
    """
    with open_utf8(source, survey or survey_text(source)) as file:
        try:
            return json.load(file, object_pairs_hook=unique_pairs)
        except (ValueError, RecursionError) as problem:
            raise _invalid(source.name, problem) from None


def _second_line(source: ByteSource, survey: TextSurvey) -> bool:
    with open_utf8(source, survey) as file:
        filled = (line for line in file if line.strip())
        return len(list(itertools.islice(filled, 2))) == 2


def _columns_form(source: ByteSource, document: Any) -> Table | None:
    columns, data = document.get("columns"), document.get("data")
    if isinstance(columns, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        widths = {len(row) for row in data} - {len(columns)}
        if widths:
            raise UnreadableSource(
                f"{source.name} has {len(columns)} columns and rows of {min(widths)} cells.",
                hint=f"A table is {_FORMS}.",
            )
        return ColumnsTable(
            source,
            'columns and data (pandas "split")',
            {str(n): [row[i] for row in data] for i, n in enumerate(columns)},
        )
    if isinstance(data, list) and "schema" in document and all(isinstance(row, dict) for row in data):
        names = dict.fromkeys(itertools.chain.from_iterable(data))
        return ColumnsTable(
            source, 'schema and data (pandas "table")', {n: [row.get(n) for row in data] for n in names}
        )
    if document and all(isinstance(values, list) for values in document.values()):
        return ColumnsTable(source, "an object of columns", document)
    if document and all(isinstance(values, dict) for values in document.values()):
        rows = list(dict.fromkeys(itertools.chain.from_iterable(document.values())))
        return ColumnsTable(
            source,
            'an object of columns (pandas "columns")',
            {n: [v.get(r) for r in rows] for n, v in document.items()},
        )
    return None


def _line_values(text: io.TextIOWrapper, bad_line: Callable[[int, str], None]) -> Iterator[tuple[str, Any]]:
    decode = json.JSONDecoder(object_pairs_hook=unique_pairs).raw_decode
    for number, line in enumerate(text, 1):
        record = line.strip()
        try:
            value, end = decode(record) if record else (None, 0)
        except (ValueError, RecursionError) as problem:
            bad_line(number, str(problem))
            continue
        if end < len(record):
            bad_line(number, f"more than one value, from {record[end : end + 20]!r} on")
        elif record:
            yield f"line {number}", value


def _list_values(text: io.TextIOWrapper, name: str) -> Iterator[tuple[str, Any]]:
    """The values of a JSON list, one at a time, with only the unread part of a block in memory."""
    decode = json.JSONDecoder(object_pairs_hook=unique_pairs).raw_decode
    buffer, at, ended = text.read(_BLOCK).lstrip().removeprefix("["), 0, False
    number = 1
    while True:
        at = _skip_to_value(buffer, at)
        if buffer.startswith("]", at):
            if more := (buffer[at + 1 :] + text.read(_BLOCK)).strip():
                raise _invalid(name, f"the list is followed by {more[:20]!r}")
            return
        try:
            value, end = decode(buffer, at)
        except (ValueError, RecursionError) as problem:
            if ended or isinstance(problem, RepeatedName):
                raise _invalid(name, problem) from None
            end = len(buffer)  # perhaps only cut off: read on
        if end < len(buffer):  # a number at the very end of the block could go on in the next
            yield f"record {number}", value
            at, number = end, number + 1
            continue
        block = text.read(max(_BLOCK, len(buffer) - at))
        ended = not block
        buffer, at = buffer[at:] + block, 0


def _invalid(name: str, problem: object) -> UnreadableSource:
    return UnreadableSource(f"{name} is not valid JSON: {problem}.", hint="Write it again.")


def _skip_to_value(buffer: str, at: int) -> int:
    while at < len(buffer) and buffer[at] in ", \t\r\n":
        at += 1
    return at


def _value_or_none(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def type_of_values(values: Sequence[Any]) -> pa.DataType:
    """The Arrow type of Python values; text where they have none in common."""
    try:
        return pa.array(values).type
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, UnicodeEncodeError):
        return pa.string()


def common_type(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    """The type that holds values of both; text where there is none.

    >>> common_type(pa.int64(), pa.float64()), common_type(pa.int64(), pa.string())
    (DataType(double), DataType(string))
    """
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    if pa.types.is_boolean(one) or pa.types.is_boolean(other):
        return pa.string()
    try:
        schemas = [pa.schema([("x", type)]) for type in (one, other)]
        return pa.unify_schemas(schemas, promote_options="permissive").field("x").type
    except pa.ArrowException:
        return pa.string()


def column_of_values(values: Sequence[Any]) -> pa.Array:
    """Python values as one column, of one type or else as text."""
    return array_of_values(values, type_of_values(values))


def array_of_values(values: Sequence[Any], type: pa.DataType) -> pa.Array:
    """Python values as a column of this type; as text, what is not text is written as JSON."""
    if pa.types.is_string(type):
        texts = [_text(value) for value in values]
        try:
            return pa.array(texts, type)
        except UnicodeEncodeError:  # "\ud800", half of a pair of surrogates
            return pa.array([text and text.encode(errors="backslashreplace").decode() for text in texts], type)
    return pa.array(values, type, from_pandas=False)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float):
        return None if value != value else str(value).removesuffix(".0")
    return json.dumps(value, default=str) if isinstance(value, bool | list | dict) else str(value)

"""What every table gives, whatever it was read from."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence

import pyarrow as pa

from misnomer.errors import UnknownName
from misnomer.readers.report import Finding
from misnomer.readers.tables.cells import cast_cells, plain_type

# Cells of text that mean "no value"; a class of such a name must be taken out of them for ``open_table(missing=)``.
MISSING_WORDS = frozenset({"", "NaN", "nan", "null", "NULL", "None", "NA", "N/A", "<NA>", "#N/A"})

BATCH_ROWS = 65_536
BATCH_CELLS = 8_000_000


class Table(ABC):
    """A table that can be read any number of times, in batches of bounded size.

    Attributes:
        name: what was read, as the user named it.
        format: what it was recognised as, in words, e.g. ``CSV, separated by ';'``.
        schema: the columns; unique names; text is always ``pa.string()``, also in formats that have no types.
        typed: the source has types; where not (CSV), text may stand for numbers.
        findings: every oddity met by opening and by the latest pass over the rows.
    """

    typed = True

    def __init__(self, name: str, format: str, schema: pa.Schema) -> None:
        self.name = name
        self.format = format
        names, renamed = unique_names(schema.names)
        fields = [pa.field(name, plain_type(type)) for name, type in zip(names, schema.types, strict=True)]
        self.schema = pa.schema(fields, metadata=schema.metadata)
        self._opening: list[Finding] = []
        self._passing: dict[str, Finding] = {}
        if renamed:
            detail = "column names that occur twice, numbered"
            self._opening.append(Finding("converted", len(renamed), tuple(renamed), detail))

    @property
    def column_names(self) -> list[str]:
        """Unique names of the columns, in the order of the file."""
        return list(self.schema.names)

    @property
    def arrow_schema_metadata(self) -> dict[bytes, bytes] | None:
        """The metadata that a Parquet or Arrow file carries, such as Hugging Face's features."""
        return self.schema.metadata  # type: ignore[no-any-return]

    @property
    def findings(self) -> list[Finding]:
        """Every oddity met by opening and by the latest pass over the rows."""
        return [*self._opening, *self._passing.values()]

    def batches(
        self, columns: Sequence[str] | None = None, types: Mapping[str, pa.DataType] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The rows, streamed.

        Args:
            columns: names, in the order wanted; None: all.
            types: the types wanted; a cell that is not of its type becomes null and a finding ``invalid_value``.
                Other columns have the types of ``schema``.

        Raises:
            UnknownName: no such column.
            UnreadableSource: the file ends or breaks in the middle.
        """
        names = self.column_names if columns is None else list(columns)
        wanted = dict(types or {})
        schema = self._schema_of(names, wanted)
        self._passing = {}
        for batch in self._native_batches(names, wanted):
            yield self._cast(batch, schema)

    def read(self, columns: Sequence[str] | None = None, types: Mapping[str, pa.DataType] | None = None) -> pa.Table:
        """All rows at once; arguments and errors as for ``batches``."""
        names = self.column_names if columns is None else list(columns)
        batches = list(self.batches(names, types))
        if batches:
            return pa.Table.from_batches(batches)
        return self._schema_of(names, types or {}).empty_table()

    def _schema_of(self, names: Sequence[str], types: Mapping[str, pa.DataType]) -> pa.Schema:
        own = dict(zip(self.schema.names, self.schema.types, strict=True))
        for name in [*names, *types]:
            if name not in own:
                raise UnknownName("column", name, self.schema.names)
        return pa.schema([(name, types.get(name, own[name])) for name in names])

    @abstractmethod
    def _native_batches(self, names: list[str], types: Mapping[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
        """The named columns in this order; a column of ``types`` may already have its type, it need not."""

    def _cast(self, batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
        arrays = []
        for field, array in zip(schema, batch.columns, strict=True):
            cast, invalid = cast_cells(array, field.type)
            arrays.append(cast)
            if len(invalid):
                self._found("invalid_value", (field.name,), len(invalid), f"such as {invalid[0].as_py()!r}")
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _found(self, kind: str, keys: Collection[str], count: int, detail: str) -> None:
        """Add to the finding of this kind; the first detail stays."""
        known = self._passing.get(kind, Finding(kind, 0, (), detail))
        fresh = tuple(dict.fromkeys([*known.keys, *keys]))[:1000]
        self._passing[kind] = Finding(kind, known.count + count, fresh, known.detail)


def batch_rows(schema: pa.Schema) -> int:
    """Rows of a batch that holds at most ``BATCH_CELLS`` cells."""
    cells = sum(_cells_in(field.type) for field in schema) or 1
    return max(256, min(BATCH_ROWS, BATCH_CELLS // cells))


def _cells_in(type: pa.DataType) -> int:
    """Values in a cell of this type; of a list of any length, as many as probabilities of ImageNet's classes."""
    if pa.types.is_list(type) or pa.types.is_large_list(type):
        return 1000
    return int(getattr(type, "list_size", 1))


def unique_names(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names, those that occur twice numbered; and which were.

    >>> unique_names(["a", "b", "a"])
    (['a', 'b', 'a_2'], ['a'])
    """
    unique: list[str] = []
    renamed: list[str] = []
    taken = set(names)
    seen: set[str] = set()
    for name in names:
        number, candidate = 1, name
        while candidate in seen or (number > 1 and candidate in taken):
            number += 1
            candidate = f"{name}_{number}"
        if number > 1:
            renamed.append(name)
        seen.add(candidate)
        unique.append(candidate)
    return unique, renamed

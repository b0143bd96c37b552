"""A table of predictions while it is being read: the roles of its columns, what was used, the report."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from misnomer.readers.predictions.class_names import ClassNames
from misnomer.readers.predictions.lists import is_list, list_cells, numbers_of
from misnomer.readers.predictions.named import known_share, read_classes
from misnomer.readers.predictions.roles import Roles, looks_like_images, recognise_roles
from misnomer.readers.report import ImportReport
from misnomer.readers.tables import Table
from misnomer.readers.tables.cells import to_text

_HEAD_CELLS = 4096


class Reading:
    """A table, its columns by role, and which of them were used."""

    def __init__(self, table: Table, head: pa.RecordBatch, classes: ClassNames, report: ImportReport) -> None:
        self.table, self.head, self.classes, self.report = table, head, classes, report
        self.roles = self._recognise()
        self.used: set[str] = set()

    def use_class_columns(self, columns: Iterable[str]) -> None:
        """These columns are classes; the others have their roles beside them."""
        self.used |= set(columns)
        self.roles = self._recognise(class_columns=self.used)

    def read(self, columns: Sequence[str], types: Mapping[str, pa.DataType]) -> pa.Table:
        """These columns, and the key and the file's own label beside them."""
        beside = [name for name in self.beside if name not in columns]
        return self.table.read([*columns, *beside], {**types, **dict.fromkeys(beside, pa.string())})

    @property
    def beside(self) -> list[str]:
        """The columns of key and label, where they are nothing else."""
        return [name for name in (self.roles.key, self.roles.label) if name and name not in self.used]

    def keys(self, rows: pa.Table) -> pa.ChunkedArray | None:
        """The keys among rows that were read."""
        if self.roles.key is None:
            return None
        self.used.add(self.roles.key)
        return rows[self.roles.key]

    def own_labels(self, rows: pa.Table) -> pa.ChunkedArray | None:
        """The file's own labels, which are not taken over."""
        column = self.roles.label
        if column is None or column not in rows.column_names:
            return None
        self.used.add(column)
        filled = len(rows) - rows[column].null_count
        detail = f"column {column!r}; add-labels reads them"
        self.report.add("ignored_label", (column,), count=filled, detail=detail)
        return read_classes(rows[column], self.classes, ImportReport("", "", ""))[0]

    def best_known(self, columns: Sequence[str]) -> str:
        """The first of these columns in which known classes are named; else the last."""
        known = (column for column in columns if known_share(self._texts(column), self.classes) > 0)
        return next(known, columns[-1])

    def is_numeric(self, column: str) -> bool:
        """Whether most cells are numbers."""
        return _is_numeric(self.head.column(column))

    def share_that_sums_to_one(self, columns: Sequence[str]) -> float:
        """In how many of the first rows these columns are probabilities of all classes."""
        cells = [numbers_of(self.head.column(column).slice(0, _HEAD_CELLS)) for column in columns]
        sums = np.sum(cells, axis=0)
        return float((np.abs(sums - 1) <= 1e-3).mean())

    def has_lists_of_numbers(self, column: str) -> bool:
        """Whether most values in a column of lists are numbers."""
        return _is_numeric(list_cells(self.head.column(column).slice(0, 256)).values)

    def _texts(self, column: str) -> list[str | None]:
        cells = self.head.column(column).slice(0, _HEAD_CELLS)
        cells = cells if pa.types.is_string(cells.type) and not _begins_list(cells) else _values(cells)
        texts: list[str | None] = to_text(cells).to_pylist()
        return texts

    def _recognise(self, class_columns: Iterable[str] = ()) -> Roles:
        taken = set(class_columns)
        columns = [name for name in self.head.schema.names if name not in taken]
        roles = recognise_roles(columns, with_class_columns=bool(taken))
        return roles if roles.key else roles.with_key(self._column_of_images(columns))

    def _column_of_images(self, columns: Sequence[str]) -> str | None:
        texts = (name for name in columns if pa.types.is_string(self.head.schema.field(name).type))
        return next((n for n in texts if looks_like_images(self.head.column(n).slice(0, 256).to_pylist())), None)


def _begins_list(cells: pa.Array) -> bool:
    first = cells.drop_null().slice(0, 1).to_pylist()
    return bool(first) and str(first[0]).lstrip().startswith("[")


def _values(cells: pa.Array) -> pa.Array:
    """The values in the lists, or the cells themselves."""
    return list_cells(cells).values if pa.types.is_string(cells.type) or is_list(cells.type) else cells


def _is_numeric(cells: pa.Array) -> bool:
    if not pa.types.is_string(cells.type):
        return bool(pa.types.is_floating(cells.type) or pa.types.is_integer(cells.type))
    filled = cells.drop_null().slice(0, 256)
    return len(filled) > 0 and bool(np.isnan(numbers_of(filled)).mean() < 0.5)

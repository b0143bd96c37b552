"""Some columns of a table, as a table of its own."""

from collections.abc import Iterator, Mapping

import pyarrow as pa

from misnomer.readers.report import Finding
from misnomer.readers.tables.table import Table


class SelectedTable(Table):
    """Columns of another table, read from it when they are asked for.

    Args:
        columns: names there, and what each is called here.
    """

    def __init__(self, table: Table, columns: Mapping[str, str]) -> None:
        self._table = table
        self._names_there = {here: there for there, here in columns.items()}
        fields = [table.schema.field(there).with_name(here) for there, here in columns.items()]
        super().__init__(table.name, table.format, pa.schema(fields, metadata=table.schema.metadata))
        self.typed = table.typed

    @property
    def findings(self) -> list[Finding]:
        return self._table.findings

    def _native_batches(self, names: list[str], types: Mapping[str, pa.DataType]) -> Iterator[pa.RecordBatch]:
        there = [self._names_there[name] for name in names]
        wanted = {self._names_there[name]: type for name, type in types.items()}
        for batch in self._table.batches(there, wanted):
            yield pa.RecordBatch.from_arrays(batch.columns, names=names)

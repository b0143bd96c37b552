"""Tables of any kind as Arrow batches: text, JSON, Parquet, Arrow, or an object in memory; recognised by content."""

from misnomer.readers.tables.open import open_table
from misnomer.readers.tables.selected import SelectedTable
from misnomer.readers.tables.table import MISSING_WORDS, Table

__all__ = ["MISSING_WORDS", "SelectedTable", "Table", "open_table"]

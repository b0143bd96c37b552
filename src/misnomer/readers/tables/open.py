"""Recognise a table by its content and open it."""

from collections.abc import Collection
from os import PathLike, fspath
from typing import Any

from misnomer.errors import UnreadableSource
from misnomer.readers.tables.arrow import IpcTable, ParquetTable, memory_table
from misnomer.readers.tables.delimited import DelimitedTable
from misnomer.readers.tables.json import json_table
from misnomer.readers.tables.sources import ByteSource
from misnomer.readers.tables.table import MISSING_WORDS, Table
from misnomer.readers.tables.text import is_utf8, sniff_encoding

_PICKLE = ("a Python pickle, which is never loaded", "Write its contents as CSV or Parquet.")
_ARCHIVE = (
    "a zip archive (.zip, .xlsx, .npz, .pt)",
    "Unpack it, or save the sheet or arrays as CSV or Parquet.",
)
# What a file begins with that is no table, in words, and what to do.
_FOREIGN: dict[bytes, tuple[str, str]] = {
    b"PK\x03\x04": _ARCHIVE,
    b"\x93NUMPY": ("a NumPy array", "Give arrays as predictions; a table has named columns."),
    b"\x89HDF": ("HDF5", "Write its contents as CSV or Parquet."),
    b"\x80\x02": _PICKLE,
    b"\x80\x03": _PICKLE,
    b"\x80\x04": _PICKLE,
    b"\x80\x05": _PICKLE,
    b"\xff\xd8\xff": ("an image (JPEG)", "Name the table or the folder of images."),
    b"\x89PNG": ("an image (PNG)", "Name the table or the folder of images."),
    b"GIF8": ("an image (GIF)", "Name the table or the folder of images."),
    b"%PDF": ("a PDF", "Save the table as CSV."),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", "Save the sheet as CSV."),
    b"SQLite format 3": ("an SQLite database", "Write the table as CSV or Parquet."),
    b"\xfd7zXZ": ("compressed with xz", "Unpack it; gzip, bzip2 and zstd are read as they are."),
    b"FEA1": ("Feather version 1", "Write it again as Feather version 2, Parquet or CSV."),
    b"<": ("XML or HTML", "Save the table as CSV."),
}


def open_table(source: str | PathLike[str] | ByteSource | Any, *, missing: Collection[str] = MISSING_WORDS) -> Table:
    """Open a table, recognised by its content, not its name.

    Args:
        source: a local path or fsspec URL of CSV (any of ``, ; tab |``), JSON, JSON lines, Parquet or Arrow, text
            also compressed; or a pyarrow table, a data frame, a mapping of columns.
        missing: cells of CSV that mean "no value".

    Raises:
        UnreadableSource: no such file, no table, or a table without columns.
        InputError: an object that is no table.
    """
    if isinstance(source, str | PathLike):
        source = ByteSource(fspath(source))
    if not isinstance(source, ByteSource):
        return memory_table(source)
    table = _open_file(source, missing)
    if not table.column_names:
        raise UnreadableSource(f"{table.name} has no columns.", hint="Check that it is the right file.")
    return table


def _open_file(source: ByteSource, missing: Collection[str]) -> Table:
    head = source.head(4096)
    if head[:4] == b"PAR1" and source.compression is None:
        return ParquetTable(source)
    if head[:6] == b"ARROW1" and source.compression is None:
        return IpcTable(source, stream=False)
    if head[:4] == b"\xff\xff\xff\xff" and source.compression is None:
        return IpcTable(source, stream=True)
    _refuse_foreign(head, source.name)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\0\xff\xfe")[:1] in (b"{", b"["):
        return json_table(source)
    return DelimitedTable(source, missing)


def _refuse_foreign(head: bytes, name: str) -> None:
    for start, (words, hint) in _FOREIGN.items():
        if head.startswith(start):
            raise UnreadableSource(f"{name} is {words}, not a table.", hint=hint)
    if head[:4] in (b"PAR1", b"ARRO"):
        raise UnreadableSource(f"{name} is a compressed Parquet or Arrow file.", hint="Unpack it.")
    control = sum(byte < 9 or 13 < byte < 27 for byte in head)
    strange = control > max(8, 0.1 * len(head)) or (control > head.count(0) and not is_utf8(head))
    if strange and sniff_encoding(head)[0] == "utf-8":
        raise UnreadableSource(
            f"{name} is a binary file of unknown kind, not a table.", hint="Give CSV, JSON, Parquet or Arrow."
        )

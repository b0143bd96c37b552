"""Which class a name, an index or an unnamed column of a file means."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from typing import Any

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.report import ImportReport
from misnomer.readers.tables import open_table
from misnomer.readers.tables.sources import ByteSource

ClassesSource = str | PathLike[str] | Sequence[str]

_NAME_COLUMNS = ("name", "class_name", "label_name", "label", "class", "category", "class_names", "classes", "names")
_INDEX_COLUMNS = ("index", "id", "class_id", "class_index", "label_id", "idx")
_MAPPING_ENTRIES = (
    "id2label",
    "class_names",
    "classes",
    "names",
    "label_names",
    "labels",
    "categories",
    "class_to_idx",
)
_INDEX = re.compile(r"(?:label_|class_)?(\d+)(?:\.0+)?", re.IGNORECASE)
_FORMS = 'one name a line, a JSON list, {"0": name, …}, {"id2label": …}, or a table with the columns index and name'


@dataclass(frozen=True)
class ClassNames:
    """The classes of the project, and what a position means in the file being read.

    Attributes:
        known: the project's classes in index order.
        by_position: the class of index or unnamed column 0, 1, ….
        stated: ``by_position`` was stated for this file, so that the labels need not confirm it.
    """

    known: tuple[str, ...]
    by_position: tuple[str, ...]
    stated: bool = False

    @property
    def are_integers(self) -> bool:
        """Whether classes are called 0, 1, …: a number in a file is then a name and no index."""
        return any(re.fullmatch(r"-?\d+", name) for name in self.known)

    def named(self, names: Iterable[str], report: ImportReport) -> dict[str, str]:
        """The project's name of each name in a file; differences in case and spaces are bridged and reported."""
        known, by_fold = set(self.known), _unique_folds(self.known)
        found: dict[str, str] = {}
        for name in dict.fromkeys(names):
            found[name] = name if name in known else by_fold.get(_fold(name), name)
        bridged = [f"{name!r} read as {project!r}" for name, project in found.items() if name != project]
        report.add("similar_class", bridged)
        return found


def class_names_for(known: Sequence[str], classes_file: ClassesSource | None) -> ClassNames:
    """The project's classes and, if there is one, the file that says what a position means."""
    if classes_file is None:
        return ClassNames(tuple(known), tuple(known))
    return ClassNames(tuple(known), read_class_names(classes_file), stated=True)


def index_of(text: str) -> int | None:
    """The class index that ``3``, ``3.0`` or Hugging Face's ``LABEL_3`` is; None for what is none."""
    match = _INDEX.fullmatch(text)
    return int(match[1]) if match else None


def read_class_names(source: ClassesSource) -> tuple[str, ...]:
    """Class names in index order, from a sequence or a file.

    The file is text with a name a line, JSON (also a ``config.json`` of Hugging Face), or a table.

    Raises:
        UnreadableSource: no such file, or no class names in it.
        InputError: names that occur twice, or indices that do not run from 0.
    """
    if not isinstance(source, str | PathLike):
        return _unique([str(name) for name in source], "The class names")
    path = fspath(source)
    text = _text(path)
    if text.lstrip()[:1] in ("{", "["):
        names = _from_json(path, text)
    elif _column(text.splitlines()[0].replace(";", ",").replace("\t", ",").split(","), _NAME_COLUMNS):
        names = _from_table(path)
    else:
        names = [line.strip() for line in text.splitlines() if line.strip()]
    return _unique(names, path)


def _text(path: str) -> str:
    with ByteSource(path).open() as file:
        content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if not text.strip():
        raise UnreadableSource(f"{path} is empty.", hint=f"Class names are {_FORMS}.")
    return text


def _from_table(path: str) -> list[str]:
    table = open_table(path, missing=())
    name_column, index_column = (_column(table.column_names, names) for names in (_NAME_COLUMNS, _INDEX_COLUMNS))
    columns = [column for column in (name_column, index_column) if column]
    rows = table.read(columns)
    names = [str(name) for name in rows[name_column].to_pylist()]
    return _in_order(path, dict(zip(rows[index_column].to_pylist(), names, strict=True))) if index_column else names


def _column(columns: Sequence[str], names: Sequence[str]) -> str | None:
    by_name = {column.strip().strip('"').casefold(): column for column in columns}
    return next((by_name[name] for name in names if name in by_name), None)


def _from_json(path: str, text: str) -> list[str]:
    try:
        content = json.loads(text)
    except ValueError as problem:
        raise UnreadableSource(f"{path} is not valid JSON: {problem}.", hint=f"Class names are {_FORMS}.") from None
    if isinstance(content, dict):
        content = next((content[entry] for entry in _MAPPING_ENTRIES if entry in content), content)
    if isinstance(content, dict):
        return _in_order(path, content)
    if content and all(isinstance(entry, dict) and {"id", "name"} <= entry.keys() for entry in content):
        return _in_order(path, {entry["id"]: entry["name"] for entry in content})
    if not content or any(isinstance(name, list | dict) or name is None for name in content):
        raise UnreadableSource(f"{path} has no class names.", hint=f"Class names are {_FORMS}.")
    return [str(name) for name in content]


def _in_order(path: str, names: Mapping[Any, Any]) -> list[str]:
    """From index → name or name → index."""
    if all(isinstance(index, int) for index in names.values()) and not all(str(name).isdigit() for name in names):
        names = {index: name for name, index in names.items()}
    by_index = {index_of(str(index)): str(name) for index, name in names.items()}
    if sorted(by_index, key=lambda index: -1 if index is None else index) != list(range(len(names))):
        raise InputError(
            f"The class indices in {path} do not run from 0 to {len(names) - 1}.",
            hint="Name every class from index 0 on; give a column that is no class any name of its own.",
        )
    return [by_index[index] for index in range(len(names))]


def _unique(names: Sequence[str], source: str) -> tuple[str, ...]:
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise InputError(
            f"{source}: {twice[0]!r} is the name of several classes.", hint="Give each class its own name."
        )
    return tuple(names)


def _unique_folds(names: Iterable[str]) -> dict[str, str]:
    """Names by what is left of them without case and spaces, where that is theirs alone."""
    by_fold: dict[str, str | None] = {}
    for name in names:
        fold = _fold(name)
        by_fold[fold] = name if fold not in by_fold else None
    return {fold: name for fold, name in by_fold.items() if name is not None}


def _fold(name: str) -> str:
    return "".join(unicodedata.normalize("NFC", name).split()).casefold()

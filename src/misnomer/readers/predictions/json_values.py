"""JSON that is no table but a value per sample, in order or under its key: Hugging Face's pipelines, timm."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from misnomer.errors import UnreadableSource
from misnomer.readers.columns import plain_name
from misnomer.readers.predictions.roles import (
    CONFIDENCE_NAMES,
    INDEX_NAMES,
    LABEL_OR_PREDICTION_NAMES,
    LOGIT_NAMES,
    PREDICTION_NAMES,
)
from misnomer.readers.tables import Table, open_table
from misnomer.readers.tables.json import column_of_values
from misnomer.readers.tables.sources import ByteSource

_ROLE_NAMES = {
    *(*PREDICTION_NAMES, *LABEL_OR_PREDICTION_NAMES, *INDEX_NAMES, *CONFIDENCE_NAMES, *LOGIT_NAMES),
    *("columns", "data", "schema"),
}
_KEY = "key"


def read_json_values(path: str) -> Table | np.ndarray | None:
    """What a JSON file with a value per sample says, as a table (or a bare matrix); None if it is an ordinary table.

    The values: a list of {"label", "score"}, a list of numbers, a record, a class name or an index.
    """
    content = _load(path)
    if isinstance(content, dict):
        return _from_mapping(content)
    return _from_list(content) if isinstance(content, list) else None


def looks_like_values(head: str) -> bool:
    """Whether a JSON file that begins so may hold a value per sample; a list of records is a table."""
    start = head.lstrip("\ufeff \t\r\n")
    if re.match(r"\[\s*\{", start):  # records, unless every line is a list of its own
        return re.search(r"\]\s*\n\s*\[", start) is not None
    return start[:1] in ("[", "{")


def _load(path: str) -> Any:
    with ByteSource(path).open() as file:
        text = file.read().decode("utf-8-sig", "replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines[0].lstrip().startswith("["):
        return None  # records, one a line: a table
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError) as problem:
        raise UnreadableSource(f"{path} is not valid JSON: {problem}.", hint="Write it again.") from None


def _from_mapping(content: dict[str, Any]) -> Table | None:
    """Values under their keys; None where the entries are columns."""
    if isinstance(content.get("labels"), dict):  # FiftyOne: the targets, and perhaps the classes they are indices of
        names = content.get("classes")
        targets = content["labels"]
        content = {key: _target(target, names) for key, target in targets.items()}
    elif any(plain_name(entry) in _ROLE_NAMES for entry in content):
        return None
    values = list(content.values())
    if not values or not any(_is_value(value) for value in values):
        return None
    columns = _columns(values)
    return None if columns is None else _table({_KEY: pa.array(list(content), pa.string()), **columns}, "values by key")


def _target(target: Any, names: Sequence[str] | None) -> Any:
    if isinstance(target, int) and names is not None and 0 <= target < len(names):
        return names[target]
    return target


def _is_value(value: Any) -> bool:
    """Whether this is what one sample has, rather than a column of a table."""
    if isinstance(value, dict):
        return any(plain_name(entry) in _ROLE_NAMES for entry in value)
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict | float)
    return isinstance(value, str | int)


def _from_list(content: list[Any]) -> Table | np.ndarray | None:
    first = next((value for value in content if value), None)
    if isinstance(first, list) and first and isinstance(first[0], int | float):
        return _matrix(content)
    if isinstance(first, dict):
        return None
    columns = _columns(content)
    return None if columns is None else _table(columns, "values in order")


def _matrix(rows: list[list[float]]) -> np.ndarray:
    width = max(len(row) for row in rows)
    matrix = np.full((len(rows), width), np.nan)
    for position, row in enumerate(rows):
        if len(row) == width:
            matrix[position] = [np.nan if value is None else value for value in row]
    return matrix


def _columns(values: list[Any]) -> dict[str, pa.Array] | None:
    """Columns of a table from one value a sample."""
    first = next((value for value in values if value), None)
    if isinstance(first, dict):
        records = [value if isinstance(value, dict) else {} for value in values]
        names = dict.fromkeys(name for record in records for name in record)
        return {name: column_of_values([record.get(name) for record in records]) for name in names}
    if isinstance(first, list) and isinstance(first[0], dict):
        lists = [value if isinstance(value, list) else [] for value in values]
        names = dict.fromkeys(name for cells in lists for cell in cells for name in cell)
        return {name: pa.array([[_plain(cell.get(name)) for cell in cells] for cells in lists]) for name in names}
    if isinstance(first, list):
        return {"probabilities": pa.array(values)}
    if isinstance(first, str | int):
        return {"prediction": column_of_values(values)}
    return None


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str) or value is None else json.dumps(value)


def _table(columns: Mapping[str, pa.Array], words: str) -> Table:
    table = open_table(pa.table(dict(columns)))
    table.format = f"JSON, {words}"
    return table

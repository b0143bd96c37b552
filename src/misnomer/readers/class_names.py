"""Labels as class names, whatever the cells hold: names, indices, lists."""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from misnomer.readers.columns import as_text
from misnomer.readers.report import ImportReport

_WHOLE_FLOAT = r"^\d+\.0$"
_INDEX = r"^(0|[1-9]\d{0,8})$"


def labels_of_cells(
    cells: pa.ChunkedArray, keys: pa.ChunkedArray, report: ImportReport, *, class_names: Sequence[str] = ()
) -> tuple[pa.ChunkedArray, tuple[str, ...]]:
    """Cells of a label column as class names.

    Args:
        cells: (n,) names, class indices, or lists of one of them.
        keys: (n,) what to call the rows in the report.
        class_names: what an index means; where empty, an index becomes its decimal digits.

    Returns:
        (n,) class names, null without label; and the classes in index order (by name, or by number).
    """
    names = as_text(_single(cells, keys, report))
    if pc.all(pc.match_substring_regex(names, _WHOLE_FLOAT)).as_py():  # what a missing value makes of integers
        names = pc.replace_substring_regex(names, r"\.0$", "")
    distinct = [name for name in pc.unique(names).to_pylist() if name is not None]
    indices = bool(distinct) and all(re.match(_INDEX, name) for name in distinct)
    if not indices or set(distinct) <= set(class_names):  # a class may be called by a number
        return names, (*class_names, *sorted(set(distinct) - set(class_names)))
    if not class_names:
        detail = "class indices without names: the digits are the name"
        report.add("converted", count=len(names) - names.null_count, detail=detail)
        return names, tuple(sorted(distinct, key=int))
    return _named(names, keys, report, class_names), tuple(class_names)


def _single(cells: pa.ChunkedArray, keys: pa.ChunkedArray, report: ImportReport) -> pa.ChunkedArray:
    """The one label of lists of labels; none where there are several."""
    if not (
        pa.types.is_list(cells.type) or pa.types.is_large_list(cells.type) or pa.types.is_fixed_size_list(cells.type)
    ):
        return cells
    several = pc.fill_null(pc.greater(pc.list_value_length(cells), 1), False)
    report.add("multiple_labels", keys.filter(several).to_pylist())
    return pa.chunked_array(
        [[row[0] if row is not None and len(row) == 1 else None for row in cells.to_pylist()]], cells.type.value_type
    )


def _named(
    indices: pa.ChunkedArray, keys: pa.ChunkedArray, report: ImportReport, class_names: Sequence[str]
) -> pa.ChunkedArray:
    numbers = indices.cast(pa.int64())
    known = pc.less(numbers, len(class_names))
    names = pa.array(class_names, pa.string()).take(pc.if_else(known, numbers, None).combine_chunks())
    report.add("converted", count=len(names) - names.null_count, detail="class indices to class names")
    unknown = keys.filter(pc.fill_null(pc.invert(known), False)).to_pylist()
    report.add("unknown_class", unknown, detail=f"indices beyond {len(class_names) - 1}")
    return pa.chunked_array([names])


def report_similar_classes(class_names: Iterable[str], report: ImportReport) -> None:
    """Add a finding where names differ only in case, spaces or the way their letters are encoded."""
    groups: dict[str, list[str]] = {}
    for name in class_names:
        plain = "".join(unicodedata.normalize("NFKC", name).casefold().split())
        groups.setdefault(plain, []).append(name)
    similar = [group for group in groups.values() if len(group) > 1]
    detail = "; ".join(" and ".join(repr(name) for name in group) for group in similar[:3])
    report.add("similar_class", [name for group in similar for name in group], detail=detail)


def hugging_face_classes(metadata: Mapping[bytes, bytes] | None, column: str) -> tuple[str, ...]:
    """The class names that Hugging Face's ``datasets`` writes beside a ClassLabel column; else none."""
    try:
        features = json.loads((metadata or {})[b"huggingface"])["info"]["features"]
        return tuple(str(name) for name in features[column]["names"])
    except (KeyError, TypeError, ValueError):
        return ()

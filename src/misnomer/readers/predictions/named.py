"""One class a row, as a name or an index, perhaps with a confidence."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from misnomer.readers.predictions.class_names import ClassNames, index_of
from misnomer.readers.report import ImportReport
from misnomer.settings import get_int


def read_classes(
    cells: pa.ChunkedArray, classes: ClassNames, report: ImportReport, *, are_indices: bool = False
) -> tuple[pa.ChunkedArray, bool]:
    """The project's class names for a column of names or indices.

    Numbers are indices unless the project's classes bear such names.

    Args:
        cells: (N,) strings.
        are_indices: the column's name says so.

    Returns:
        (N,) class names, null for an index without class; and whether they were indices.
    """
    encoded = cells.combine_chunks().dictionary_encode()
    texts = [text.strip() for text in encoded.dictionary.to_pylist()]
    by_index = are_indices or _are_indices(texts, classes)
    meaning = _by_index(texts, classes) if by_index else _by_name(texts, classes, report)
    names = pa.array([meaning[text] for text in texts], pa.string()).take(encoded.indices)
    if by_index:
        detail = f"class indices read as positions 0 to {len(classes.by_position) - 1} in the order of "
        detail += "the classes file" if classes.stated else "the project's classes"
        report.add("converted", count=1, detail=detail)
    _report_unknown(encoded, texts, meaning, classes, report)
    return pa.chunked_array([names]), by_index


def read_confidence(values: pa.ChunkedArray, keys: pa.ChunkedArray | None, report: ImportReport) -> pa.ChunkedArray:
    """Confidences, empty where they are not in [0, 1]; also reported: those that the file leaves empty.

    Args:
        values: (N,) float64.
        keys: (N,) strings, to name the rows; without them rows have numbers.
    """
    good = pc.fill_null(pc.and_(pc.greater_equal(values, 0), pc.less_equal(values, 1)), False)
    bad = pc.indices_nonzero(pc.invert(good))
    if len(bad):
        empty = pc.sum(pc.or_kleene(pc.is_null(values), pc.fill_null(pc.is_nan(values), True))).as_py()
        outside = len(bad) - empty
        example = f", such as {_first_outside(values):g}" if outside else ""
        detail = f"{outside:,} outside{example}; {empty:,} empty or NaN"
        report.add("invalid_confidence", row_names(bad, keys), count=len(bad), detail=detail)
    return pc.if_else(good, values, pa.scalar(None, pa.float64()))


def row_names(rows: pa.Array, keys: pa.ChunkedArray | None) -> list[str]:
    """The keys of the first of these rows, for a report; "row 1" is the first row where there are no keys."""
    listed = rows.slice(0, get_int("report_keys"))
    if keys is None:
        return [f"row {row + 1}" for row in listed.to_pylist()]
    return [key or "" for key in keys.take(listed).to_pylist()]


def known_share(texts: Iterable[str | None], classes: ClassNames) -> float:
    """Share of these cells that name a class of the project."""
    filled = [text.strip() for text in texts if text]
    known = set(classes.known)
    return sum(text in known for text in filled) / len(filled) if filled else 0.0


def _first_outside(values: pa.ChunkedArray) -> float:
    outside = pc.or_(pc.less(values, 0), pc.greater(values, 1))
    return float(values.filter(pc.fill_null(outside, False)).slice(0, 1).to_pylist()[0])


def _are_indices(texts: list[str], classes: ClassNames) -> bool:
    if classes.are_integers or not classes.by_position or set(texts) & set(classes.known):
        return False
    return bool(texts) and all(index_of(text) is not None for text in texts if text not in ("-1", "-1.0"))


def _by_index(texts: list[str], classes: ClassNames) -> Mapping[str, str | None]:
    names = classes.by_position
    indices = {text: index_of(text) for text in texts}
    return {text: names[i] if i is not None and i < len(names) else None for text, i in indices.items()}


def _by_name(texts: list[str], classes: ClassNames, report: ImportReport) -> Mapping[str, str | None]:
    """Names; a whole number that a tool wrote as ``3.0`` is the class ``3``."""
    whole = {text: text.removesuffix(".0") if classes.are_integers else text for text in texts}
    found = classes.named(whole.values(), report)
    return {text: found[name] for text, name in whole.items()}


def _report_unknown(
    encoded: pa.DictionaryArray,
    texts: list[str],
    meaning: Mapping[str, str | None],
    classes: ClassNames,
    report: ImportReport,
) -> None:
    known = set(classes.known)
    unknown = [position for position, text in enumerate(texts) if meaning[text] not in known]
    if unknown and (known or classes.by_position):
        is_unknown = pc.is_in(encoded.indices, value_set=pa.array(unknown, encoded.indices.type))
        names = sorted(texts[position] for position in unknown)
        no_class = sum(meaning[text] is None for text in names)
        detail = "an index without class gives no prediction" if no_class else ""
        limit = get_int("report_keys")
        report.add("unknown_class", names[:limit], count=pc.sum(is_unknown).as_py(), detail=detail)

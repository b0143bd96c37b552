"""Tables with several classes and their scores in each row."""

from dataclasses import replace

import pyarrow as pa

from misnomer.readers.columns import plain_name
from misnomer.readers.predictions.class_columns import report_unknown_columns
from misnomer.readers.predictions.file import PredictionFile
from misnomer.readers.predictions.lists import holds_lists
from misnomer.readers.predictions.matrix_table import matrix_file, vector_columns
from misnomer.readers.predictions.named import read_classes, row_names
from misnomer.readers.predictions.named_table import named_file
from misnomer.readers.predictions.reading import Reading
from misnomer.readers.predictions.sources import MemoryArray
from misnomer.readers.predictions.top_k import (
    RankedClasses,
    find_numbered_columns,
    ranked_from_columns,
    ranked_from_lists,
)
from misnomer.readers.report import ImportReport


def read_numbered(reading: Reading) -> PredictionFile | None:
    """Classes and scores by rank in columns of their own; None if there are none."""
    columns = find_numbered_columns(reading.head.schema.names)
    if columns is None:
        return None
    groups = {group[0]: group for group in (columns.labels, columns.indices) if group}
    names = groups[reading.best_known(list(groups))]
    reading.used |= {*columns.labels, *columns.indices, *columns.scores}
    types = {**dict.fromkeys(names, pa.string()), **dict.fromkeys(columns.scores, pa.float64())}
    rows = reading.read(list(types), types)
    ranked = ranked_from_columns(rows.select(names), rows.select(columns.scores) if columns.scores else None)
    are_indices = names == columns.indices
    return _ranked_file(reading, rows, ranked, logits=columns.scores_are_logits, are_indices=are_indices)


def read_ranked_lists(reading: Reading) -> PredictionFile | None:
    """A column of lists of classes, perhaps with one of lists of scores; None if there is none."""
    candidates = (*reading.roles.predictions, *reading.roles.indices[:1])
    classes = [name for name in candidates if holds_lists(reading.head.column(name))]
    classes = [name for name in classes if name in reading.roles.indices or not _is_vector(reading, name)]
    if not classes:
        return None
    name = reading.best_known(classes)
    scores = [column for column in vector_columns(reading) if column not in candidates][:1]
    reading.used |= {name, *scores}
    rows = reading.read([name, *scores], {})
    ranked, uneven = ranked_from_lists(rows[name], rows[scores[0]] if scores else None)
    detail = "classes and scores differ in number"
    names = row_names(pa.array(uneven), reading.keys(rows))
    reading.report.add("invalid_row", names, count=len(uneven), detail=detail)
    logits = bool(scores) and "logit" in plain_name(scores[0])
    return _ranked_file(reading, rows, ranked, logits=logits, are_indices=name in reading.roles.indices)


def _is_vector(reading: Reading, column: str) -> bool:
    """Whether lists under a name such as "prediction" are numbers for all classes."""
    return reading.has_lists_of_numbers(column) and not reading.classes.are_integers


def _ranked_file(
    reading: Reading, rows: pa.Table, ranked: RankedClasses, *, logits: bool, are_indices: bool
) -> PredictionFile:
    """All classes of every row as a matrix, or else the best class of each row."""
    noted = ImportReport("", "", "")
    names, by_index = read_classes(pa.chunked_array([ranked.names]), reading.classes, noted, are_indices=are_indices)
    whole = replace(ranked, names=names.combine_chunks()).full(reading.classes.known, logits=logits)
    if whole is None:
        best, scores = ranked.best()
        words = "the best classes of each row, of which the first is used"
        cells = pa.chunked_array([best])
        return named_file(reading, rows, cells, None if logits else scores, words, are_indices=by_index)
    class_names, values = whole
    reading.report.findings.extend(finding for finding in noted.findings if finding.kind != "unknown_class")
    report_unknown_columns(class_names, reading.classes, reading.report)
    words = f"all {len(class_names):,} classes with their scores in each row"
    sample = values[:: max(1, len(values) // 4096)]
    file = matrix_file(reading, rows, MemoryArray(values), sample, class_names, words, by_position=False)
    return replace(file, classes_by_position=by_index and not reading.classes.stated)

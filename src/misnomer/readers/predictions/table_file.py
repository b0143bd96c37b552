"""Predictions in a table: which of the shapes it has."""

import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.predictions.class_names import ClassNames
from misnomer.readers.predictions.file import PredictionFile
from misnomer.readers.predictions.lists import list_cells
from misnomer.readers.predictions.matrix_table import read_class_columns, read_vectors
from misnomer.readers.predictions.named_table import read_named
from misnomer.readers.predictions.ranked_table import read_numbered, read_ranked_lists
from misnomer.readers.predictions.reading import Reading
from misnomer.readers.report import ImportReport
from misnomer.readers.tables import Table, open_table

_HEAD_ROWS = 4096
_SHAPES = (
    "Name a column of classes 'prediction' (and 'confidence' beside it), or give one column per class, "
    "or a column of lists with a number per class."
)


def read_table_predictions(table: Table, classes: ClassNames, report: ImportReport) -> PredictionFile:
    """The predictions in a table, recognised by column names and cells.

    Raises:
        UnreadableSource: there are none.
        InputError: predictions of several models in one table.
    """
    table = _without_structs(table)
    head = next(table.batches(), None)
    if head is None or not len(head):
        odd = f" that can be read: {table.findings[0].sentence}" if table.findings else ""
        raise UnreadableSource(f"{report.source} has no rows{odd}.", hint="Check that predictions were written to it.")
    reading = Reading(table, head.slice(0, _HEAD_ROWS), classes, report)
    _refuse_several_models(reading)
    for read in (read_numbered, read_class_columns, read_ranked_lists, read_vectors, read_named):
        file = read(reading)
        if file is not None:
            break
    else:
        raise UnreadableSource(
            f"{report.source} has no column of predictions (columns: {', '.join(table.column_names[:12])}).",
            hint=_SHAPES,
        )
    known = set(report.findings)
    report.findings.extend(finding for finding in table.findings if finding not in known)
    report.format += f", keys in {reading.roles.key!r}" if file.keys is not None else ", rows in order"
    report.add("ignored_column", [name for name in table.column_names if name not in reading.used])
    return file


def _refuse_several_models(reading: Reading) -> None:
    """LightlyStudio writes the annotations of several sources into one file."""
    if "annotation_source" not in reading.head.schema.names:
        return
    column = reading.table.read(["annotation_source"])["annotation_source"]
    sources = sorted(name for name in pc.unique(column).to_pylist() if name)
    if len(sources) > 1:
        raise InputError(
            f"{reading.report.source} holds the annotations of {len(sources)} sources: {', '.join(sources[:8])}.",
            hint="Write one file a model: filter the rows by annotation_source.",
        )
    reading.used.add("annotation_source")


def _without_structs(table: Table) -> Table:
    """Lists of {label, score} as two columns of lists, as the k best classes are."""
    structs = [f.name for f in table.schema if pa.types.is_list(f.type) and pa.types.is_struct(f.type.value_type)]
    if not structs:
        return table
    rows = table.read()
    columns = {name: rows[name] for name in rows.column_names}
    for name in structs:
        cells = columns.pop(name).combine_chunks()
        offsets = pa.array(list_cells(cells).offsets, pa.int32())
        for entry in cells.type.value_type:
            column = entry.name if entry.name not in columns else f"{name}_{entry.name}"
            columns[column] = pa.ListArray.from_arrays(offsets, pc.struct_field(cells.flatten(), entry.name))
    flat = open_table(pa.table(columns))
    flat.format = table.format
    return flat

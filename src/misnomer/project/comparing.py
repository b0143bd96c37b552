"""Two models of a project on the same samples."""

from misnomer.errors import InputError
from misnomer.evaluation.comparison import Comparison, compare
from misnomer.filters import Filter
from misnomer.project.evaluating import ClassIndex
from misnomer.schema import LabelVersion
from misnomer.store.database import Database
from misnomer.store.models import Model
from misnomer.store.selection import Selection
from misnomer.store.statistics import paired_predictions


def compare_models(
    database: Database, a: Model, b: Model, filter: Filter, *, labels: LabelVersion, level: float | None
) -> Comparison:
    """Both models on the samples of a filter that both predicted; the filter is seen with model ``a``.

    Raises:
        InputError: the two are one model.
    """
    if a == b:
        raise InputError(f"{a.name!r} is compared with itself.", hint="Name two models.")
    selection = Selection(database, filter, model_id=a.model_id, missing_policy=a.missing_policy, labels=labels)
    classes = ClassIndex.of(database)
    columns, left_out_count = paired_predictions(selection, b)
    return compare(
        classes.indices(columns["label_id"]),
        classes.indices(columns["class_id"]),
        classes.indices(columns["other_id"]),
        classes.names,
        names=(a.name, b.name),
        left_out_count=left_out_count,
        selected=filter.classes,
        level=level,
    )

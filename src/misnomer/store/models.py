"""Models and their predictions, one row a sample; what matched no sample yet is kept aside."""

from dataclasses import dataclass

import pyarrow as pa

from misnomer.errors import InputError, UnknownName
from misnomer.schema import MissingPolicy
from misnomer.store.database import Database
from misnomer.store.vectors import drop_unused_matrices

# Columns of a prediction that do not depend on the sample's label.
FILE_COLUMNS = (
    "class_id",
    "confidence",
    "margin",
    "prediction_entropy",
    "variance",
    "sum_squares",
    "vector_id",
    "vector_row",
)


@dataclass(frozen=True)
class Model:
    """A named set of predictions."""

    model_id: int
    name: str
    missing_policy: MissingPolicy


def models(database: Database) -> list[Model]:
    """Every model in the order of adding."""
    return [Model(*row) for row in database.rows("select model_id, name, missing_policy from models order by model_id")]


def find_model(database: Database, name: str | None) -> Model:
    """A model by name; without a name the only one.

    Raises:
        UnknownName: no such model.
        InputError: there is none, or several and no name was given.
    """
    known = models(database)
    if not known:
        raise InputError(
            "The project has no predictions.",
            hint="Add them: misnomer add-predictions PROJECT FILE --model NAME",
        )
    if name is None:
        if len(known) > 1:
            names = ", ".join(model.name for model in known)
            raise InputError(f"The project has {len(known)} models.", hint=f"Say which with --model: {names}")
        return known[0]
    for model in known:
        if model.name == name:
            return model
    raise UnknownName("model", name, [model.name for model in known])


def add_model(database: Database, name: str, missing_policy: MissingPolicy | None) -> tuple[Model, bool]:
    """The model of this name, added when it is new; says whether anything changed. No policy keeps what stands."""
    for model in models(database):
        if model.name == name:
            if missing_policy is None or missing_policy == model.missing_policy:
                return model, False
            database.execute(
                "update models set missing_policy = ? where model_id = ?", [missing_policy, model.model_id]
            )
            return Model(model.model_id, name, missing_policy), True
    model_id = int(database.value("select coalesce(max(model_id) + 1, 0) from models"))
    model = Model(model_id, name, missing_policy or "exclude")
    database.execute("insert into models values (?, ?, ?)", [model.model_id, model.name, model.missing_policy])
    return model, True


def set_predictions(database: Database, model_id: int, predictions: pa.Table) -> dict[str, int]:
    """Add or replace predictions of samples.

    Args:
        predictions: sample_id (unique) and FILE_COLUMNS.

    Returns:
        Counts: added, replaced.
    """
    columns = ["sample_id", *FILE_COLUMNS]
    names = ", ".join(columns)
    with database.transaction():
        changed = _changed_predictions(database, model_id, predictions.select(columns))
        if not changed.num_rows:
            return {"added": 0, "replaced": 0}
        with database.tables(changed=changed):
            replaced = database.value(
                "delete from predictions where model_id = ? and sample_id in (select sample_id from changed)",
                [model_id],
            )
            database.execute(
                f"insert into predictions (model_id, {names}) select ?, {names} from changed order by sample_id",
                [model_id],
            )
        if replaced:
            drop_unused_matrices(database)
    return {"added": changed.num_rows - int(replaced), "replaced": int(replaced)}


def _changed_predictions(database: Database, model_id: int, predictions: pa.Table) -> pa.Table:
    """Those that are not there just so."""
    if not database.value("select exists (select 1 from predictions where model_id = ?)", [model_id]):
        return predictions
    same = " and ".join(f"p.{name} is not distinct from n.{name}" for name in predictions.column_names)
    equal = f"(select sample_id from predictions p join incoming n using (sample_id) where p.model_id = ? and {same})"
    with database.tables(incoming=predictions):
        return database.arrow(f"select * from incoming anti join {equal} using (sample_id)", [model_id])


def stale_label_columns(database: Database) -> pa.Table:
    """model_id, sample_id, label_id (the sample's), vector_id, vector_row of every prediction with probabilities
    whose label has changed since its probability was looked up, in the order of the matrices' rows."""
    return database.arrow(
        "select p.model_id, p.sample_id, s.label_id, p.vector_id, p.vector_row "
        "from predictions p join samples s using (sample_id) "
        "where p.vector_id is not null and p.label_id is distinct from s.label_id order by p.vector_id, p.vector_row"
    )


def set_label_columns(database: Database, rows: pa.Table) -> None:
    """Keep what depends on the label: model_id, sample_id, label_id, label_probability, label_rank."""
    with database.tables(incoming=rows):
        database.execute(
            "update predictions set label_id = n.label_id, label_probability = n.label_probability, "
            "label_rank = n.label_rank from incoming n "
            "where n.model_id = predictions.model_id and n.sample_id = predictions.sample_id"
        )


def keep_unmatched_predictions(database: Database, model_id: int, rows: pa.Table) -> int:
    """Keep predictions whose key matches no sample yet: key and FILE_COLUMNS. Returns how many are new or differ."""
    names = ", ".join(["key", *FILE_COLUMNS])
    same = " and ".join(f"u.{c} is not distinct from n.{c}" for c in FILE_COLUMNS)
    with database.tables(incoming=rows), database.transaction():
        equal = f"(select key from unmatched_predictions u join incoming n using (key) where u.model_id = ? and {same})"
        changed = database.arrow(f"select * from incoming anti join {equal} using (key)", [model_id])
        if changed.num_rows:
            with database.tables(changed=changed):
                database.execute(
                    "delete from unmatched_predictions where model_id = ? and key in (select key from changed)",
                    [model_id],
                )
                database.execute(
                    f"insert into unmatched_predictions (model_id, {names}) select ?, {names} from changed",
                    [model_id],
                )
    return int(changed.num_rows)


def has_unmatched_predictions(database: Database) -> bool:
    """Whether anything is kept aside."""
    return bool(database.value("select count(*) from unmatched_predictions"))


def unmatched_predictions(database: Database) -> pa.Table:
    """model_id, key and FILE_COLUMNS of what is kept aside."""
    return database.arrow(
        f"select model_id, key, {', '.join(FILE_COLUMNS)} from unmatched_predictions order by model_id, key"
    )


def forget_unmatched_predictions(database: Database, matched: pa.Table) -> None:
    """Drop what has found its sample: model_id, key."""
    with database.tables(matched=matched):
        database.execute(
            "delete from unmatched_predictions u where exists "
            "(select 1 from matched m where m.model_id = u.model_id and m.key = u.key)"
        )

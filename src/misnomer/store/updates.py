"""Updates that touch, and count, only what differs: the same command twice changes nothing."""

from misnomer.store.database import Database


def update_different(
    database: Database,
    table: str,
    column: str,
    *,
    value: str | None = None,
    using: str = "sample_id",
    only: str = "true",
) -> list[int]:
    """Set a column from the Arrow table registered as ``incoming`` where the new value is known and another.

    Args:
        table: samples or attributes; ``t`` in the conditions, with ``n`` the incoming row.
        column: quoted if need be.
        value: SQL of the new value; the incoming column of the same name by default.
        using: the column that both share.
        only: a further condition.

    Returns:
        Ids of the samples that changed.
    """
    new_value = value or f"n.{column}"
    differs = f"{new_value} is not null and t.{column} is distinct from {new_value} and ({only})"
    changed = database.rows(
        f"select t.sample_id from {table} t join incoming n using ({using}) where {differs} order by t.sample_id"
    )
    if changed:
        database.execute(
            f"update {table} t set {column} = {new_value} from incoming n where n.{using} = t.{using} and {differs}"
        )
    return [sample_id for (sample_id,) in changed]

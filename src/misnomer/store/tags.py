"""Tags: names that a person gives to samples."""

from collections.abc import Sequence

from misnomer.store.database import Database
from misnomer.store.selection import Selection


def add_tag(selection: Selection, tag: str) -> int:
    """Tag the samples shown; returns how many did not bear it yet."""
    inner, parameters = selection.sql("s.sample_id", shown=True)
    before = _count(selection.database, tag)
    selection.database.execute(
        f"insert into tags select ?, sample_id from ({inner}) where sample_id not in "
        "(select sample_id from tags where tag = ?)",
        [tag, *parameters, tag],
    )
    return _count(selection.database, tag) - before


def bearers(selection: Selection, tag: str, *, bearing: bool, limit: int) -> list[str]:
    """Keys of those samples shown that bear the tag, or that do not, in their order."""
    inner, parameters = selection.sql("s.sample_id", shown=True)
    has = "" if bearing else "not "
    rows = selection.database.rows(
        f"select key from samples where sample_id in ({inner}) and sample_id {has}in "
        f"(select sample_id from tags where tag = ?) order by sample_id limit {int(limit)}",
        [*parameters, tag],
    )
    return [key for (key,) in rows]


def add_tag_to(database: Database, sample_ids: Sequence[int], tag: str) -> list[str]:
    """Tag samples; returns the keys of those that did not bear it yet."""
    ids = list(sample_ids)
    bearing = "(select sample_id from tags where tag = ?)"
    chosen = f"from samples where sample_id in (select unnest(?::integer[])) and sample_id not in {bearing}"
    with database.transaction():
        keys = [key for (key,) in database.rows(f"select key {chosen} order by sample_id", [ids, tag])]
        database.execute(f"insert into tags select ?, sample_id {chosen}", [tag, ids, tag])
    return keys


def remove_tag(selection: Selection, tag: str) -> int:
    """Take a tag off the samples shown; returns how many bore it."""
    inner, parameters = selection.sql("s.sample_id", shown=True)
    before = _count(selection.database, tag)
    selection.database.execute(f"delete from tags where tag = ? and sample_id in ({inner})", [tag, *parameters])
    return before - _count(selection.database, tag)


def tag_counts(database: Database) -> dict[str, int]:
    """Number of samples that bear each tag."""
    return dict(database.rows("select tag, count(*) from tags group by tag order by tag"))


def _count(database: Database, tag: str) -> int:
    return int(database.value("select count(*) from tags where tag = ?", [tag]))

"""Tags: names that a person gives to samples."""

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

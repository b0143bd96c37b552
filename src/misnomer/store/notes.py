"""Notes: what a person wrote about a sample, one text a sample."""

from misnomer.store.database import Database


def set_note(database: Database, sample_id: int, note: str) -> None:
    """Write a sample's note over what was there; a blank one takes it away."""
    with database.transaction():
        database.execute("delete from notes where sample_id = ?", [sample_id])
        if note.strip():
            database.execute("insert into notes values (?, ?)", [sample_id, note])

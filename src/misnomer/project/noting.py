"""Notes on samples."""

from misnomer.errors import UnknownSample
from misnomer.store.database import Database
from misnomer.store.notes import set_note
from misnomer.store.samples import given_labels, keys_by_id, unknown_key


def write_note(database: Database, sample: str | int, note: str) -> None:
    """Write a note on a sample over the one that was there; a blank one takes it away.

    Raises:
        UnknownName, UnknownSample: there is no sample of this key, of this id.
    """
    if isinstance(sample, int):
        if sample not in keys_by_id(database, [sample]):
            raise UnknownSample(sample)
        sample_id = sample
    else:
        known = given_labels(database, [sample])
        if sample not in known:
            raise unknown_key(database, sample)
        sample_id = known[sample][0]
    set_note(database, sample_id, note)

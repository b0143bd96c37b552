"""Tags given to samples and taken off them."""

from collections.abc import Sequence

from misnomer.errors import InputError
from misnomer.project.results import TagChange
from misnomer.store.database import Database
from misnomer.store.listing import count_shown
from misnomer.store.selection import Selection
from misnomer.store.tags import add_tag, add_tag_to, bearers, remove_tag

_KEYS = 100_000


def change_tag(selection: Selection, tag: str, remove: bool) -> TagChange:
    """Give the samples shown a tag, or take it off them.

    Raises:
        InputError: the tag has no name.
    """
    _check_name(tag)
    with selection.database.transaction():
        sample_count = count_shown(selection)
        keys = bearers(selection, tag, bearing=remove, limit=_KEYS)
        changed = (remove_tag if remove else add_tag)(selection, tag)
        return TagChange(changed=changed, sample_count=sample_count, keys=tuple(keys))


def tag_samples(database: Database, sample_ids: Sequence[int], tag: str) -> TagChange:
    """Give samples a tag.

    Raises:
        InputError: the tag has no name.
    """
    _check_name(tag)
    keys = add_tag_to(database, sample_ids, tag)
    return TagChange(changed=len(keys), sample_count=len(sample_ids), keys=tuple(keys[:_KEYS]))


def _check_name(tag: str) -> None:
    if not tag.strip():
        raise InputError("A tag needs a name.")

"""Columns known by position, beside a column that names the class predicted: the names tell the order."""

from collections.abc import Sequence

import numpy as np

from misnomer.errors import UnverifiedOrder

# As sure as one has to be: a class that is chosen by a threshold is not always the highest value's.
_REQUIRED_SHARE = 0.95
_REQUIRED_ROWS = 10


def order_by_names(
    best: np.ndarray, predicted: Sequence[str | None], assumed: Sequence[str], *, source: str
) -> tuple[str, ...] | None:
    """The class of each column, where the names say that it is another than assumed; None where they do not.

    They say so where each column that is the highest in some row is nearly always called by one name, which no other
    column is called by, and at least ten rows have another than the assumed one.

    Args:
        best: (n,) int, the column with the highest value in each row.
        predicted: (n,) the class predicted, as the file names it; None: not named.
        assumed: (K,) the classes that the columns would be by their position.
        source: the file, as the user named it.

    Raises:
        UnverifiedOrder: the order is another one, but not every column that changes places is named.
    """
    rows = [(column, name) for column, name in zip(best.tolist(), predicted, strict=True) if name is not None]
    counts: dict[int, dict[str, int]] = {}
    for column, name in rows:
        of_column = counts.setdefault(column, {})
        of_column[name] = of_column.get(name, 0) + 1
    meant = {column: max(names, key=lambda name: names[name]) for column, names in counts.items()}
    fitting = sum(counts[column][name] for column, name in meant.items())
    moved = [column for column, name in meant.items() if name != assumed[column]]
    moved_rows = sum(counts[column][meant[column]] for column in moved)
    one_to_one = len(set(meant.values())) == len(meant)
    if moved_rows < _REQUIRED_ROWS or not one_to_one or fitting < _REQUIRED_SHARE * len(rows):
        return None
    order = tuple(meant.get(column, name) for column, name in enumerate(assumed))
    if len(set(order)) == len(order):
        return order
    seen = ", of ".join(f"{assumed[column]!r} holds {meant[column]!r}" for column in moved[:6])
    raise UnverifiedOrder(
        f"The classes of {source} are in another order than the project's: by the classes that it names, the place of "
        f"{seen}; but not every column is named.",
        hint="State the order of the columns with a classes file (--classes-file FILE): one name a line.",
    )

"""Classes known by position only: are they in the order of the project's? The labels have to agree."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from misnomer.errors import UnverifiedOrder
from misnomer.readers.predictions import PredictionFile

# How sure one has to be: standard deviations, or else the exact tail probability where rows are few.
REQUIRED_Z = 5.0
REQUIRED_P = 1e-6


@dataclass(frozen=True)
class PredictedClasses:
    """The predicted class of each row.

    Attributes:
        names: the classes that can be predicted.
        codes: (N,) int64 positions in names; −1: none.
    """

    names: tuple[str, ...]
    codes: np.ndarray


def predicted_classes(file: PredictionFile) -> PredictedClasses:
    """The predicted class of each row of a file; one pass over a matrix."""
    if file.matrix is None:
        encoded = file.predictions.combine_chunks().dictionary_encode()  # type: ignore[union-attr]
        return PredictedClasses(tuple(encoded.dictionary.to_pylist()), _filled(encoded.indices))
    best = [np.empty(0, np.int64)]
    for chunk in file.matrix.chunks():
        columns = chunk.argmax(axis=1)  # of a NaN, where there is one
        best.append(np.where(np.isnan(chunk[np.arange(len(chunk)), columns]), -1, columns))
    return PredictedClasses(file.matrix.class_names, np.concatenate(best))


def confirm_columns(
    predicted_by_row: PredictedClasses,
    sample_labels: pa.ChunkedArray,
    sample_rows: np.ndarray,
    file_rows: np.ndarray,
    *,
    source: str,
) -> None:
    """Check against the labels that columns or indices stand for the classes assumed.

    The assignment of columns to classes that fits one half of the rows best is tried on the other half, and the other
    way round. It is believed against the given order only where more than half of the columns that change places
    speak for it one by one (a model that has collapsed to one class is no evidence), with more than twice as many
    rows for it as against it.

    Args:
        sample_rows, file_rows: (m,) int64, the pairs of sample and row.
        source: the file, as the user named it.

    Raises:
        UnverifiedOrder: another order explains the labels far better.
    """
    labels = sample_labels.take(pa.array(sample_rows))
    if labels.null_count == len(labels):
        return
    names, predicted, codes, both = paired(predicted_by_row, labels, file_rows)
    size, half = len(names), (sample_rows % 2 == 0)[both]
    gained = np.zeros(size, np.int64)
    for fitted in (half, ~half):
        meant = _best_assignment(predicted[fitted], codes[fitted], size)
        gained += np.bincount(predicted[~fitted & (meant[predicted] == codes)], minlength=size)
    lost = np.bincount(predicted[predicted == codes], minlength=size)
    meant = _best_assignment(predicted, codes, size)
    moved = _believable(meant, gained, lost)
    if _far_better(int(gained[moved].sum()), int(lost[moved].sum())):
        seen = [f"{names[c]!r} holds {names[meant[c]]!r}" for c in np.flatnonzero(moved)]
        more = f" and {len(seen) - 6} more" if len(seen) > 6 else ""
        raise UnverifiedOrder(
            f"The classes of {source} are in another order than the project's: by the labels, the place of "
            f"{', of '.join(seen[:6])}{more}.",
            hint="State their order with a classes file (--classes-file FILE), one name a line; it is not doubted.",
        )


def paired(
    predicted: PredictedClasses, labels: pa.ChunkedArray, file_rows: np.ndarray
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray, np.ndarray]:
    """Predicted classes beside labels, for the rows that have both.

    Args:
        labels: (m,) of the samples that the ``file_rows`` are of.

    Returns:
        The names of all K classes predicted or labelled; (n,) int64 predictions and (n,) int64 labels, as positions
        in them; and (m,) bool, which rows these are.
    """
    others = sorted(set(pc.unique(labels).drop_null().to_pylist()) - set(predicted.names))
    names = (*predicted.names, *others)
    both = (predicted.codes[file_rows] >= 0) & labels.is_valid().to_numpy()
    return names, predicted.codes[file_rows][both], codes_of(labels, pa.array(names, pa.string()))[both], both


def codes_of(values: pa.ChunkedArray, names: pa.Array) -> np.ndarray:
    """Position of each value among the names; −1 for null or none of them."""
    return _filled(pc.index_in(values, value_set=names, skip_nulls=True))


def _best_assignment(predicted: np.ndarray, labels: np.ndarray, size: int) -> np.ndarray:
    """(K,) the class that each column would be for the most hits, a permutation; the given one among equals.

    A linear sum assignment on the pairs that occur, never on a dense (K, K) matrix: a column that is best left
    without a class goes to a place of its own, which ``_closed`` then fills.
    """
    from scipy.sparse import block_array, coo_matrix, eye_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    counts = coo_matrix((np.full(len(labels), 2.0), (predicted, labels)), shape=(size, size)).tocsr()
    # K ones never outweigh what separates two matchings, so the identity decides only between equals.
    hits = (counts * size + eye_array(size)).tocsr()
    nowhere = 0.25 * eye_array(size)
    unused = (0.25 * (hits > 0)).T
    weights = block_array([[hits, nowhere], [nowhere, unused]]).tocsr()
    columns, classes = min_weight_full_bipartite_matching(weights, maximize=True)
    meant = np.full(size, -1)
    real = (columns < size) & (classes < size)
    meant[columns[real]] = classes[real]
    return _closed(meant)


def _closed(meant: np.ndarray) -> np.ndarray:
    """A partial assignment made whole: who has no class gets the one at the end of the chain that leads to its own."""
    holder = np.full(len(meant), -1)
    holder[meant[meant >= 0]] = np.flatnonzero(meant >= 0)
    for column in np.flatnonzero(meant < 0):
        free = column
        while holder[free] >= 0:
            free = holder[free]
        meant[column], holder[free] = free, column
    return meant


def _believable(meant: np.ndarray, gained: np.ndarray, lost: np.ndarray) -> np.ndarray:
    """(K,) bool: columns in cycles of the assignment where more than half of the columns speak for it, two at least."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    size = len(meant)
    links = coo_matrix((np.ones(size), (np.arange(size), meant)), shape=(size, size))
    _, cycles = connected_components(links, directed=False)
    speak = (gained > 2 * lost) & (meant != np.arange(size))
    length, speaking = np.bincount(cycles), np.bincount(cycles, weights=speak)
    return np.asarray(((2 * speaking > length) & (speaking >= 2))[cycles])


def _far_better(rows_for: int, rows_against: int) -> bool:
    from scipy.special import bdtrc

    if rows_for <= 2 * rows_against:
        return False
    total = rows_for + rows_against
    return bool(rows_for - rows_against > REQUIRED_Z * np.sqrt(total) or bdtrc(rows_for - 1, total, 0.5) < REQUIRED_P)


def _filled(codes: pa.ChunkedArray | pa.Array) -> np.ndarray:
    return np.asarray(pc.fill_null(codes, -1).to_numpy(zero_copy_only=False), np.int64)

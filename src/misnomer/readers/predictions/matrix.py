"""A matrix of probabilities, logits or log-probabilities, one row a prediction, one column a class."""

import hashlib
import json
from collections.abc import Iterator, Sequence

import numpy as np

from misnomer.readers.predictions.kind import RecognisedKind, recognise_kind, refuse_sorted_rows
from misnomer.readers.predictions.sources import ArraySource
from misnomer.readers.report import ImportReport
from misnomer.schema import MatrixKind

_FLOATS = (np.dtype(np.float16), np.dtype(np.float32), np.dtype(np.float64))


class ProbabilityMatrix:
    """A matrix of N rows and K classes, streamed from where it lies.

    Attributes:
        class_names: (K,) names of the columns, as the project writes them where it knows them.
        kind: probabilities, logits or log_probabilities.
        dtype: float16, float32 or float64, of what ``chunks`` and ``rows`` give.
        row_count: N.
    """

    def __init__(self, source: ArraySource, class_names: tuple[str, ...], recognised: RecognisedKind) -> None:
        self.class_names = class_names
        self.kind: MatrixKind = recognised.kind
        self.row_count = source.shape[0]
        self._source, self._divisor = source, recognised.divisor
        plain = source.dtype in _FLOATS and recognised.divisor == 1
        self.dtype = source.dtype if plain else np.dtype(np.float64)

    def chunks(self, rows: int | None = None) -> Iterator[np.ndarray]:
        """All rows in the file's order, at most ``rows`` (default: about 4 MB) at a time: (n, K) arrays."""
        for chunk in self._source.chunks(rows or self._source.chunk_rows):
            yield self._converted(chunk)

    def rows(self, indices: np.ndarray) -> np.ndarray:
        """The rows at ``indices``: (len(indices), K)."""
        return self._converted(self._source.rows(np.asarray(indices, np.int64)))

    def digest(self) -> str:
        """Hexadecimal BLAKE2b of values, kind and class names: equal for a file that is read again."""
        state = hashlib.blake2b(digest_size=20)
        state.update(json.dumps([self.kind, self.class_names, self.dtype.str, self.row_count]).encode())
        for chunk in self.chunks():
            state.update(np.ascontiguousarray(chunk).data)
        return state.hexdigest()

    def _converted(self, values: np.ndarray) -> np.ndarray:
        values = values.astype(self.dtype, copy=False)
        return values if self._divisor == 1 else values / self._divisor


def recognised_matrix(
    source: ArraySource, sample: np.ndarray, class_names: Sequence[str], report: ImportReport, *, by_position: bool
) -> ProbabilityMatrix:
    """The matrix in a source, its kind recognised; what is converted is reported.

    Args:
        sample: (S, K) float64, rows spread over the matrix.
        by_position: the columns have no names of their own.

    Raises:
        InvalidProbabilities: the numbers are of no kind, or the k best of each row.
    """
    if by_position:
        refuse_sorted_rows(sample)
        detail = "columns without class names taken as the project's classes in their order"
        report.add("converted", count=1, detail=detail)
    recognised = recognise_kind(sample, source.dtype)
    report.add("converted", count=1 if recognised.conversion else 0, detail=recognised.conversion)
    return ProbabilityMatrix(source, tuple(class_names), recognised)

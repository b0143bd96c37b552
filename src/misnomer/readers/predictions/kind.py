"""What the numbers of a matrix are: probabilities, logits or log-probabilities; never guessed from a few rows only."""

from dataclasses import dataclass

import numpy as np

from misnomer.errors import InvalidProbabilities
from misnomer.readers.predictions.sources import ArraySource
from misnomer.schema import MatrixKind

SUM_TOLERANCE = 1e-3
PERCENT_TOLERANCE = 0.1
_SAMPLED_ROWS = 4096
_SAMPLED_CELLS = 1_000_000


@dataclass(frozen=True)
class RecognisedKind:
    """What a matrix holds; its values divided by ``divisor`` are of that kind."""

    kind: MatrixKind
    divisor: float = 1

    @property
    def conversion(self) -> str:
        """What is done with the values before they are probabilities; empty for nothing."""
        if self.divisor != 1:
            return "percentages (rows sum to 100) divided by 100"
        return {
            "probabilities": "",
            "logits": "values recognised as logits; probabilities are the softmax of each row",
            "log_probabilities": "values recognised as log-probabilities; probabilities are their exponentials",
        }[self.kind]


def sample_size(columns: int) -> int:
    """How many rows are looked at to recognise a matrix with so many columns."""
    return max(64, min(_SAMPLED_ROWS, _SAMPLED_CELLS // max(1, columns)))


def spread_rows(source: ArraySource) -> np.ndarray:
    """Rows spread evenly over the whole of a matrix, first and last included: (S, K) float64."""
    row_count, columns = source.shape
    wanted = min(row_count, sample_size(columns))
    indices = np.unique(np.linspace(0, max(0, row_count - 1), wanted).astype(np.int64))
    return source.rows(indices).astype(np.float64)


def recognise_kind(rows: np.ndarray, dtype: np.dtype) -> RecognisedKind:
    """The kind that most rows are of. The rows that are not are left for the check of every row.

    Rows within [0, 1] whose sum is off are probabilities with a wrong sum, not logits.

    Args:
        rows: (S, K) float64, spread over the matrix.
        dtype: of the matrix, for its precision.

    Raises:
        InvalidProbabilities: most rows are of no kind.
    """
    if not len(rows):
        return RecognisedKind("probabilities")
    with np.errstate(all="ignore"):
        low, high, sums = rows.min(axis=1), rows.max(axis=1), rows.sum(axis=1)
        log_sums = high + np.log(np.exp(rows - high[:, None]).sum(axis=1))
    log_tolerance = SUM_TOLERANCE if dtype.itemsize > 2 else 10 * SUM_TOLERANCE
    finite = np.isfinite(rows).all(axis=1)
    logarithms = (high <= SUM_TOLERANCE) & (np.abs(log_sums) <= log_tolerance)
    within_one = finite & (low >= -SUM_TOLERANCE) & (high <= 1 + SUM_TOLERANCE)
    percentages = finite & (low >= 0) & (np.abs(sums - 100) <= PERCENT_TOLERANCE)
    usable = finite | logarithms
    if 2 * usable.sum() < len(rows):
        raise _no_kind(rows, ~usable, "hold NaN or infinite values")
    most = usable.sum() / 2
    if within_one.sum() > most:
        return RecognisedKind("probabilities")
    if logarithms.sum() > most:
        return RecognisedKind("log_probabilities")
    if percentages.sum() > most:
        return RecognisedKind("probabilities", divisor=100)
    _refuse_what_cannot_be_logits(rows[finite], sums[finite], within_one[finite], dtype)
    return RecognisedKind("logits")


def _refuse_what_cannot_be_logits(rows: np.ndarray, sums: np.ndarray, within_one: np.ndarray, dtype: np.dtype) -> None:
    whole = np.ones(len(rows), bool)
    if dtype.kind != "f":
        raise _no_kind(rows, whole, "hold whole numbers that sum to neither 1 nor 100")
    if (np.abs(sums[within_one] - 1) <= SUM_TOLERANCE).sum() > 0.05 * len(rows):
        raise _no_kind(rows, ~within_one, "look like logits while others are probabilities")
    if len(rows) > 1 and rows.min() >= 0 and np.ptp(sums) <= SUM_TOLERANCE * np.abs(sums).max():
        raise _no_kind(rows, whole, f"have no negative value and sum to {sums[0]:g}")


def _no_kind(rows: np.ndarray, wrong: np.ndarray, what: str) -> InvalidProbabilities:
    examples = "; ".join(_shortened(row) for row in rows[wrong][:3])
    return InvalidProbabilities(
        f"Neither probabilities, logits nor log-probabilities: {wrong.sum():,} of {len(rows):,} rows looked at {what}, "
        f"for example {examples}.",
        hint="Give one column per class: probabilities that sum to 1 in each row, or the model's logits.",
    )


def _shortened(row: np.ndarray) -> str:
    shown = ", ".join(f"{value:g}" for value in row[:5])
    return f"[{shown}{', …' if len(row) > 5 else ''}]"


def refuse_sorted_rows(rows: np.ndarray) -> None:
    """Unnamed columns whose every row falls from left to right are the k best values, not a column per class.

    Raises:
        InvalidProbabilities: they are.
    """
    enough = len(rows) >= 20 and rows.shape[1] >= 3
    if enough and (np.diff(rows, axis=1) <= 0).all() and np.ptp(rows, axis=0).any():
        raise InvalidProbabilities(
            "In every row looked at the values fall from left to right: the best values without their classes, not one "
            "column per class.",
            hint="Write the class names or indices beside the values, or all classes in a fixed order. If the "
            "columns are classes after all, name them with a classes file (--classes-file FILE).",
        )

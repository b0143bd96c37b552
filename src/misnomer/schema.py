"""The vocabulary that all layers share: what a metric is, and the words with few values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Need = Literal["key", "header", "pixels", "embedding", "label", "prediction", "probabilities", "user"]
Outcome = Literal["tp", "fp", "fn"]
MissingPolicy = Literal["exclude", "wrong", "error"]
MatrixKind = Literal["probabilities", "logits", "log_probabilities"]
LabelVersion = Literal["given", "corrected"]
ReviewAction = Literal["keep", "correct", "skip"]

OUTCOMES: tuple[Outcome, ...] = ("tp", "fp", "fn")
OUTCOME_TITLES: Mapping[Outcome, str] = {
    "tp": "True positive",
    "fp": "False positive",
    "fn": "False negative",
}


@dataclass(frozen=True)
class Metric:
    """One number per sample that describes its image, its label or its prediction.

    Attributes:
        key: column name, e.g. ``red_values``.
        title: name for people, e.g. ``Red Values``.
        description: one sentence.
        formula: how it is computed, one line.
        low, high: range; None where unbounded.
        unit: e.g. ``px``, ``bytes``, ``bits``; empty for a plain number.
        needs: what it is computed from.
        version: changes with the formula; results of an old version are recomputed.
    """

    key: str
    title: str
    description: str
    formula: str
    low: float | None
    high: float | None
    unit: str
    needs: Need
    version: int = 1

"""Scores by name, with what could not be given and why, and what to know about those that were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from misnomer.evaluation.results import Estimate


@dataclass
class ScoreSet:
    """Scores, reasons of the missing ones, and notes, as parts of an Evaluation."""

    scores: dict[str, Estimate] = field(default_factory=dict)
    not_available: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, value: float, interval: tuple[float, float] | None) -> None:
        """Add a score; an interval with a NaN is none."""
        known = interval is not None and not any(np.isnan(bound) for bound in interval)
        bounds = (float(interval[0]), float(interval[1])) if interval is not None and known else None
        self.scores[name] = Estimate(value=float(value), interval=bounds)

    def lack(self, names: Iterable[str], reason: str) -> None:
        """Say why scores are missing."""
        self.not_available.update(dict.fromkeys(names, reason))

    def include(self, other: "ScoreSet") -> None:
        """Take over everything of another set."""
        self.scores.update(other.scores)
        self.not_available.update(other.not_available)
        self.notes.extend(other.notes)


def estimates(values: np.ndarray, intervals: tuple[np.ndarray, np.ndarray]) -> list[Estimate]:
    """One Estimate a value; NaN becomes 0 without an interval (scikit-learn's ``zero_division=0``)."""
    return [
        Estimate(value=0.0) if value != value else Estimate(value=value, interval=(low, high))
        for value, low, high in zip(values.tolist(), intervals[0].tolist(), intervals[1].tolist(), strict=True)
    ]


def name_some(names: Sequence[str], limit: int = 10) -> str:
    """The first names, for a sentence.

    >>> name_some(["a", "b", "c"], limit=2)
    'a, b and 1 more'
    """
    listed = ", ".join(names[:limit])
    return f"{listed} and {len(names) - limit:,} more" if len(names) > limit else listed

"""What an evaluation answers: frozen results whose field names are a promise to scripts.

``--json``, HTTP and ``.to_dict()`` all give ``model_dump``. Numbers are full doubles; rounding is for people.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from misnomer.errors import UnknownName
from misnomer.schema import MissingPolicy

if TYPE_CHECKING:
    import pandas as pd

Interval = tuple[float, float]
Row = TypeVar("Row", bound="Result")


class Result(BaseModel):
    """Base of every result: frozen, equal by value, JSON-ready."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)

    def to_dict(self) -> dict[str, Any]:
        """What ``--json`` and HTTP give; what the data cannot give is absent."""
        return self.model_dump(mode="json", exclude_none=True)


class Rows(tuple[Row, ...], Generic[Row]):
    """Rows of a result, as a tuple that can become a data frame."""

    __slots__ = ()

    def to_pandas(self) -> "pd.DataFrame":
        """One row a result; an estimate becomes columns NAME, NAME_low and NAME_high."""
        import pandas as pd

        return pd.DataFrame([_flat(row) for row in self])


def _flat(row: Result) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name in type(row).model_fields:
        value = getattr(row, name)
        if isinstance(value, Estimate):
            flat[name] = value.value
            flat[f"{name}_low"], flat[f"{name}_high"] = value.interval or (np.nan, np.nan)
        else:
            flat[name] = value
    return flat


class Estimate(Result):
    """A score with its interval (95 % unless asked otherwise)."""

    value: float
    interval: Interval | None = None


class ClassScores(Result):
    """One class: from its whole row and column of the confusion matrix, whatever the class filter."""

    name: str
    support: int
    predicted: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    roc_auc: Estimate | None = None
    average_precision: Estimate | None = None


class ConfusionMatrix(Result):
    """Counts by [label, prediction] as sparse triples.

    Under a class filter ``classes`` ends with "other", one row and column for the rest.
    """

    classes: tuple[str, ...]
    counts: tuple[tuple[int, int, int], ...]

    def dense(self) -> np.ndarray:
        """(K, K) int64, rows = label, columns = prediction."""
        matrix = np.zeros((len(self.classes), len(self.classes)), np.int64)
        for label, prediction, count in self.counts:
            matrix[label, prediction] = count
        return matrix


class ConfusedPair(Result):
    """``count`` samples of class ``label`` predicted as ``prediction``; ``reverse_count`` the other way.

    ``two-way`` when the lesser direction's share of its label's samples is at least half of the greater's.
    """

    label: str
    prediction: str
    count: int
    support: int
    reverse_count: int
    direction: Literal["one-way", "two-way"]


class MetricImportance(Result):
    """How much one metric tells about the model being right (``evaluation.importance`` has the definition)."""

    metric: str
    title: str
    sample_count: int
    importance: float
    noise_floor: float
    significant: bool
    adjusted_importance: float | None = None
    spearman: float | None = None
    pearson: float | None = None
    p_value: float | None = None
    pearson_p_value: float | None = None


class BinnedRate(Result):
    """Rate within one bin [low, high) of a metric (the last bin holds its high end), with its interval."""

    low: float
    high: float
    sample_count: int
    rate: float
    interval: Interval


class ClassBins(Result):
    """The bins of one class."""

    name: str
    bins: tuple[BinnedRate, ...]


class MetricPerformance(Result):
    """A rate as a function of a metric."""

    metric: str
    title: str
    rate: Literal["recall", "precision"]
    sample_count: int
    overall: float | None
    trend_p_value: float | None
    sentence: str
    bins: tuple[BinnedRate, ...]
    classes: tuple[ClassBins, ...] = ()


class ReliabilityBin(Result):
    """One confidence bin of the reliability diagram."""

    low: float
    high: float
    sample_count: int
    mean_confidence: float
    accuracy: float
    interval: Interval


class Evaluation(Result):
    """One model's scores on the filtered samples."""

    model: str | None = None
    sample_count: int
    labelled_count: int
    predicted_count: int
    missing_policy: MissingPolicy
    scores: dict[str, Estimate]
    not_available: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    classes: tuple[ClassScores, ...]
    confusion: ConfusionMatrix
    confused_pairs: tuple[ConfusedPair, ...]
    importance: tuple[MetricImportance, ...] | None = None
    importance_sentence: str | None = None
    reliability: tuple[ReliabilityBin, ...] | None = None
    by_metric: MetricPerformance | None = None

    def __getattr__(self, name: str) -> Any:
        """A score by its name, e.g. ``evaluation.accuracy``."""
        scores = self.__dict__.get("scores", {})
        if name in scores:
            return scores[name]
        return super().__getattr__(name)  # type: ignore[misc]

    def __dir__(self) -> Iterator[str]:  # type: ignore[override]
        return iter([*super().__dir__(), *self.scores])

    def __getitem__(self, name: str) -> ClassScores:
        """The scores of one class."""
        for row in self.classes:
            if row.name == name:
                return row
        raise UnknownName("class", name, [row.name for row in self.classes])

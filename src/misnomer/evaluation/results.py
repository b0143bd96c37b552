"""What an evaluation answers: frozen results whose field names are a promise to scripts.

``--json``, HTTP and ``.to_dict()`` all give ``model_dump``. Numbers are full doubles; rounding is for people.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, get_args, overload

import numpy as np
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from misnomer.errors import UnknownName
from misnomer.schema import MissingPolicy

if TYPE_CHECKING:
    import pandas as pd

Interval = tuple[float, float]
Row = TypeVar("Row", bound="Result")


class Result(BaseModel):
    """Base of every result: frozen, equal by value, JSON-ready."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)
    with_null: ClassVar[bool] = False
    """Whether what is not known is null; else it is absent."""

    def to_dict(self) -> dict[str, Any]:
        """What ``--json`` and HTTP give."""
        return self.model_dump(mode="json", exclude_none=not self.with_null)

    def to_json(self) -> bytes:
        """The same as text in UTF-8."""
        return self.__pydantic_serializer__.to_json(self, exclude_none=not self.with_null)


class Rows(Sequence[Row], Generic[Row]):
    """Rows of a result, in order, that can become a data frame; equal to any sequence of the same rows.

    Args:
        rows: the rows; or a function that makes them, called when the first is read: thousands of objects cost more
            than the counting behind them.
        count: how many rows the function makes.
    """

    __slots__ = ("_count", "_rows")

    def __init__(self, rows: Iterable[Row] | Callable[[], Iterable[Row]] = (), count: int | None = None) -> None:
        self._rows: tuple[Row, ...] | Callable[[], Iterable[Row]] = rows if callable(rows) else tuple(rows)
        self._count = count

    def _made(self) -> tuple[Row, ...]:
        if callable(self._rows):
            self._rows = tuple(self._rows())
        return self._rows

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows[Row]": ...
    def __getitem__(self, index: int | slice) -> "Row | Rows[Row]":
        return Rows(self._made()[index]) if isinstance(index, slice) else self._made()[index]

    def __len__(self) -> int:
        return len(self._made()) if self._count is None else self._count

    def __iter__(self) -> Iterator[Row]:
        return iter(self._made())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows | tuple | list) and self._made() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made())

    def __repr__(self) -> str:
        return f"Rows({list(self._made())!r})"

    def __reduce__(self) -> tuple[type["Rows[Row]"], tuple[tuple[Row, ...]]]:
        return Rows, (self._made(),)

    def to_pandas(self) -> "pd.DataFrame":
        """One row a result; an estimate becomes columns NAME, NAME_low and NAME_high."""
        import pandas as pd

        return pd.DataFrame([_flat(row) for row in self])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read from a list of its rows, written as one."""
        row_schema = handler.generate_schema(get_args(source)[0])
        listed = core_schema.tuple_schema([row_schema], variadic_item_index=0)
        return core_schema.union_schema(
            [core_schema.is_instance_schema(cls), core_schema.no_info_after_validator_function(cls, listed)],
            serialization=core_schema.plain_serializer_function_ser_schema(tuple, return_schema=listed),
        )


class Triples(Sequence[tuple[int, int, int]]):
    """Whole numbers by three, kept as arrays: a matrix of 20,000 classes has millions."""

    def __init__(self, values: np.ndarray | Sequence[tuple[int, int, int]]) -> None:
        self._columns: tuple[np.ndarray, ...] = tuple(np.array(values, np.int64).reshape(-1, 3).T)

    @classmethod
    def of_columns(cls, *columns: np.ndarray) -> "Triples":
        """From three arrays of n whole numbers, which must not be written to any more."""
        triples = cls(())
        triples._columns = columns
        return triples

    @cached_property
    def array(self) -> np.ndarray:
        """(n, 3) int64, read-only."""
        array = np.stack(self._columns, axis=1).astype(np.int64, copy=False)
        array.flags.writeable = False
        return array

    @overload
    def __getitem__(self, index: int) -> tuple[int, int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> "Triples": ...
    def __getitem__(self, index: int | slice) -> "tuple[int, int, int] | Triples":
        if isinstance(index, slice):
            return Triples(self.array[index])
        first, second, third = self.array[index].tolist()
        return first, second, third

    def __len__(self) -> int:
        return len(self._columns[0])

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return map(tuple, self.array.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Triples) and np.array_equal(self.array, other.array)

    def __hash__(self) -> int:
        return hash(self.array.tobytes())

    def __repr__(self) -> str:
        return f"Triples({self.array.tolist()})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read from a list of triples, written as one."""
        triple = core_schema.list_schema(core_schema.int_schema(), min_length=3, max_length=3)
        listed = core_schema.list_schema(triple)
        return core_schema.union_schema(
            [
                core_schema.is_instance_schema(cls),
                core_schema.no_info_after_validator_function(cls, listed),
            ],
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda triples: triples.array.tolist(), return_schema=listed
            ),
        )


def _flat(row: Result) -> dict[str, Any]:
    """A row's fields by column name; what it does not have is absent."""
    flat: dict[str, Any] = {}
    for name in type(row).model_fields:
        value = getattr(row, name)
        if isinstance(value, Estimate):
            flat[name] = value.value
            flat[f"{name}_low"], flat[f"{name}_high"] = value.interval or (np.nan, np.nan)
        elif value is not None:
            flat[name] = value
    return flat


class Estimate(Result):
    """A score with its interval (95% unless asked otherwise)."""

    value: float
    interval: Interval | None = None

    def __float__(self) -> float:
        return self.value


class ClassScores(Result):
    """One class: from its whole row and column of the confusion matrix, whatever the class filter.

    The higher ``collection_priority``, the more would be gained by more images of it (``evaluation.collecting``).
    """

    name: str
    support: int
    predicted: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    collection_priority: float | None = None
    roc_auc: Estimate | None = None
    average_precision: Estimate | None = None


class ConfusionMatrix(Result):
    """Counts by [label, prediction] as sparse triples.

    ``classes`` are those that occur. Under a class filter they are followed by "other", one row and column for the
    rest of the samples shown; samples counted as wrong for want of a prediction are in a last column "no prediction".
    """

    classes: tuple[str, ...]
    counts: Triples

    def dense(self) -> np.ndarray:
        """(K, K) int64, rows = label, columns = prediction."""
        matrix = np.zeros((len(self.classes), len(self.classes)), np.int64)
        labels, predictions, counts = self.counts.array.T
        matrix[labels, predictions] = counts
        return matrix


class ConfusedPair(Result):
    """``count`` of the ``support`` samples labelled ``label`` are predicted as ``prediction``; ``reverse_count`` is
    that of the samples labelled ``prediction`` and predicted as ``label``.

    ``two-way`` when the lesser direction's share of its label's samples is at least half of the greater's.
    """

    label: str
    prediction: str
    count: int
    support: int
    reverse_count: int
    direction: Literal["one-way", "two-way"]


class MetricImportance(Result):
    """How much one metric tells about the model being right (``evaluation.importance`` has the definition).

    ``reason`` says why a metric cannot be judged; its importance is then 0.
    """

    metric: str
    title: str
    sample_count: int
    reason: str | None = None
    importance: float
    noise_floor: float
    significant: bool
    adjusted_importance: float | None = None
    spearman: float | None = None
    pearson: float | None = None
    p_value: float | None = None
    pearson_p_value: float | None = None


class ImportanceReport(Result):
    """How much each metric tells about a model being right, and a sentence that reads it."""

    importance: Rows[MetricImportance]
    importance_sentence: str


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
    """A rate as a function of a metric, on the ``sample_count`` samples of that rate where the metric is known.

    ``missing_count`` more have no value; ``trend_p_value`` is Cochran and Armitage's, None for fewer than two bins.
    """

    metric: str
    title: str
    rate: Literal["recall", "precision"]
    sample_count: int
    missing_count: int = 0
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
    """One model's scores on the filtered samples.

    Attributes:
        model: name of the model; None outside a project.
        sample_count: samples of the filter, those of the class filter with label ∈ S or prediction ∈ S.
        labelled_count, predicted_count: those of them that have a label, and a prediction.
        missing_policy: what a sample without prediction counts as.
        scores: by name; a score that the data cannot give is absent, and ``not_available`` says why by its name.
        notes: what to know about the scores: where 0 stands for an undefined rate, which k, which classes left out.
        classes: the (chosen) classes that occur as a label or as a prediction, in class order.
        confused_pairs: most confused first.
    """

    model: str | None = None
    sample_count: int
    labelled_count: int
    predicted_count: int
    missing_policy: MissingPolicy
    scores: dict[str, Estimate]
    not_available: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    classes: Rows[ClassScores]
    confusion: ConfusionMatrix
    confused_pairs: tuple[ConfusedPair, ...]
    importance: Rows[MetricImportance] | None = None
    importance_sentence: str | None = None
    reliability: tuple[ReliabilityBin, ...] | None = None
    by_metric: MetricPerformance | None = None

    def __getattr__(self, name: str) -> Any:
        """A score by its name, e.g. ``evaluation.accuracy``."""
        scores = self.__dict__.get("scores", {})
        if name in scores:
            return scores[name]
        if name in self.__dict__.get("not_available", {}):
            raise AttributeError(f"{name} is not available: {self.not_available[name]}")
        return super().__getattr__(name)  # type: ignore[misc]

    def __dir__(self) -> Iterator[str]:
        return iter([*super().__dir__(), *self.scores])

    def __getitem__(self, name: str) -> ClassScores:
        """The scores of one class."""
        for row in self.classes:
            if row.name == name:
                return row
        raise UnknownName("class", name, [row.name for row in self.classes])

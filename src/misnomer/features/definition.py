"""How a metric of the image is defined: one decorated function, whose name is its key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from misnomer.schema import Metric, Need

Measured = TypeVar("Measured")


@dataclass(frozen=True)
class Definition(Generic[Measured]):
    """A metric and the function that measures it; ``is_count`` when it returns whole numbers."""

    metric: Metric
    measure: Callable[[Measured], float]
    is_count: bool


class Definitions(Generic[Measured]):
    """The metrics measured on one kind of thing, in the order in which their functions are written.

    An instance is the decorator that adds a metric. The function's name is the metric's key, the first
    line of its docstring the description; a function that returns ``int`` makes a column of int64.
    """

    def __init__(self, needs: Need) -> None:
        self._needs = needs
        self._definitions: list[Definition[Measured]] = []

    def __iter__(self) -> Iterator[Definition[Measured]]:
        return iter(self._definitions)

    def __call__(
        self,
        *,
        title: str,
        formula: str,
        low: float | None = 0.0,
        high: float | None = None,
        unit: str = "",
        version: int = 1,
    ) -> Callable[[Callable[[Measured], float]], Callable[[Measured], float]]:
        """Decorate the function that measures; the arguments are those of ``schema.Metric``."""

        def add(measure: Callable[[Measured], float]) -> Callable[[Measured], float]:
            description = (measure.__doc__ or "").partition("\n")[0]
            metric = Metric(measure.__name__, title, description, formula, low, high, unit, self._needs, version)
            is_count = measure.__annotations__.get("return") is int
            self._definitions.append(Definition(metric, measure, is_count))
            return measure

        return add

"""Scores and importance that a page has just asked for, kept as results: what its charts draw is the same."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from misnomer.evaluation.results import Evaluation, ImportanceReport
from misnomer.filters import Filter
from misnomer.project import Project
from misnomer.schema import LabelVersion
from misnomer.server.answers import Answers

Kept = TypeVar("Kept", Evaluation, ImportanceReport)

_KEPT = 8  # of each; a result of a thousand classes takes some megabytes


@dataclass(frozen=True)
class _One(Generic[Kept]):
    result: Kept

    def __len__(self) -> int:
        return 1


class Scores:
    """One model's scores and importance, computed once for all who ask for them or for charts of them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._evaluations: Answers[_One[Evaluation]] = Answers(_KEPT)
        self._importances: Answers[_One[ImportanceReport]] = Answers(_KEPT)

    def evaluate(self, *, model: str | None, where: Filter | None = None, labels: LabelVersion = "given") -> Evaluation:
        """``Project.evaluate`` without importance."""

        def compute() -> _One[Evaluation]:
            return _One(self._project.evaluate(model=model, where=where, labels=labels, importance=False))

        return self._evaluations.get(_question(model, where, labels), self._project.changes, compute).result

    def importance(
        self, *, model: str | None, where: Filter | None = None, labels: LabelVersion = "given"
    ) -> ImportanceReport:
        """``Project.importance``."""

        def compute() -> _One[ImportanceReport]:
            return _One(self._project.importance(model=model, where=where, labels=labels))

        return self._importances.get(_question(model, where, labels), self._project.changes, compute).result


def _question(model: str | None, where: Filter | None, labels: LabelVersion) -> str:
    return repr((model, where or Filter(), labels))

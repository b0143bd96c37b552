"""Scores, importance, performance by metric."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Response

from misnomer.evaluation.results import Evaluation, ImportanceReport, MetricPerformance, Result
from misnomer.project import Project
from misnomer.server.operations import Operations
from misnomer.server.parameters import Chosen, ChosenFilter, Labels
from misnomer.server.served import Answering, Serving

router = Operations("evaluation")

Models = Annotated[
    list[str] | None, Query(alias="model", max_length=20, description="Names of models; all if it is left out.")
]
BinWidth = Annotated[Literal["equal count", "equal width"], Query(description="What the bins have in common.")]


class ModelPerformance(Result):
    """One model's performance by a metric."""

    model: str
    performance: MetricPerformance


@router.get("/evaluation", response_model=Evaluation)
def get_evaluation(answering: Answering, serving: Serving, chosen: Chosen) -> Response:
    """One model's scores, classes and confusion matrix; importance is a question of its own."""
    return answering(lambda _: serving.scores.evaluate(**chosen))


@router.get("/importance", response_model=ImportanceReport)
def get_importance(answering: Answering, serving: Serving, chosen: Chosen) -> Response:
    """How much each metric tells about the model being right."""
    return answering(lambda _: serving.scores.importance(**chosen))


class RateByMetric:
    """A question for the rate of one or several models as a function of a metric; ``answered`` by model."""

    def __init__(
        self,
        metric: Annotated[str, Query(description="A metric.")],
        filter: ChosenFilter,
        model: Models = None,
        labels: Labels = "given",
        rate: Annotated[Literal["recall", "precision"], Query(description="Which rate.")] = "recall",
        bins: Annotated[
            int | None, Query(ge=1, le=200, description="How many bins; by default by the number of samples.")
        ] = None,
        by_class: Annotated[bool, Query(description="Also by class.")] = False,
    ) -> None:
        self.metric = metric
        self._models = model
        self._options: dict[str, Any] = {
            "where": filter,
            "labels": labels,
            "rate": rate,
            "bins": bins,
            "by_class": by_class,
        }

    def answered(self, project: Project, width: Literal["equal count", "equal width"]) -> dict[str, MetricPerformance]:
        """Each model's performance with bins of this kind."""
        return {
            name: project.by_metric(self.metric, model=name, width=width, **self._options)
            for name in dict.fromkeys(self._models or project.models)
        }


AskedRate = Annotated[RateByMetric, Depends()]


@router.get("/by-metric", response_model=list[ModelPerformance])
def get_performance_by_metric(answering: Answering, asked: AskedRate, width: BinWidth = "equal count") -> Response:
    """Recall or precision of one or several models as a function of a metric."""
    return answering(
        lambda project: [
            ModelPerformance(model=name, performance=performance)
            for name, performance in asked.answered(project, width).items()
        ]
    )

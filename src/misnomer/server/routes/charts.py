"""Every chart as Vega-Lite; their questions are those of the routes that give their numbers."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Response
from pydantic import RootModel

from misnomer.project import Project
from misnomer.server.drawing import specification
from misnomer.server.operations import Operations
from misnomer.server.parameters import Chosen
from misnomer.server.routes.evaluation import AskedRate, BinWidth
from misnomer.server.served import Answering, Serving

router = Operations("charts", prefix="/charts")

Limit = Annotated[int, Query(ge=1, le=5000, description="How many are drawn at most.")]


class VegaLite(RootModel[dict[str, Any]]):
    """A Vega-Lite specification with its data. ``usermeta`` has its title and sentences as text."""


class Look:
    """How a chart is to look; ``drawn`` makes it."""

    def __init__(
        self,
        answering: Answering,
        serving: Serving,
        dark: Annotated[bool, Query(description="Colours for a dark page.")] = False,
        bare: Annotated[bool, Query(description="Without title and background, for a page that has its own.")] = False,
        width: Annotated[int | None, Query(ge=100, le=4000, description="In px; by default that of its place.")] = None,
    ) -> None:
        self._answering = answering
        self.scores = serving.scores
        self.dark = dark
        self._bare = bare
        self.width: int | Literal["container"] = width or "container"

    def drawn(self, chart: Callable[[Project], Any]) -> Response:
        """The specification of a chart of the project as the answer."""
        return self._answering(lambda project: self._shown(specification(lambda: chart(project))))

    def _shown(self, whole: dict[str, Any]) -> dict[str, Any]:
        left_out = ("title", "background") if self._bare else ()
        return {name: value for name, value in whole.items() if name not in left_out}


ChosenLook = Annotated[Look, Depends()]


@router.get("/confusion_matrix", response_model=VegaLite)
def draw_confusion_matrix(
    look: ChosenLook,
    chosen: Chosen,
    values: Literal["count", "row", "column"] = "count",
    sort: Literal["name", "support", "similar"] | None = None,
    limit: Limit = 200,
    only: Annotated[list[str] | None, Query(max_length=1000, description="Draw these classes alone.")] = None,
) -> Response:
    """Samples by label and prediction."""
    from misnomer.charts import confusion_matrix

    return look.drawn(
        lambda _: confusion_matrix(
            look.scores.evaluate(**chosen),
            values=values,
            sort=sort,
            limit=limit,
            only=only,
            dark=look.dark,
        )
    )


@router.get("/precision_recall", response_model=VegaLite)
def draw_precision_recall(
    look: ChosenLook,
    chosen: Chosen,
    sort: Literal["f1", "precision", "recall", "support", "name"] = "f1",
    limit: Limit = 40,
) -> Response:
    """Precision and recall of each class with their intervals."""
    from misnomer.charts import precision_recall

    return look.drawn(
        lambda _: precision_recall(
            look.scores.evaluate(**chosen),
            sort=sort,
            limit=limit,
            width=look.width,
            dark=look.dark,
        )
    )


@router.get("/reliability", response_model=VegaLite)
def draw_reliability(look: ChosenLook, chosen: Chosen) -> Response:
    """Accuracy by confidence."""
    from misnomer.charts import reliability

    return look.drawn(
        lambda _: reliability(
            look.scores.evaluate(**chosen),
            width=look.width,
            dark=look.dark,
        )
    )


@router.get("/importance", response_model=VegaLite)
def draw_importance(look: ChosenLook, chosen: Chosen, limit: Limit = 25) -> Response:
    """Importance of each metric, with the noise floor."""
    from misnomer.charts import importance

    return look.drawn(
        lambda _: importance(look.scores.importance(**chosen), limit=limit, width=look.width, dark=look.dark)
    )


@router.get("/correlation", response_model=VegaLite)
def draw_correlation(look: ChosenLook, chosen: Chosen, limit: Limit = 25) -> Response:
    """Correlation of each metric with being right."""
    from misnomer.charts import correlation

    return look.drawn(
        lambda _: correlation(look.scores.importance(**chosen), limit=limit, width=look.width, dark=look.dark)
    )


@router.get("/by_metric", response_model=VegaLite)
def draw_by_metric(
    look: ChosenLook,
    asked: AskedRate,
    bin_width: BinWidth = "equal count",
    only: Annotated[
        list[str] | None, Query(max_length=7, description="Of the classes draw these; by default the most often wrong.")
    ] = None,
) -> Response:
    """Recall or precision of one or several models as a function of a metric."""
    from misnomer.charts import by_metric

    def chart(project: Project) -> Any:
        performances = asked.answered(project, bin_width)
        one = next(iter(performances.values())) if len(performances) == 1 else performances
        unit = next((field.unit for field in project.fields() if field.name == asked.metric), "")
        return by_metric(one, classes=only, unit=unit, width=look.width, dark=look.dark)

    return look.drawn(chart)


@router.get("/metric_histogram", response_model=VegaLite)
def draw_metric_histogram(
    look: ChosenLook,
    field: Annotated[str, Query(description="A metric.")],
    chosen: Chosen,
    bins: Annotated[int, Query(ge=1, le=500, description="How many bins at most.")] = 30,
) -> Response:
    """How a metric is spread."""
    from misnomer.charts import metric_histogram

    def chart(project: Project) -> Any:
        found = project.histogram(field, **chosen, bins=bins)
        return metric_histogram(
            found.title,
            found.edges,
            found.counts,
            unit=found.unit,
            beyond=(found.below_count, found.above_count),
            width=look.width,
            dark=look.dark,
        )

    return look.drawn(chart)


@router.get("/class_balance", response_model=VegaLite)
def draw_class_balance(look: ChosenLook, chosen: Chosen, limit: Limit = 40) -> Response:
    """Labelled samples of each class."""
    from misnomer.charts import class_balance

    return look.drawn(
        lambda project: class_balance(
            project.class_counts(**chosen),
            limit=limit,
            width=look.width,
            dark=look.dark,
        )
    )

"""``misnomer info``"""

from typing import TYPE_CHECKING

from misnomer.cli.console import one_line, say, say_json, say_section
from misnomer.cli.import_report import say_import
from misnomer.cli.options import Json, ProjectPath
from misnomer.cli.table import say_table
from misnomer.cli.words import first_of

if TYPE_CHECKING:
    from misnomer.project.results import ProjectInfo

_LISTED_CLASSES = 20


def info(directory: ProjectPath, json: Json = False) -> None:
    """Tell what is in a project, and what was odd at import.

    \b
    Example: misnomer info pets.misnomer
    """
    from misnomer.project import open_project

    with open_project(directory, read_only=True) as project:
        answer = project.info()
    if json:
        say_json(answer.to_dict())
        return
    _say_contents(answer)
    _say_models(answer)
    _say_metrics(answer)
    if answer.report:
        say_section("imports")
    for summary in answer.report:
        say_import(summary)


def _say_contents(info: "ProjectInfo") -> None:
    classes = [f"{row.name} {row.sample_count:,}" for row in info.classes]
    lines = {
        "project": info.path,
        "samples": f"{info.sample_count:,} ({info.labelled_count:,} with label, {info.image_count:,} with image)",
        "classes": f"{len(classes):,}: {first_of(classes, len(classes), _LISTED_CLASSES)}" if classes else "none",
        "splits": _counts(info.splits),
        "tags": _counts(info.tags),
        "metadata": ", ".join(info.metadata) or "none",
        "computed": ", ".join(f"{step.step} {step.done:,} of {step.total:,}" for step in info.computed),
    }
    for name, text in lines.items():
        say(f"{name:<10}{one_line(text)}")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"


def _say_models(info: "ProjectInfo") -> None:
    if not info.models:
        return
    say_section("models")
    say_table(
        ["model", "gives", "without prediction", "predicted"],
        [
            [
                model.name,
                "probabilities" if model.probabilities else "classes",
                model.missing_policy,
                f"{model.predicted_count:,}",
            ]
            for model in info.models
        ],
        text_columns=3,
    )


def _say_metrics(info: "ProjectInfo") -> None:
    say_section("metrics")
    say_table(
        ["metric", "unit", "samples"],
        [[metric.metric, metric.unit, f"{metric.sample_count:,}"] for metric in info.metrics],
        text_columns=2,
    )

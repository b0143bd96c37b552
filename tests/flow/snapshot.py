"""Everything a project says, for comparing two of them."""

from typing import Any

from misnomer.project import Project


def snapshot(project: Project) -> dict[str, Any]:
    """Samples with their metrics and predictions, and every model's evaluation, whatever the order of adding."""
    answer: dict[str, Any] = {"models": sorted(project.models)}
    for model in answer["models"] or [None]:
        page = project.samples(model=model, sort="key", limit=None).to_dict()
        answer[f"samples of {model}"] = page
        if model:
            answer[f"evaluation of {model}"] = project.evaluate(model=model).to_dict()
    return answer

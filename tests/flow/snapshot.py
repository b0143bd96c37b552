"""Everything a project says, for comparing two of them."""

from typing import Any

import pytest

from misnomer.project import Project


def snapshot(project: Project) -> dict[str, Any]:
    """Samples with their metrics and predictions, and every model's evaluation, whatever the order of adding."""
    answer: dict[str, Any] = {"models": sorted(project.models)}
    for model in answer["models"] or [None]:
        page = project.samples(model=model, sort="key", limit=None).to_dict()
        for sample in page["samples"]:
            del sample["version"]  # of the image's address, which differs with the root it was added from
        answer[f"samples of {model}"] = page
        if model:
            answer[f"evaluation of {model}"] = project.evaluate(model=model).to_dict()
    return answer


def nearly(snapshot: Any) -> Any:
    """The same, with numbers as near as vectors are that were embedded in other batches."""
    if isinstance(snapshot, dict):
        return {name: nearly(value) for name, value in snapshot.items()}
    if isinstance(snapshot, list):
        return [nearly(value) for value in snapshot]
    return pytest.approx(snapshot, rel=1e-4, abs=1e-6) if isinstance(snapshot, float) else snapshot

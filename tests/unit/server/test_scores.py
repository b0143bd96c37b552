"""What several charts of a page show is computed once."""

from collections import Counter
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from misnomer.filters import Filter
from misnomer.project import Project
from misnomer.server.scores import Scores


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the project was asked for what."""
    counts = Counter[str]()
    methods = {name: getattr(Project, name) for name in ("evaluate", "importance")}

    def counting(name: str) -> Callable[..., object]:
        def count(project: Project, **arguments: object) -> object:
            counts[name] += 1
            return methods[name](project, **arguments)

        return count

    for name in methods:
        monkeypatch.setattr(Project, name, counting(name))
    return counts


def test_scores_and_the_charts_of_them_are_computed_once(client: TestClient, asked: Counter[str]) -> None:
    for path in ("evaluation", "charts/confusion_matrix", "charts/precision_recall", "charts/reliability"):
        assert client.get(f"/api/{path}").status_code == 200
    for path in ("importance", "charts/importance", "charts/correlation"):
        assert client.get(f"/api/{path}").status_code == 200
    assert asked == {"evaluate": 1, "importance": 1}


def test_other_samples_and_what_is_written_are_asked_for_anew(project: Project, asked: Counter[str]) -> None:
    scores = Scores(project)
    assert scores.evaluate(model="m") is scores.evaluate(model="m")
    assert scores.evaluate(model="m", where=Filter(classes=("cat",))) != scores.evaluate(model="m")
    assert asked["evaluate"] == 2
    project.tag("odd")
    scores.evaluate(model="m")
    assert asked["evaluate"] == 3

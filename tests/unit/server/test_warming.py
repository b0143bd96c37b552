"""What is read ahead in the background."""

import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

import misnomer
from misnomer.errors import InputError
from misnomer.project import Project
from misnomer.server.access import Access
from misnomer.server.app import App
from misnomer.server.scores import Scores
from misnomer.server.warming import Warming, steps_of


def until(happened: Callable[[], bool]) -> bool:
    """Whether it happens within some seconds."""
    for _ in range(1000):
        if happened():
            return True
        time.sleep(0.01)
    return False


def ask(warming: Warming) -> None:
    """A question that is answered at once."""
    with warming.question():
        pass


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def started(done: list[str]) -> Iterator[Callable[[float], Warming]]:
    made: list[Warming] = []

    def start(quiet_seconds: float) -> Warming:
        def steps() -> Iterator[object]:
            for name in ("first", "second"):
                done.append(name)
                yield name

        made.append(Warming(steps, quiet_seconds=quiet_seconds))
        return made[-1]

    yield start
    for warming in made:
        warming.close()


def test_nothing_is_done_before_something_was_asked(started: Callable[[float], Warming], done: list[str]) -> None:
    started(0)
    time.sleep(0.05)
    assert done == []


def test_everything_is_done_once(started: Callable[[float], Warming], done: list[str]) -> None:
    warming = started(0.01)
    ask(warming)
    assert until(lambda: len(done) == 2)
    ask(warming)
    time.sleep(0.05)
    assert done == ["first", "second"]


def test_it_waits_until_nothing_was_asked_for_a_moment(started: Callable[[float], Warming], done: list[str]) -> None:
    ask(started(60))
    time.sleep(0.05)
    assert done == []


def test_it_waits_until_who_asks_has_an_answer(started: Callable[[float], Warming], done: list[str]) -> None:
    warming = started(0.01)
    with warming.question():
        ask(warming)  # so that it begins
        time.sleep(0.1)
        assert done == []
    assert until(lambda: len(done) == 2)


def test_after_closing_no_step_begins(done: list[str]) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def steps() -> Iterator[object]:
        begun.set()
        go_on.wait(10)
        yield "first"
        done.append("second")

    warming = Warming(steps, quiet_seconds=0)
    ask(warming)
    assert begun.wait(10)
    threading.Timer(0.2, go_on.set).start()
    warming.close()
    assert go_on.is_set()
    assert done == []


def test_closing_before_anything_was_asked_is_nothing(started: Callable[[float], Warming], done: list[str]) -> None:
    warming = started(0)
    warming.close()
    ask(warming)
    assert done == []


def test_a_problem_ends_it_and_is_told_to_who_asks(done: list[str]) -> None:
    def steps() -> Iterator[object]:
        done.append("first")
        raise InputError("Nothing can be evaluated.")
        yield

    warming = Warming(steps, quiet_seconds=0)
    ask(warming)
    assert until(lambda: done == ["first"])
    warming.close()


def test_a_server_that_has_answered_reads_ahead(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    importance, threads = Project.importance, list[str]()

    def noted(self: Project, **arguments: object) -> object:
        threads.append(threading.current_thread().name)
        return importance(self, **arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Project, "importance", noted)
    app = App(project, Access(None), read_only=True, reads_ahead=True)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("api/jobs").status_code == 200
        assert until(lambda: threads == ["misnomer-warming"])
    assert not any(thread.name == "misnomer-warming" for thread in threading.enumerate())


def test_what_is_read_ahead_of_a_project_has_charts_and_all_columns(project: Project) -> None:
    assert len(list(steps_of(project, Scores(project)))) == 7
    assert {"altair", "scipy.special"} <= set(sys.modules)


def test_a_project_without_a_model_has_charts_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    table = {"key": ["a", "b"], "label": ["cat", "dog"]}
    with misnomer.create(tmp_path_factory.mktemp("no model") / "bare.misnomer", images=table) as bare:
        assert len(list(steps_of(bare, Scores(bare)))) == 1

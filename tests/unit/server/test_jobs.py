"""Long work in the background: told, stopped, gone on with."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from misnomer.errors import StorageFailure
from misnomer.project import Project
from misnomer.server.events import Events
from misnomer.server.jobs import Job, Jobs
from misnomer.server.problems import Refusal


class Working:
    """What a job needs of a project; ``work`` stands for the steps."""

    changes = 0

    def __init__(self, work: Callable[[Callable[[str, int, int], None]], None]) -> None:
        self._work = work

    def compute(self, *steps: str, progress: Callable[[str, int, int], None]) -> None:
        self._work(progress)


@pytest.fixture
def started() -> Iterator[Callable[..., Jobs]]:
    made: list[Jobs] = []

    def start(work: Callable[[Any], None]) -> Jobs:
        made.append(Jobs(cast(Project, Working(work)), Events()))
        return made[-1]

    yield start
    for jobs in made:
        jobs.close()


def ended(jobs: Jobs, job_id: int) -> Job:
    """The job when it has ended."""
    for _ in range(500):
        job = next(job for job in jobs.list() if job.id == job_id)
        if job.state not in ("waiting", "running"):
            return job
        time.sleep(0.01)
    raise AssertionError(job)


def test_a_job_tells_its_step_its_rate_and_the_time_left(started: Callable[..., Jobs]) -> None:
    def work(progress: Callable[[str, int, int], None]) -> None:
        progress("pixels", 100, 300)
        time.sleep(0.1)
        progress("pixels", 300, 300)

    jobs = started(work)
    job = ended(jobs, jobs.start(("pixels",)).id)
    assert (job.state, job.step, job.done, job.total) == ("done", "pixels", 300, 300)
    assert job.rate is not None and 200 < job.rate <= 2000  # 200 in 0.1 s, what was there before is not counted


def test_a_job_is_stopped_at_its_next_chunk_and_can_be_started_again(started: Callable[..., Jobs]) -> None:
    reached = threading.Event()

    def work(progress: Callable[[str, int, int], None]) -> None:
        for done in range(1000):
            progress("pixels", done, 1000)
            reached.set()
            time.sleep(0.005)

    jobs = started(work)
    job = jobs.start(("pixels",))
    reached.wait(5)
    jobs.cancel(job.id)
    assert ended(jobs, job.id).state == "cancelled"
    assert jobs.start(("pixels",)).id != job.id


def test_the_same_steps_are_not_done_twice_at_once(started: Callable[..., Jobs]) -> None:
    go_on = threading.Event()
    jobs = started(lambda progress: cast(None, go_on.wait(5)))
    first = jobs.start(("pixels",))
    assert jobs.start(("pixels",)).id == first.id
    waiting = jobs.start(())
    assert waiting.id != first.id
    assert jobs.cancel(waiting.id).state == "cancelled"
    go_on.set()
    assert ended(jobs, first.id).state == "done"


@pytest.mark.parametrize(
    ("problem", "told"),
    [(StorageFailure("The disk is full.", hint="Free some."), "The disk is full.\nFree some."), (KeyError("x"), "'x'")],
)
def test_a_job_that_fails_says_why_and_the_next_one_runs(
    started: Callable[..., Jobs], problem: Exception, told: str
) -> None:
    problems = [problem]

    def work(progress: Callable[[str, int, int], None]) -> None:
        if problems:
            raise problems.pop()

    jobs = started(work)
    job = ended(jobs, jobs.start(("pixels",)).id)
    assert job.state == "failed"
    assert told in (job.problem or "")
    assert ended(jobs, jobs.start(("pixels",)).id).state == "done"


def test_closing_stops_what_runs(started: Callable[..., Jobs]) -> None:
    reached = threading.Event()

    def work(progress: Callable[[str, int, int], None]) -> None:
        while True:
            progress("pixels", 1, 2)
            reached.set()
            time.sleep(0.005)

    jobs = started(work)
    job = jobs.start(())
    reached.wait(5)
    jobs.close()
    assert ended(jobs, job.id).state == "cancelled"


def test_there_is_nothing_to_stop_under_an_unknown_number(started: Callable[..., Jobs]) -> None:
    with pytest.raises(Refusal, match="There is no job 7"):
        started(lambda progress: None).cancel(7)

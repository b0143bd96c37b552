"""Long work in the background: one job at a time, its progress told to the pages, stopped where it may be."""

import contextlib
import itertools
import json
import threading
import time
from typing import ClassVar, Literal

from misnomer.errors import MisnomerError
from misnomer.evaluation.results import Result
from misnomer.project import Project
from misnomer.server.events import Events
from misnomer.server.problems import Refusal

JobState = Literal["waiting", "running", "done", "cancelled", "failed"]

_TELL_SECONDS = 0.25
_FINISHED = 20


class Job(Result):
    """Steps of computing that are done in the background.

    Attributes:
        step: the one that runs now, with how much of it is ``done`` of ``total``.
        rate: so many a second; ``seconds_left`` by that rate.
        problem: why it failed.
    """

    with_null: ClassVar[bool] = True

    id: int
    steps: tuple[str, ...]
    state: JobState
    step: str | None = None
    done: int = 0
    total: int = 0
    rate: float | None = None
    seconds_left: float | None = None
    problem: str | None = None


class Cancelled(Exception):
    """The job was asked to stop; raised where it tells its progress."""


class Jobs:
    """The jobs of a served project, in the order of starting. Nothing runs until it is asked for."""

    def __init__(self, project: Project, events: Events) -> None:
        self._project = project
        self._events = events
        self._ids = itertools.count(1)
        self._changing = threading.Condition()
        self._jobs: dict[int, Job] = {}
        self._stopping: set[int] = set()
        self._closed = False
        self._thread: threading.Thread | None = None

    def list(self) -> tuple[Job, ...]:
        """Every job that waits or runs, and the last that ended."""
        with self._changing:
            return tuple(self._jobs.values())

    def start(self, steps: tuple[str, ...]) -> Job:
        """Ask for steps (none named: all) to be done; those that another job will do are left to it."""
        with self._changing:
            for job in self._jobs.values():
                if job.state in ("waiting", "running") and job.steps == steps:
                    return job
            job = Job(id=next(self._ids), steps=steps, state="waiting")
            self._jobs[job.id] = job
            self._forget_finished()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="misnomer-jobs", daemon=True)
                self._thread.start()
            self._changing.notify_all()
        self._tell(job)
        return job

    def cancel(self, job_id: int) -> Job:
        """Ask a job to stop at its next chunk; what it has done is kept, and starting it again goes on from there."""
        with self._changing:
            job = self._jobs.get(job_id)
            if job is None:
                raise Refusal(404, "unknown_job", f"There is no job {job_id}.")
            if job.state == "running":
                self._stopping.add(job_id)
                return job
            if job.state == "waiting":
                job = self._jobs[job_id] = job.model_copy(update={"state": "cancelled"})
        self._tell(job)
        return job

    def close(self) -> None:
        """Stop what runs and wait until it has stopped."""
        with self._changing:
            self._closed = True
            self._stopping |= set(self._jobs)
            self._changing.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            with self._changing:
                while not self._closed and not any(job.state == "waiting" for job in self._jobs.values()):
                    self._changing.wait()
                if self._closed:
                    return
                job = next(job for job in self._jobs.values() if job.state == "waiting")
            self._run(job.id)

    def _run(self, job_id: int) -> None:
        self._set(job_id, state="running")
        meter = _Meter()

        def progress(step: str, done: int, total: int) -> None:
            if job_id in self._stopping:
                raise Cancelled
            rate, seconds_left, worth_telling = meter.tick(step, done, total)
            if worth_telling:
                self._set(job_id, step=step, done=done, total=total, rate=rate, seconds_left=seconds_left)

        try:
            self._project.compute(*self._jobs[job_id].steps, progress=progress)
        except Cancelled:
            self._set(job_id, state="cancelled", seconds_left=None)
        except MisnomerError as problem:
            self._set(job_id, state="failed", problem=str(problem), seconds_left=None)
        except Exception as problem:  # told on the page; the next job may run
            self._set(job_id, state="failed", problem=f"{type(problem).__name__}: {problem}", seconds_left=None)
        else:
            self._set(job_id, state="done", seconds_left=None)
        self._stopping.discard(job_id)
        self._events.tell("changed", json.dumps({"changes": self._project.changes}))

    def _set(self, job_id: int, **values: object) -> None:
        with self._changing:
            job = self._jobs[job_id] = self._jobs[job_id].model_copy(update=values)
        self._tell(job)

    def _tell(self, job: Job) -> None:
        with contextlib.suppress(RuntimeError):  # the loop of a listener has just ended
            self._events.tell("job", job.to_json().decode())

    def _forget_finished(self) -> None:
        finished = [job.id for job in self._jobs.values() if job.state not in ("waiting", "running")]
        for job_id in finished[:-_FINISHED]:
            del self._jobs[job_id]


class _Meter:
    """The rate of a step since it began, and when its progress was last told."""

    def __init__(self) -> None:
        self._step: str | None = None
        self._began = self._told = 0.0
        self._began_at = 0

    def tick(self, step: str, done: int, total: int) -> tuple[float | None, float | None, bool]:
        """Rate and seconds left, where they are known, and whether to tell them now."""
        now = time.monotonic()
        if step != self._step:
            self._step, self._began, self._began_at, self._told = step, now, done, 0.0
        worth_telling = now - self._told >= _TELL_SECONDS or done >= total
        if worth_telling:
            self._told = now
        elapsed, since = now - self._began, done - self._began_at
        if elapsed <= 0 or since <= 0:
            return None, None, worth_telling
        rate = since / elapsed
        return rate, (total - done) / rate, worth_telling

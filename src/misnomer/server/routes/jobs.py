"""Long work: start, watch, stop."""

from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import StreamingResponse
from pydantic import Field

from misnomer.project.computing import STEPS, check_step
from misnomer.server.jobs import Job
from misnomer.server.operations import Operations
from misnomer.server.parameters import Body
from misnomer.server.served import Serving, Writing

router = Operations("jobs")

_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events: `job` with a Job when it has moved, `changed` when something has been written.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


class Work(Body):
    """Steps of computing to do; none named: all that are missing."""

    steps: Annotated[tuple[str, ...], Field(max_length=len(STEPS))] = ()


@router.get("/jobs", response_model=list[Job])
async def get_jobs(serving: Serving) -> list[Job]:
    """The jobs that wait or run, and the last that ended."""
    return list(serving.jobs.list())


@router.post("/jobs", response_model=Job, status_code=202)
def start_job(serving: Writing, body: Work) -> Job:
    """Do what is missing of some steps, in the background."""
    for step in body.steps:
        check_step(step)
    return serving.jobs.start(body.steps)


@router.delete("/jobs/{job_id}", response_model=Job)
def cancel_job(serving: Writing, job_id: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Job:
    """Stop a job at its next chunk; what it has done is kept."""
    return serving.jobs.cancel(job_id)


@router.get("/events", response_class=StreamingResponse, responses=_EVENTS)
async def get_events(serving: Serving) -> StreamingResponse:
    """What happens in the project, as server-sent events."""
    return StreamingResponse(
        serving.events.listen(),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )

"""Notes on samples."""

from typing import Annotated

from pydantic import Field

from misnomer.evaluation.results import Result
from misnomer.server.operations import Operations
from misnomer.server.parameters import Body
from misnomer.server.routes.samples import SampleId
from misnomer.server.served import Writing

router = Operations("notes")


class Note(Body):
    """What somebody writes about a sample; an empty text takes the note away."""

    text: Annotated[str, Field(max_length=10_000)]


class WrittenNote(Result):
    """A sample's note as it stands now."""

    id: int
    note: str | None


@router.put("/samples/{sample_id}/note", response_model=WrittenNote)
def write_note(serving: Writing, sample_id: SampleId, body: Note) -> WrittenNote:
    """Write a note on a sample over the one that was there."""
    serving.project.note(sample_id, body.text)
    serving.tell_changed()
    return WrittenNote(id=sample_id, note=body.text if body.text.strip() else None)

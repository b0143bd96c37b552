"""Tags on samples."""

from typing import Annotated

from pydantic import Field

from misnomer.filters import Filter
from misnomer.project.results import TagChange
from misnomer.schema import LabelVersion
from misnomer.server.operations import Operations
from misnomer.server.parameters import Body, BodyFilter
from misnomer.server.served import Writing

router = Operations("tags")


class Tagging(Body):
    """Which samples get a tag, or lose it."""

    tag: Annotated[str, Field(min_length=1, max_length=200)]
    filter: BodyFilter = Filter()
    model: str | None = None
    labels: LabelVersion = "given"
    remove: bool = False


@router.post("/tags", response_model=TagChange)
def change_tags(serving: Writing, body: Tagging) -> TagChange:
    """Give the samples of a filter a tag, or take it off; the keys of those that changed undo it."""
    change = serving.project.change_tag(
        body.tag, remove=body.remove, model=body.model, labels=body.labels, where=body.filter
    )
    serving.tell_changed()
    return change

"""Labels that are probably wrong, and the decisions of a review."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from misnomer.project.results import Decision, DecisionPage, LabelErrors
from misnomer.schema import ReviewAction
from misnomer.server.operations import Operations
from misnomer.server.parameters import Body, ChosenFilter, ModelName
from misnomer.server.served import Answering, Writing

router = Operations("labels")

Offset = Annotated[int, Query(ge=0, le=2**31 - 1, description="How many to leave out.")]
Limit = Annotated[int, Query(ge=0, le=500, description="How many at most.")]


@router.get("/label-errors", response_model=LabelErrors)
def get_label_errors(
    answering: Answering, where: ChosenFilter, model: ModelName = None, offset: Offset = 0, limit: Limit = 20
) -> Response:
    """Suspected label errors of a filter, the worst first, those decided on left out; noise by class; bounds."""
    return answering(lambda project: project.label_errors(model=model, where=where, offset=offset, limit=limit))


class Deciding(Body):
    """A decision on one sample's label; ``label`` is the class that a correction says is right."""

    sample_id: Annotated[int, Field(ge=0, le=2**31 - 1)]
    action: ReviewAction
    label: str | None = None


@router.get("/decisions", response_model=DecisionPage)
def get_decisions(answering: Answering, offset: Offset = 0, limit: Limit = 100) -> Response:
    """The history of the review, the last decision first."""
    return answering(lambda project: project.decisions(offset=offset, limit=limit))


@router.post("/decisions", response_model=Decision)
def decide(serving: Writing, body: Deciding) -> Decision:
    """Keep a decision, durable when the answer comes; said again right away it is the same one."""
    decision = serving.project.decide(body.sample_id, body.action, body.label)
    serving.tell_changed()
    return decision


@router.delete("/decisions/last", response_model=Decision)
def undo_decision(serving: Writing) -> Decision:
    """Take the last decision that stands back; the history keeps it."""
    undone = serving.project.undo_decision()
    serving.tell_changed()
    return undone

"""Images that show the same, in groups; and the scores without them."""

from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from misnomer.project.duplicate_results import DeduplicatedEvaluation, DuplicateKind, DuplicateReport
from misnomer.project.results import TagChange
from misnomer.server.operations import Operations
from misnomer.server.parameters import Body, Chosen
from misnomer.server.served import Answering, Writing

router = Operations("duplicates", prefix="/duplicates")

Kind = Annotated[
    DuplicateKind | None, Query(description="Only equal pixels, alike, or mirrored; the first two if left out.")
]
Threshold = Annotated[
    float | None, Query(ge=0.8, le=1, description="Cosine of two embeddings that are near; by default the setting.")
]
Bits = Annotated[int, Query(ge=0, le=4, description="Bits of two hashes that may differ.")]


@router.get("", response_model=DuplicateReport)
def get_duplicates(
    answering: Answering,
    chosen: Chosen,
    kind: Kind = None,
    threshold: Threshold = None,
    bits: Bits = 4,
    offset: Annotated[int, Query(ge=0, description="Groups to skip.")] = 0,
    limit: Annotated[int, Query(ge=0, le=500, description="How many groups at most.")] = 50,
) -> Response:
    """Groups of duplicates that have a sample of the filter."""
    return answering(
        lambda project: project.duplicates(
            **chosen, kind=kind, threshold=threshold, bits=bits, offset=offset, limit=limit
        )
    )


@router.get("/evaluation", response_model=DeduplicatedEvaluation)
def get_deduplicated_evaluation(
    answering: Answering, chosen: Chosen, kind: Kind = None, threshold: Threshold = None, bits: Bits = 4
) -> Response:
    """One model's scores beside those without copies and leaks."""
    return answering(lambda project: project.evaluate_deduplicated(**chosen, kind=kind, threshold=threshold, bits=bits))


class CopyTagging(Body):
    """Which duplicates get a tag: all but the kept one of each group."""

    tag: Annotated[str, Field(min_length=1, max_length=200)]
    kind: DuplicateKind | None = None
    threshold: Annotated[float | None, Field(ge=0.8, le=1)] = None
    bits: Annotated[int, Field(ge=0, le=4)] = 4


@router.post("/tags", response_model=TagChange)
def tag_copies(serving: Writing, body: CopyTagging) -> TagChange:
    """Tag all but the kept sample of every group; the keys of those that changed undo it."""
    change = serving.project.tag_copies(body.tag, kind=body.kind, threshold=body.threshold, bits=body.bits)
    serving.tell_changed()
    return change

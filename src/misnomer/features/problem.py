"""Why an image could not be measured."""

from typing import Literal

ProblemKind = Literal["unreadable_image", "empty_image", "missing_image", "not_an_image"]


class DecodeProblem(Exception):
    """One image that could not be measured; a row of the report, never the end of a scan.

    Attributes:
        kind: the word by which import reports count it.
        reason: what was wrong with this one, for people.
    """

    def __init__(self, kind: ProblemKind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


def reason_of(error: Exception) -> str:
    """What a foreign library said, as one line."""
    return " ".join(str(error).split()) or type(error).__name__

"""Every error a user can meet. Each knows what was wrong (message) and what to do (hint).

MisnomerError
├── InputError              the user's input was wrong
│   ├── UnreadableSource    a file or folder that cannot be opened or recognised
│   ├── LengthMismatch      two inputs that must be equally long are not
│   ├── InvalidProbabilities  a matrix that is neither probabilities, logits nor log-probabilities
│   ├── UnverifiedOrder     rows without keys whose order could not be verified
│   ├── UnknownName         a class, metric, model, tag, column … that is not there (with a suggestion)
│   ├── InvalidFilter       a filter that cannot be read
│   ├── UnknownSample       no sample of this id
│   └── ImageUnavailable    a sample without an image, or with one that cannot be read
└── ProjectError            the project on disk
    ├── ProjectNotFound     no project at this path
    ├── ProjectLocked       another process holds the project
    ├── ProjectVersion      made by a newer misnomer, or its tables are not ours
    └── StorageFailure      the disk refused: full, read-only, gone
"""

from collections.abc import Iterable
from difflib import get_close_matches


class MisnomerError(Exception):
    """Base of every error a user can meet.

    Attributes:
        code: stable snake_case name of the kind of error, the same on every face.
        message: what was wrong, with the values.
        hint: what to do about it; may be empty.
    """

    code = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class InputError(MisnomerError):
    """The user's input was wrong."""

    code = "invalid_input"


class UnreadableSource(InputError):
    """A file or folder that cannot be opened or recognised."""

    code = "unreadable_source"


class LengthMismatch(InputError):
    """Two inputs that must be equally long are not."""

    code = "length_mismatch"


class InvalidProbabilities(InputError):
    """A matrix that is neither probabilities, logits nor log-probabilities."""

    code = "invalid_probabilities"


class UnverifiedOrder(InputError):
    """Rows without keys whose order could not be verified."""

    code = "unverified_order"


class UnknownName(InputError):
    """A class, metric, model, tag, column … that is not there; suggests the nearest that is.

    Args:
        kind: the word for what was looked for, e.g. "metric".
        name: what the user wrote.
        known: the names that exist.

    >>> raise UnknownName("metric", "brightnes", ["brightness", "contrast"])
    Traceback (most recent call last):
    misnomer.errors.UnknownName: Unknown metric 'brightnes'.
    Did you mean 'brightness'?
    """

    code = "unknown_name"

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        known_names = list(known)
        nearest = get_close_matches(name, known_names, n=1, cutoff=0.6)
        if nearest:
            hint = f"Did you mean {nearest[0]!r}?"
        elif known_names:
            more = " …" if len(known_names) > 20 else ""
            hint = f"Known: {', '.join(known_names[:20])}{more}"
        else:
            hint = "There is none yet."
        super().__init__(f"Unknown {kind} {name!r}.", hint=hint)


class InvalidFilter(InputError):
    """A filter that cannot be read."""

    code = "invalid_filter"


class UnknownSample(InputError):
    """No sample of this id."""

    code = "unknown_sample"

    def __init__(self, sample_id: int) -> None:
        super().__init__(f"There is no sample {sample_id}.", hint="List them: misnomer samples PROJECT")


class ImageUnavailable(InputError):
    """A sample without an image, or with one that cannot be read; ``code`` is the kind that import reports use."""

    code = "image_unavailable"

    def __init__(self, code: str, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.code = code


class ProjectError(MisnomerError):
    """The project on disk."""

    code = "project_error"


class ProjectNotFound(ProjectError):
    """No project at this path."""

    code = "project_not_found"


class ProjectLocked(ProjectError):
    """Another process holds the project."""

    code = "project_locked"


class ProjectVersion(ProjectError):
    """The project was made by a newer misnomer, or its tables are not those of this one."""

    code = "project_version"


class StorageFailure(ProjectError):
    """The disk refused: full, read-only, gone."""

    code = "storage_failure"

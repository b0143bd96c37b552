"""The import report: what matched, and every oddity met, by kind, with the keys.

Nothing is dropped without a line in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# Every kind of finding, with what is said of one and of several of them.
FINDING_KINDS: Mapping[str, tuple[str, str]] = {
    "ambiguous_key": (
        "matches more than one sample by its ending; not used",
        "match more than one sample by their ending; not used",
    ),
    "conflicting_duplicate": (
        "occurs more than once with different contents; not used",
        "occur more than once with different contents; none of them used",
    ),
    "duplicate_key": (
        "occurs more than once with equal contents; used once",
        "occur more than once with equal contents; used once",
    ),
    "extra_key": (
        "matches no sample of the project; kept aside until it is added",
        "match no sample of the project; kept aside until they are added",
    ),
    "unknown_sample": ("matches no sample of the project; not used", "match no sample of the project; not used"),
    "missing_key": ("has no key; not used", "have no key; not used"),
    "without_prediction": ("sample has no prediction in this file", "samples have no prediction in this file"),
    "without_vector": ("sample has no vector in this file", "samples have no vector in this file"),
    "invalid_vector": (
        "vector is zero, not finite, or of another length; not used",
        "vectors are zero, not finite, or of another length; not used",
    ),
    "without_label": ("sample has no label", "samples have no label"),
    "unknown_class": ("names a class that no label has", "name a class that no label has"),
    "similar_class": (
        "class name that differs only in case or spaces",
        "class names that differ only in case or spaces",
    ),
    "unreadable_image": ("image cannot be read", "images cannot be read"),
    "empty_image": ("image file is empty", "image files are empty"),
    "missing_image": ("image file does not exist", "image files do not exist"),
    "not_an_image": ("file is not an image; left out", "files are not images; left out"),
    "unreadable_folder": ("folder cannot be listed; left out", "folders cannot be listed; left out"),
    "ignored_file": ("hidden file or folder ignored", "hidden files and folders ignored"),
    "multiple_labels": ("has more than one label; left without label", "have more than one label; left without label"),
    "sum_not_one": (
        "row of probabilities does not sum to 1; not used",
        "rows of probabilities do not sum to 1; not used",
    ),
    "invalid_probability": (
        "row has NaN, infinite or negative probabilities; not used",
        "rows have NaN, infinite or negative probabilities; not used",
    ),
    "invalid_confidence": (
        "has a confidence that is not a number in [0, 1]; confidence left empty",
        "have a confidence that is not a number in [0, 1]; confidence left empty",
    ),
    "invalid_row": ("row cannot be read; left out", "rows cannot be read; left out"),
    "invalid_value": (
        "cell is not of its column's type; left empty",
        "cells are not of their column's type; left empty",
    ),
    "converted": ("conversion made", "conversions made"),
    "matched_by_suffix": ("matched by the ending of its path", "matched by the ending of their path"),
    "matched_by_stem": ("matched by its path without extension", "matched by their path without extension"),
    "ignored_column": ("column not used", "columns not used"),
    "ignored_label": ("label not used", "labels not used"),
    "unconfirmed_suggestion": (
        "suggestion that nobody has confirmed; not used",
        "suggestions that nobody has confirmed; not used",
    ),
    "changed_label": ("label changed", "labels changed"),
}


@dataclass(frozen=True)
class Finding:
    """``count`` oddities of one kind, with the keys (or names) concerned and, where one helps, a detail."""

    kind: str
    count: int
    keys: tuple[str, ...] = ()
    detail: str = ""

    @property
    def sentence(self) -> str:
        """For people, e.g. "12 match no sample of the project; not used"."""
        detail = f" ({self.detail})" if self.detail else ""
        of_one, of_several = FINDING_KINDS[self.kind]
        return f"{self.count:,} {of_one if self.count == 1 else of_several}{detail}"


@dataclass
class ImportReport:
    """What one import recognised, matched and met.

    Attributes:
        source: what was read, as the user named it.
        content: images, labels, predictions, embeddings.
        format: what it was recognised as, in words, e.g. "a folder per class".
        counts: what happened, e.g. {"rows": 165, "matched": 160, "added": 160}.
        findings: every oddity, by kind.
    """

    source: str
    content: str
    format: str
    counts: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, kind: str, keys: Iterable[str] = (), *, count: int | None = None, detail: str = "") -> None:
        """Add a finding; nothing is added when there is nothing to tell (no keys and no count)."""
        if kind not in FINDING_KINDS:
            raise KeyError(kind)
        listed = tuple(keys)
        total = len(listed) if count is None else count
        if total:
            self.findings.append(Finding(kind, total, listed, detail))

"""The import report: what matched, and every oddity met, by kind, with the keys.

Nothing is dropped without a line in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# Every kind of finding, with the sentence that explains it. `{count}` is filled in.
FINDING_KINDS: Mapping[str, str] = {
    "ambiguous_key": "match more than one sample by their ending; not used",
    "conflicting_duplicate": "occur more than once with different contents; none of them used",
    "duplicate_key": "occur more than once with equal contents; used once",
    "extra_key": "match no sample of the project; kept aside until it is added",
    "unknown_sample": "match no sample of the project; not used",
    "missing_key": "have no key; not used",
    "without_prediction": "samples have no prediction in this file",
    "without_vector": "samples have no vector in this file",
    "invalid_vector": "vectors are zero, not finite, or of another length; not used",
    "without_label": "samples have no label",
    "unknown_class": "name a class that no label has",
    "similar_class": "class names that differ only in case or spaces",
    "unreadable_image": "images cannot be read",
    "empty_image": "image files are empty",
    "missing_image": "image files do not exist",
    "not_an_image": "files are not images; left out",
    "unreadable_folder": "folders cannot be listed; left out",
    "ignored_file": "hidden files and folders ignored",
    "multiple_labels": "have more than one label; left without label",
    "sum_not_one": "rows of probabilities do not sum to 1; not used",
    "invalid_probability": "rows have NaN, infinite or negative probabilities; not used",
    "invalid_confidence": "have a confidence that is not a number in [0, 1]; confidence left empty",
    "invalid_row": "rows cannot be read; left out",
    "invalid_value": "cells are not of their column's type; left empty",
    "converted": "conversions made",
    "matched_by_suffix": "matched by the ending of their path",
    "matched_by_stem": "matched by their path without extension",
    "ignored_column": "columns not used",
    "ignored_label": "labels not used",
    "unconfirmed_suggestion": "suggestions that nobody has confirmed; not used",
    "changed_label": "labels changed",
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
        """For people, e.g. "12 match no sample of the project; kept aside until it is added"."""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.count:,} {FINDING_KINDS[self.kind]}{detail}"


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

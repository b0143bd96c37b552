"""What a project answers about itself and its samples; field names are a promise to scripts."""

from typing import Any

from misnomer.evaluation.results import Result
from misnomer.schema import MissingPolicy, Outcome


class Sample(Result):
    """One sample as seen with one model (or none)."""

    key: str
    label: str | None
    split: str | None
    tags: tuple[str, ...]
    prediction: str | None
    confidence: float | None
    outcome: Outcome | None
    metrics: dict[str, float | None]
    metadata: dict[str, str | None]

    def to_dict(self) -> dict[str, Any]:
        """What ``--json`` and HTTP give; an unknown label or value is null."""
        return self.model_dump(mode="json")


class SamplePage(Result):
    """Some of the samples of a filter, and how many there are in all."""

    total: int
    samples: tuple[Sample, ...]

    def to_dict(self) -> dict[str, Any]:
        """What ``--json`` and HTTP give; an unknown label or value is null."""
        return self.model_dump(mode="json")


class ImportFinding(Result):
    """One kind of oddity met at import; ``keys`` lists the first of the ``count`` concerned."""

    kind: str
    count: int
    sentence: str
    detail: str
    keys: tuple[str, ...]


class ImportSummary(Result):
    """What one import recognised, matched and met.

    ``content`` is images, labels or predictions; ``changed`` is False when everything was there already.
    """

    content: str
    source: str
    model: str | None = None
    format: str
    counts: dict[str, int]
    findings: tuple[ImportFinding, ...]
    changed: bool | None = None


class ModelSummary(Result):
    """One model and its coverage."""

    name: str
    predicted_count: int
    probabilities: bool
    missing_policy: MissingPolicy


class ClassSummary(Result):
    """One class and its labelled samples."""

    name: str
    sample_count: int


class MetricSummary(Result):
    """One metric and how many samples have it."""

    metric: str
    title: str
    description: str
    unit: str
    sample_count: int


class StepSummary(Result):
    """One step of computing: how much is done."""

    step: str
    done: int
    total: int


class ProjectInfo(Result):
    """What is in a project, what is computed, what was odd at import."""

    path: str
    sample_count: int
    labelled_count: int
    image_count: int
    classes: tuple[ClassSummary, ...]
    splits: dict[str, int]
    tags: dict[str, int]
    models: tuple[ModelSummary, ...]
    metrics: tuple[MetricSummary, ...]
    metadata: tuple[str, ...]
    computed: tuple[StepSummary, ...]
    report: tuple[ImportSummary, ...]

"""What a project answers about itself and its samples; field names are a promise to scripts."""

from datetime import datetime
from typing import ClassVar, Literal

from misnomer.evaluation.label_bounds import AccuracyBounds
from misnomer.evaluation.results import Estimate, Result
from misnomer.schema import MissingPolicy, Outcome, ReviewAction


class Sample(Result):
    """One sample as seen with one model (or none).

    ``version`` changes with its image, and is null without one; ``given_label`` stands beside a corrected label.
    """

    with_null: ClassVar[bool] = True

    id: int
    key: str
    version: str | None
    label: str | None
    given_label: str | None = None
    split: str | None
    tags: tuple[str, ...]
    prediction: str | None
    confidence: float | None
    outcome: Outcome | None
    note: str | None
    metrics: dict[str, float | None]
    metadata: dict[str, str | None]


class SamplePage(Result):
    """Some of the samples of a filter, and how many there are in all."""

    with_null: ClassVar[bool] = True

    total: int
    samples: tuple[Sample, ...]


class ClassProbability(Result):
    """What a model says about one class."""

    class_name: str
    probability: float


class ImageInfo(Result):
    """A sample's image: its size in pixels where it has been measured, and why it cannot be shown, if so."""

    with_null: ClassVar[bool] = True

    width_px: int | None
    height_px: int | None
    available: bool
    problem: str | None


class Flag(Result):
    """One reason to look at a sample twice, in words; ``keys`` of the samples that it is about, itself first."""

    kind: Literal["label_error", "duplicate", "severe_outlier", "outlier"]
    sentence: str
    keys: tuple[str, ...] = ()


class NeighborVote(Result):
    """How the most similar others of a sample are labelled.

    Attributes:
        counted: the labelled ones among the ten most similar others, duplicates of the sample excepted.
        agreeing: those of them that bear the sample's label; null where it has none.
        majority: the label that most of them bear.
        majority_count: how many do.
        sentence: the same in words.
    """

    with_null: ClassVar[bool] = True

    counted: int
    agreeing: int | None
    majority: str
    majority_count: int
    sentence: str


class SampleDetail(Sample):
    """One sample with everything known about it.

    Attributes:
        percentiles: by metric, the share of the project's samples that lie below this one, ties half.
        probabilities: of the most probable classes, most first.
        flags: why the sample should be looked at.
        neighbors: how the most similar others are labelled; null where that is not known.
    """

    percentiles: dict[str, float]
    probabilities: tuple[ClassProbability, ...]
    image: ImageInfo
    flags: tuple[Flag, ...]
    neighbors: NeighborVote | None


class FieldHistogram(Result):
    """How the values of a field are spread over the samples of a filter.

    Bin i holds the values in [edges[i], edges[i + 1]), the last also its high end. ``low`` and ``high`` are the extreme
    values; ``below_count`` and ``above_count`` are far from the rest and in no bin, ``missing_count`` is not known.
    """

    with_null: ClassVar[bool] = True

    field: str
    title: str
    unit: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    low: float | None
    high: float | None
    below_count: int
    above_count: int
    missing_count: int


class TagChange(Result):
    """What tagging changed: so many samples of the ``sample_count`` chosen; ``keys`` of the first 100,000 of them."""

    changed: int
    sample_count: int
    keys: tuple[str, ...]


class FieldValue(Result):
    """One value of a field of text and how many samples have it."""

    value: str
    sample_count: int


class FieldValues(Result):
    """Values of a field of text, the most frequent first; whether there are more than were asked for."""

    values: tuple[FieldValue, ...]
    has_more: bool


class FieldInfo(Result):
    """What a filter, a sort or a chart may name.

    ``kind`` is metric (of the image or the user's numbers), prediction (of a model), metadata (the user's text) or
    sample.
    """

    name: str
    title: str
    type: Literal["number", "text"]
    kind: Literal["metric", "prediction", "metadata", "sample"]
    unit: str
    description: str


class Decision(Result):
    """One decision of a review: ``label`` is the class it says is right (none: skipped), ``given_label`` the label
    at the time. Undone decisions stay in the history."""

    decision_id: int
    sample_id: int
    key: str
    action: ReviewAction
    label: str | None
    given_label: str | None
    decided_at: datetime
    undone_at: datetime | None


class DecisionPage(Result):
    """The decisions of a review, the last first, and how many samples they have kept, corrected and skipped."""

    kept: int
    corrected: int
    skipped: int
    decisions: tuple[Decision, ...]


class LabelNeighbor(Result):
    """A similar image and the label it bears; ``distance`` is the cosine distance, 0–2."""

    sample_id: int
    key: str
    version: str | None
    label: str | None
    distance: float


class LabelEvidence(Result):
    """What speaks for the label and for the suggestion: the model's probabilities, and the most similar images."""

    label_probability: float | None = None
    suggested_probability: float | None = None
    neighbors: tuple[LabelNeighbor, ...] = ()


class LabelError(Result):
    """A label that is probably wrong.

    Attributes:
        suggested: the class that most speaks against the label.
        label_quality: the metric; the lower, the surer the suspicion.
        sentence: the evidence in words.
    """

    sample: Sample
    suggested: str
    label_quality: float
    evidence: LabelEvidence
    sentence: str


class ClassNoise(Result):
    """How one label of the filtered samples holds, and its estimated noise in the whole project.

    Attributes:
        sample_count: filtered samples with this label that could be judged.
        suspected_count: of these, whose label is suspected.
        noise: estimated share of all the label's samples, filtered or not, that are of another class.
        mistaken_for: the class most often suggested for the suspected. The noise by class is not a guide to it: a class
            that a model hardly ever predicts has so low a threshold that it takes in a few samples of every label.
        mistaken_count: how often it is.
    """

    name: str
    sample_count: int
    suspected_count: int
    noise: float
    mistaken_for: str | None
    mistaken_count: int


class LabelErrors(Result):
    """Suspected label errors of a filter's samples, the worst first, without those that a review has decided on.

    Attributes:
        model: whose probabilities were used; None: the neighbours alone.
        basis: what the labels were judged by.
        checked_count: samples whose label could be judged.
        suspected_count: of these, suspected, whatever a review has decided.
        seen_count: of these, decided on or skipped.
        total: suspected and not decided on: how long the list is.
        confirmed: share of the suspected that the review has corrected, of those it kept or corrected.
        bounds: of the model's accuracy.
        sentence: the headline.
        notes: reasons to distrust the suspicion.
        per_class: the noisiest label first.
    """

    model: str | None = None
    basis: Literal["probabilities", "neighbors", "both"]
    checked_count: int
    suspected_count: int
    seen_count: int
    total: int
    confirmed: Estimate | None = None
    bounds: AccuracyBounds | None = None
    sentence: str
    notes: tuple[str, ...] = ()
    per_class: tuple[ClassNoise, ...]
    label_errors: tuple[LabelError, ...]


class ImportFinding(Result):
    """One kind of oddity met at import; ``keys`` lists the first of the ``count`` concerned."""

    kind: str
    count: int
    sentence: str
    detail: str
    keys: tuple[str, ...]


IMAGE_FILES = "their files"  # the source of the report of what measuring the images met


class ImportSummary(Result):
    """What one import recognised, matched and met.

    ``content`` is images, labels, predictions or embeddings (``model`` is then their name); ``changed`` is False when
    everything was there already.
    """

    content: str
    source: str
    model: str | None = None
    format: str
    counts: dict[str, int]
    findings: tuple[ImportFinding, ...]
    changed: bool | None = None


class ExportSummary(Result):
    """What an export wrote.

    ``replaced`` says that an earlier file or export was there; ``notes`` what was left out, a sentence each.
    """

    path: str
    format: str
    sample_count: int
    replaced: bool
    notes: tuple[str, ...]


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

"""What to annotate next, as it is answered."""

from typing import ClassVar

from misnomer.evaluation.results import Result
from misnomer.project.results import Sample


class AcquisitionSample(Sample):
    """A sample to annotate, and why.

    Attributes:
        score: worth times distance when it was chosen; the list is in this order.
        failure_risk: share of errors among the most similar judged images, drawn to the overall rate; null without
            a model.
        uncertainty: 1 − confidence of the prediction; null without one.
        distance: cosine distance to the nearest image that is labelled (outside the pool) or stands higher in the list.
        reasons: the same in words.
    """

    score: float
    failure_risk: float | None
    uncertainty: float | None
    distance: float
    reasons: tuple[str, ...]


class AcquisitionPage(Result):
    """Samples to annotate next, the most valuable first.

    Attributes:
        candidate_count: how many could be chosen.
        labelled_count: samples of the filter that were left out because they have a label.
        pool_is_labelled: they all have labels, which count as unknown.
    """

    with_null: ClassVar[bool] = True

    model: str | None
    embedding: str
    candidate_count: int
    labelled_count: int
    pool_is_labelled: bool
    sentence: str
    samples: tuple[AcquisitionSample, ...]

"""Every metric of a project by key: those that images, predictions and the user bring."""

from misnomer.features.catalogue import scanned_metrics
from misnomer.features.key_metrics import RANDOM
from misnomer.features.neighbors.metrics import OF_SAMPLES, PREDICTION_AGREEMENT
from misnomer.schema import Metric
from misnomer.store.database import Database
from misnomer.store.fields import PREDICTION_METRICS, list_fields

_OF_PREDICTIONS = (
    Metric("confidence", "Confidence", "How sure the model is of its prediction.", "max p", 0, 1, "", "prediction"),
    Metric(
        "margin", "Margin", "How far the prediction is ahead of the runner-up.", "p₁ − p₂", 0, 1, "", "probabilities"
    ),
    Metric(
        "prediction_entropy",
        "Prediction Entropy",
        "How spread the model's probabilities are.",
        "−Σ p log₂ p",
        0,
        None,
        "bits",
        "probabilities",
    ),
    Metric("least_confidence", "Least Confidence", "How unsure the model is.", "1 − max p", 0, 1, "", "prediction"),
    Metric(
        "variance",
        "Variance",
        "How unequal the probabilities of the classes are.",
        "variance of p over the classes",
        0,
        0.25,
        "",
        "probabilities",
    ),
    Metric(
        "self_confidence",
        "Self-confidence",
        "How probable the model finds the label.",
        "p of the label",
        0,
        1,
        "",
        "probabilities",
    ),
    Metric(
        "normalized_margin",
        "Normalised Margin",
        "How far the model puts the label ahead of any other class: below 0.5 it prefers another.",
        "(p of the label − highest other p + 1) / 2",
        0,
        1,
        "",
        "probabilities",
    ),
    Metric(
        "label_quality",
        "Label Quality",
        "Share of the label in what speaks for it and for its strongest rival; below 0.5 the rival is ahead.",
        "q of the label / (q of the label + highest other q), q the mean of the model's p and the neighbours' votes",
        0,
        1,
        "",
        "label",
    ),
)


def project_metrics(database: Database) -> dict[str, Metric]:
    """Metrics that the project has, by key; the user's columns last."""
    ours = {
        metric.key: metric
        for metric in (*scanned_metrics(), RANDOM, *OF_SAMPLES, *_OF_PREDICTIONS, PREDICTION_AGREEMENT)
    }
    names = [field.name for field in list_fields(database).values() if field.is_metric]
    return {name: ours.get(name) or _of_user(name) for name in names}


def image_metric_names(database: Database) -> list[str]:
    """Metrics that describe samples apart from any model's prediction of them."""
    return [name for name in project_metrics(database) if name not in PREDICTION_METRICS]


def _of_user(name: str) -> Metric:
    return Metric(name, name, "A column of yours.", "", None, None, "", "user")

"""Every metric of a project by key: those that images, predictions and the user bring."""

from misnomer.features.catalogue import scanned_metrics
from misnomer.features.key_metrics import RANDOM
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
)


def project_metrics(database: Database) -> dict[str, Metric]:
    """Metrics that the project has, by key; the user's columns last."""
    ours = {metric.key: metric for metric in (*scanned_metrics(), RANDOM, *_OF_PREDICTIONS)}
    names = [field.name for field in list_fields(database).values() if field.is_metric]
    return {name: ours.get(name) or _of_user(name) for name in names}


def image_metric_names(database: Database) -> list[str]:
    """Metrics that describe samples apart from any model's prediction of them."""
    return [name for name in project_metrics(database) if name not in PREDICTION_METRICS]


def _of_user(name: str) -> Metric:
    return Metric(name, name, "A column of yours.", "", None, None, "", "user")

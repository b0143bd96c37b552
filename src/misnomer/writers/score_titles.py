"""Scores by their names for people, in the order to show them."""

from collections.abc import Mapping

from misnomer.evaluation.results import Estimate

SCORE_TITLES: Mapping[str, str] = {
    "accuracy": "Accuracy",
    "precision_macro": "Mean precision",
    "recall_macro": "Mean recall",
    "f1_macro": "Mean F1",
    "precision_weighted": "Weighted precision",
    "recall_weighted": "Weighted recall",
    "f1_weighted": "Weighted F1",
    "balanced_accuracy": "Balanced accuracy",
    "matthews_corrcoef": "Matthews correlation",
    "cohen_kappa": "Cohen’s kappa",
    "top_k_accuracy": "Top-k accuracy",
    "roc_auc_ovr": "ROC AUC, one against the rest",
    "average_precision_macro": "Mean average precision",
    "log_loss": "Log loss",
    "brier_score": "Brier score",
    "expected_calibration_error": "Expected calibration error",
    "expected_calibration_error_equal_mass": "Expected calibration error, bins of equal mass",
}
HEADLINE_SCORES = ("accuracy", "precision_macro", "recall_macro", "f1_macro")
LOWER_IS_BETTER = frozenset(
    {"log_loss", "brier_score", "expected_calibration_error", "expected_calibration_error_equal_mass"}
)
_PERCENT_SCORES = frozenset({"accuracy", "balanced_accuracy", "top_k_accuracy"})


def score_title(name: str) -> str:
    """Name for people; a score without one keeps its own."""
    return SCORE_TITLES.get(name, name)


def score_text(name: str, value: float) -> str:
    """The value as people read it: accuracies in percent, the rest with three decimals."""
    return f"{100 * value:.1f}%" if name in _PERCENT_SCORES else f"{value:.3f}".replace("-", "−")


def interval_text(name: str, estimate: Estimate) -> str:
    """The interval as people read it; empty when there is none."""
    if estimate.interval is None:
        return ""
    low, high = (score_text(name, bound).removesuffix("%") for bound in estimate.interval)
    return f"{low} – {high}"

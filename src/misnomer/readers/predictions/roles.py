"""What the columns of a table of predictions are, by their names; the cells have the last word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from misnomer.readers.columns import KEY_NAMES, PATH_NAMES, named

PREDICTION_NAMES = (
    *("prediction", "pred", "predicted", "y_pred", "predicted_label", "predicted_class", "pred_label", "pred_class"),
    *(
        "predictions",
        "preds",
        "predicted_class_name",
        "pred_name",
        "label_pred",
        "class_pred",
        "y_hat",
        "yhat",
        "top1",
        "top_1",
    ),
    *("predicted_category", "prediction_label", "class_name"),
)
# A prediction only where no column of PREDICTION_NAMES is; else the label that a person gave.
LABEL_OR_PREDICTION_NAMES = ("label", "class", "category", "labels")
INDEX_NAMES = (
    *("index", "class_index", "class_id", "category_id", "label_id", "class_idx", "label_index", "pred_index"),
    *("predicted_index", "pred_id", "idx"),
)
LABEL_NAMES = (
    *(
        "y_true",
        "target",
        "targets",
        "gt",
        "ground_truth",
        "groundtruth",
        "true_label",
        "true_class",
        "truth",
        "actual",
    ),
    *("label_ids", "true", "y", "label_true", "gt_label", "annotation"),
)
CONFIDENCE_NAMES = (
    *("confidence", "conf", "score", "prob", "probability", "confidence_score", "prediction_score", "pred_prob"),
    *("prediction_confidence", "predicted_probability", "max_prob", "top_1_prob", "scores", "probs", "confidences"),
)
LOGIT_NAMES = ("logit", "logits")
_IMAGE_ENDING = re.compile(r"\.(jpe?g|png|webp|gif|bmp|tiff?|ppm|pgm|avif)$", re.IGNORECASE)


@dataclass(frozen=True)
class Roles:
    """The columns by role; ``predictions`` are candidates, best first."""

    key: str | None
    predictions: tuple[str, ...]
    indices: tuple[str, ...]
    confidence: str | None
    logit: str | None
    label: str | None

    @property
    def used(self) -> set[str]:
        """Every column that has a role."""
        single = (self.key, self.confidence, self.logit, self.label)
        return {*self.predictions, *self.indices, *(name for name in single if name)}

    def with_key(self, key: str | None) -> "Roles":
        """The same with another key."""
        return replace(self, key=key)


def recognise_roles(columns: Sequence[str], *, with_class_columns: bool = False) -> Roles:
    """The role of each column, by its name.

    Args:
        columns: the names, without those of class columns.
        with_class_columns: there are class columns beside them, so that a column "label" is the person's.
    """
    predictions = _found(columns, PREDICTION_NAMES)
    doubtful = _found(columns, LABEL_OR_PREDICTION_NAMES)
    labels = _found(columns, LABEL_NAMES)
    if not predictions and not with_class_columns:
        predictions, doubtful = doubtful[:1], doubtful[1:]
    return Roles(
        key=named(columns, ("key", *PATH_NAMES, *KEY_NAMES)),
        predictions=predictions,
        indices=_found(columns, INDEX_NAMES),
        confidence=named(columns, CONFIDENCE_NAMES),
        logit=named(columns, LOGIT_NAMES),
        label=next(iter((*labels, *doubtful)), None),
    )


def looks_like_images(cells: Iterable[str | None]) -> bool:
    """Whether nearly all of these texts are names of image files."""
    texts = [cell for cell in cells if cell]
    return bool(texts) and sum(bool(_IMAGE_ENDING.search(text)) for text in texts) >= 0.9 * len(texts)


def _found(columns: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(column for name in names if (column := named(columns, [name])) is not None)

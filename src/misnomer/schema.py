"""The vocabulary that all layers share: what a metric is, and the Arrow tables that travel between layers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Need = Literal["key", "header", "pixels", "embedding", "label", "prediction", "probabilities", "user"]
Outcome = Literal["tp", "fp", "fn"]
MissingPolicy = Literal["exclude", "wrong", "error"]
MatrixKind = Literal["probabilities", "logits", "log_probabilities"]

OUTCOMES: tuple[Outcome, ...] = ("tp", "fp", "fn")
OUTCOME_TITLES: Mapping[Outcome, str] = {
    "tp": "True positive",
    "fp": "False positive",
    "fn": "False negative",
}


@dataclass(frozen=True)
class Metric:
    """One number per sample that describes its image, its label or its prediction.

    Attributes:
        key: column name, e.g. ``red_values``.
        title: name for people, e.g. ``Red Values``.
        description: one sentence.
        formula: how it is computed, one line.
        low, high: range; None where unbounded.
        unit: e.g. ``px``, ``bytes``, ``bits``; empty for a plain number.
        needs: what it is computed from.
        version: changes with the formula; results of an old version are recomputed.
    """

    key: str
    title: str
    description: str
    formula: str
    low: float | None
    high: float | None
    unit: str
    needs: Need
    version: int = 1


# What a reader of images yields: one row a sample, in the order that its tool would number them
# (ImageFolder: byte-wise sorted). Further columns are the user's: numeric ones metrics, others metadata.
IMAGE_COLUMNS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),  # POSIX path relative to the root, or the user's own id
        pa.field("path", pa.string()),  # relative to the root, or absolute, or a URL; null without an image
        pa.field("label", pa.string()),  # class name; null: unlabelled
        pa.field("split", pa.string()),  # train, val, test, …; null: none
    ]
)

# What a reader of labels yields.
LABEL_COLUMNS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("label", pa.string()),
        pa.field("split", pa.string()),
    ]
)

# What joining a predictions file with the project yields, one row a matched sample.
PREDICTION_COLUMNS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),  # as the file wrote it
        pa.field("prediction", pa.string()),  # class name
        pa.field("confidence", pa.float64()),  # null: not given
    ]
)

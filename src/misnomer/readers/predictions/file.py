"""What a file of predictions says, before it is joined with the samples."""

from dataclasses import dataclass

import pyarrow as pa

from misnomer.readers.predictions.matrix import ProbabilityMatrix
from misnomer.readers.report import ImportReport


@dataclass(frozen=True)
class PredictionFile:
    """The predictions of one model: exactly one of ``predictions`` and ``matrix`` is there.

    Attributes:
        keys: (N,) strings that name the samples; None: the rows are in the order of the samples.
        row_count: N.
        report: what was recognised and met; ``align_rows`` adds to it.
        predictions: (N,) class names; null: no prediction in this row.
        confidence: (N,) float64 in [0, 1], null where not given; None: in no row.
        matrix: (N, K) probabilities, logits or log-probabilities.
        classes_by_position: the classes are known by position only (unnamed columns, indices), so that the labels
            have to confirm them.
        labels: (N,) the file's own labels, used only to verify the order of rows without keys.
    """

    keys: pa.ChunkedArray | None
    row_count: int
    report: ImportReport
    predictions: pa.ChunkedArray | None = None
    confidence: pa.ChunkedArray | None = None
    matrix: ProbabilityMatrix | None = None
    classes_by_position: bool = False
    labels: pa.ChunkedArray | None = None

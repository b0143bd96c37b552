"""Predictions of a model, from whatever it wrote: tables, matrices, JSON; recognised by content."""

from misnomer.readers.predictions.class_names import read_class_names
from misnomer.readers.predictions.file import PredictionFile
from misnomer.readers.predictions.matrix import ProbabilityMatrix
from misnomer.readers.predictions.read import read_predictions

__all__ = ["PredictionFile", "ProbabilityMatrix", "read_class_names", "read_predictions"]

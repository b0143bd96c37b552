"""Every chart, defined once, as Vega-Lite: for notebooks, pages, the report and PNG or SVG files.

Each takes results and gives an Altair chart; ``chart.save("matrix.png")`` needs no network.
"""

from misnomer.charts.by_metric import by_metric
from misnomer.charts.class_balance import class_balance
from misnomer.charts.confusion_matrix import confusion_matrix
from misnomer.charts.correlation import correlation
from misnomer.charts.importance import importance
from misnomer.charts.metric_histogram import metric_histogram
from misnomer.charts.precision_recall import precision_recall
from misnomer.charts.reliability import reliability

__all__ = [
    "by_metric",
    "class_balance",
    "confusion_matrix",
    "correlation",
    "importance",
    "metric_histogram",
    "precision_recall",
    "reliability",
]

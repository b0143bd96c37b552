"""Which classes to collect more data of first."""

import numpy as np


def collection_priority(missed: np.ndarray, recall_low: np.ndarray, recall_high: np.ndarray) -> np.ndarray:
    """The errors on a class times the width of its recall's interval: what more images of it would bring.

    The errors say how much there is to gain here, on a mix of classes as it is met. The width says how little is known:
    it falls with the square root of the class's images, so that of two classes with as many errors the one with fewer
    images comes first, and a class with none wrong, however small, comes last. A rank, not a forecast: what training on
    more images brings depends on the model, which is not known here.

    Args:
        missed: (n,) samples labelled so and predicted otherwise.
        recall_low, recall_high: (n,) interval of the recall; NaN for a class without labelled samples.

    Returns:
        (n,) float64 ≥ 0; 0 for a class without labelled samples.

    >>> collection_priority(np.array([16, 16]), np.array([0.56, 0.8]), np.array([0.8, 0.9])).round(2).tolist()
    [3.84, 1.6]
    """
    priority: np.ndarray = np.nan_to_num(missed * (recall_high - recall_low))
    return priority

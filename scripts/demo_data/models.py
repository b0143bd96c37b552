"""Two honest models of different character, and predictions by fits that never saw what they predict."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from sklearn.base import BaseEstimator
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline

SEED = 0
FOLDS = 5
INNER_FOLDS = 3

_CELL_PX = 8
_ORIENTATIONS = 9


class SmoothedNeighbors(KNeighborsClassifier):
    """k-nearest neighbours whose probabilities are the votes and one more, cast by the class shares.

    p = (votes + class share) / (k + 1), so that no class is ever impossible and ties go to the larger class.
    """

    def fit(self, X: np.ndarray, y: np.ndarray) -> "SmoothedNeighbors":
        """Remember the samples and the share of each class."""
        super().fit(X, y)
        self.class_share_ = np.unique(y, return_counts=True)[1] / len(y)
        return self

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """(N, K) float64 probabilities, columns as in ``classes_``."""
        votes = super().predict_proba(X) * self.n_neighbors
        return (votes + self.class_share_) / (self.n_neighbors + 1)


@dataclass(frozen=True)
class Recipe:
    """How one model is made: features of the pictures, an estimator, and the choices to make on held-out log loss."""

    name: str
    description: str
    features: Callable[[np.ndarray], np.ndarray]
    estimator: Callable[[], BaseEstimator]
    choices: Mapping[str, tuple[Any, ...]]


def gradient_histograms(picture: np.ndarray) -> np.ndarray:
    """Histograms of oriented gradients (Dalal & Triggs 2005), 8-px cells, 9 orientations, blocks of 2 × 2 cells.

    Args:
        picture: (H, W, 3) uint8.

    Returns:
        (blocks · 36,) float64, every block of length at most 1.
    """
    pixels = picture.astype(np.float64) / 255
    across, down = np.zeros_like(pixels), np.zeros_like(pixels)
    across[:, 1:-1] = pixels[:, 2:] - pixels[:, :-2]
    down[1:-1] = pixels[2:] - pixels[:-2]
    strongest = np.hypot(across, down).argmax(axis=2)[..., None]
    across, down = (np.take_along_axis(side, strongest, axis=2)[..., 0] for side in (across, down))
    turn = np.arctan2(down, across) % np.pi / np.pi
    orientation = np.minimum((turn * _ORIENTATIONS).astype(int), _ORIENTATIONS - 1)
    rows, columns = np.indices(picture.shape[:2]) // _CELL_PX
    height, width = (side // _CELL_PX for side in picture.shape[:2])
    slot = (rows * width + columns) * _ORIENTATIONS + orientation
    strength = np.bincount(slot.ravel(), np.hypot(across, down).ravel(), height * width * _ORIENTATIONS)
    cells = strength.reshape(height, width, _ORIENTATIONS)
    blocks = np.concatenate([cells[:-1, :-1], cells[:-1, 1:], cells[1:, :-1], cells[1:, 1:]], axis=2)
    return (blocks / np.sqrt((blocks**2).sum(axis=2, keepdims=True) + 0.01)).ravel()


def color_histogram(picture: np.ndarray) -> np.ndarray:
    """Square roots of the shares of 8 × 3 × 3 boxes in hue, saturation and value; (72,) of length 1."""
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    counts = cv2.calcHist([hsv], [0, 1, 2], None, [8, 3, 3], [0, 180, 0, 256, 0, 256])
    return np.sqrt(counts.ravel() / counts.sum())


def thumbnail(picture: np.ndarray, size_px: int) -> np.ndarray:
    """Pixels in 0–1 of the picture reduced by area averaging, (size_px · size_px · 3,)."""
    return cv2.resize(picture, (size_px, size_px), interpolation=cv2.INTER_AREA).ravel() / 255


def shape_and_color(pictures: np.ndarray) -> np.ndarray:
    """Gradient histograms, colour histogram and an 8-px thumbnail of each picture, weighed to similar lengths."""
    return np.stack(
        [np.concatenate([gradient_histograms(p) / 3, color_histogram(p), thumbnail(p, 8) / 3]) for p in pictures]
    )


def small_pixels(pictures: np.ndarray) -> np.ndarray:
    """16-px thumbnails as vectors."""
    return np.stack([thumbnail(p, 16) for p in pictures])


def _logistic_regression() -> Pipeline:
    reduction = PCA(200, svd_solver="randomized", random_state=SEED)
    return Pipeline([("reduction", reduction), ("regression", LogisticRegression(max_iter=2000))])


RECIPES = (
    Recipe(
        name="linear",
        description="Multinomial logistic regression on 200 principal components of gradient histograms, "
        "a colour histogram and an 8-px thumbnail; C chosen by log loss.",
        features=shape_and_color,
        estimator=_logistic_regression,
        choices={"regression__C": (0.1, 1.0, 10.0)},
    ),
    Recipe(
        name="nearest",
        description="k-nearest neighbours on 16-px thumbnails by Manhattan distance; "
        "p = (votes + class share) / (k + 1); k chosen by log loss.",
        features=small_pixels,
        estimator=lambda: SmoothedNeighbors(metric="manhattan", algorithm="brute"),
        choices={"n_neighbors": (5, 10, 20, 40)},
    ),
)


@dataclass(frozen=True)
class CrossFit:
    """Predictions of one recipe for every emoji in every style, each by the fit that left the emoji out.

    Attributes:
        probabilities: by style, (N, K) float64, columns as ``np.unique(labels)``.
        chosen: what each fit chose.
    """

    probabilities: Mapping[str, np.ndarray]
    chosen: tuple[Mapping[str, Any], ...]


def cross_fit(
    recipe: Recipe, pictures: Mapping[str, np.ndarray], labels: np.ndarray, groups: np.ndarray, train_style: str
) -> CrossFit:
    """Fit on ``train_style`` with a fifth of the emoji left out, predict these in every style, five times.

    Nothing of a left-out emoji is seen in training, in no style, nor any emoji of its group; the recipe's
    choices are made by cross-validation inside the training part. The other styles decide nothing.

    Args:
        pictures: by style, (N, 64, 64, 3) uint8; the same emoji in the same order.
        labels: (N,) class names.
        groups: (N,) ints; emoji of one group stay on one side of every cut.
    """
    features = {style: recipe.features(these) for style, these in pictures.items()}
    shape = (len(labels), len(np.unique(labels)))
    probabilities = {style: np.full(shape, np.nan) for style in pictures}
    chosen = []
    cuts = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for seen, left_out in cuts.split(labels, labels, groups):
        inner = StratifiedGroupKFold(INNER_FOLDS, shuffle=True, random_state=SEED)
        search = GridSearchCV(recipe.estimator(), dict(recipe.choices), scoring="neg_log_loss", cv=inner)
        search.fit(features[train_style][seen], labels[seen], groups=groups[seen])
        chosen.append(search.best_params_)
        for style in pictures:
            probabilities[style][left_out] = search.predict_proba(features[style][left_out])
    return CrossFit(probabilities, tuple(chosen))

"""The demo's models are honest: no prediction comes from a fit that has seen its emoji."""

import numpy as np
import pytest
from scripts.demo_data.models import (
    FOLDS,
    Recipe,
    SmoothedNeighbors,
    color_histogram,
    cross_fit,
    gradient_histograms,
)


def test_probabilities_of_neighbours_are_votes_and_the_class_shares() -> None:
    places, labels = np.array([[0.0], [1.0], [9.0], [10.0]]), np.array(["a", "a", "a", "b"])
    model = SmoothedNeighbors(n_neighbors=2).fit(places, labels)
    # nearest to 9.6 are one of each class: (1 + 3/4) / 3 and (1 + 1/4) / 3
    assert model.predict_proba(np.array([[9.6]]))[0] == pytest.approx([1.75 / 3, 1.25 / 3])


def test_a_flat_picture_has_no_gradients() -> None:
    assert not gradient_histograms(np.full((64, 64, 3), 200, np.uint8)).any()


def test_an_edge_goes_to_its_own_orientation() -> None:
    picture = np.zeros((16, 16, 3), np.uint8)
    picture[:, 8:] = 255
    strength_by_orientation = gradient_histograms(picture).reshape(-1, 9).sum(axis=0)
    assert np.flatnonzero(strength_by_orientation).tolist() == [0]


def test_a_red_picture_fills_one_box_of_the_colour_histogram() -> None:
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[..., 0] = 255
    assert np.sort(color_histogram(picture))[-2:].tolist() == [0, 1]


def _memory(seen: np.ndarray) -> Recipe:
    """A model that answers with the label of the nearest sample, given the (N, D) features it sees."""
    return Recipe("memory", "", lambda pictures: seen, lambda: SmoothedNeighbors(), {"n_neighbors": (1,)})


def _accuracy_of_memory(seen: np.ndarray, labels: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    unused = {"google": np.empty(0), "twitter": np.empty(0)}
    fit = cross_fit(_memory(seen), unused, labels, groups, "google")
    assert len(fit.chosen) == FOLDS
    answers = {style: np.unique(labels)[p.argmax(axis=1)] for style, p in fit.probabilities.items()}
    return {style: float((answer == labels).mean()) for style, answer in answers.items()}


def test_no_prediction_remembers_its_own_emoji_in_either_style() -> None:
    random = np.random.default_rng(0)
    labels = random.permutation(np.repeat(["a", "b"], 200))
    accuracy = _accuracy_of_memory(random.normal(size=(400, 3)), labels, np.arange(400))
    assert accuracy == {"google": pytest.approx(0.5, abs=0.1), "twitter": pytest.approx(0.5, abs=0.1)}


def test_no_prediction_remembers_its_group() -> None:
    random = np.random.default_rng(0)
    labels = np.repeat(random.permutation(np.repeat(["a", "b"], 100)), 2)
    twins = np.repeat(random.normal(size=(200, 3)), 2, axis=0)
    assert _accuracy_of_memory(twins, labels, np.repeat(np.arange(200), 2))["google"] == pytest.approx(0.5, abs=0.1)
    cut_apart = _accuracy_of_memory(twins, labels, np.arange(400))["google"]
    assert cut_apart > 0.8  # what the groups protect from

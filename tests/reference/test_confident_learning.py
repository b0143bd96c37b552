"""Suspected labels and label scores are those of cleanlab on the same input."""

import warnings

import numpy as np
import pytest

from misnomer.evaluation.confident_learning import check_labels

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from cleanlab.count import compute_confident_joint
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores


def noisy_labels(
    sample_count: int, class_count: int, *, seed: int, noise: float = 0.1, strength: float = 3.0
) -> tuple[np.ndarray, np.ndarray]:
    """Labels of which a share is wrong, and probabilities that know the right ones better or worse."""
    rng = np.random.default_rng(seed)
    right = np.concatenate([np.arange(class_count), rng.integers(0, class_count, sample_count - class_count)])
    scores = rng.standard_normal((sample_count, class_count))
    scores[np.arange(sample_count), right] += strength
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    wrong = rng.random(sample_count) < noise
    wrong[:class_count] = False
    return np.where(wrong, (right + rng.integers(1, class_count, sample_count)) % class_count, right), probabilities


def assert_as_cleanlab(labels: np.ndarray, probabilities: np.ndarray) -> int:
    """Compare everything; returns how many labels are suspected."""
    ours = check_labels(labels, probabilities)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of classes with one sample
        suspected = find_label_issues(labels, probabilities, n_jobs=1)
        joint = compute_confident_joint(labels, probabilities)
    assert np.array_equal(ours.suspected, suspected)
    assert np.array_equal(ours.joint, joint)
    np.testing.assert_array_equal(ours.self_confidence, get_label_quality_scores(labels, probabilities))
    margin = get_label_quality_scores(labels, probabilities, method="normalized_margin")
    np.testing.assert_allclose(ours.normalized_margin, margin, rtol=0, atol=1e-15)
    return int(suspected.sum())


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("sample_count", "class_count", "noise", "strength"),
    [(40, 2, 0.1, 2.0), (200, 3, 0.3, 0.5), (300, 5, 0.2, 1.0), (1000, 10, 0.05, 3.0), (2000, 50, 0.2, 4.0)],
)
def test_random_labels(sample_count: int, class_count: int, noise: float, strength: float, seed: int) -> None:
    assert_as_cleanlab(*noisy_labels(sample_count, class_count, seed=seed, noise=noise, strength=strength))


def test_a_thousand_classes() -> None:
    assert assert_as_cleanlab(*noisy_labels(6000, 1000, seed=0, strength=7.0)) > 0


def test_classes_with_one_sample_or_none() -> None:
    labels, probabilities = noisy_labels(100, 4, seed=3, noise=0.3)
    labels[labels == 2] = 1
    labels[labels == 3] = 0
    labels[7] = 3
    assert assert_as_cleanlab(labels, probabilities) > 0


def test_probabilities_that_are_never_confident() -> None:
    labels = np.array([0, 1, 2] * 10)
    assert assert_as_cleanlab(labels, np.full((30, 3), 1 / 3)) == 0


def test_single_precision() -> None:
    labels, probabilities = noisy_labels(500, 6, seed=5)
    rounded = probabilities.astype(np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert np.array_equal(check_labels(labels, rounded).suspected, find_label_issues(labels, rounded, n_jobs=1))


def test_of_equal_probabilities_as_many_are_suspected_with_the_same_margins() -> None:
    labels, probabilities = noisy_labels(600, 4, seed=1, noise=0.3, strength=1.0)
    coarse = np.round(probabilities, 1) + 1e-3
    coarse /= coarse.sum(axis=1, keepdims=True)
    ours = check_labels(labels, coarse)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = find_label_issues(labels, coarse, n_jobs=1)
    # Which of several equal ones stands at the edge is chance there, the first here: at most a few per pair of classes.
    assert np.array_equal(ours.joint, compute_confident_joint(labels, coarse))
    assert abs(int(ours.suspected.sum()) - int(theirs.sum())) <= 12
    both = (ours.suspected & theirs).sum() / (ours.suspected | theirs).sum()
    assert both > 0.8

"""What confident learning says where there is little, or nothing, to judge by."""

import numpy as np
import pytest

from misnomer.evaluation import confident_learning
from misnomer.evaluation.confident_learning import LabelCheck, check_labels, check_rows


def planted(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """300 samples of three classes, 30 with a wrong label, and probabilities of .9 for the right class."""
    rng = np.random.default_rng(seed)
    right = rng.integers(0, 3, 300)
    probabilities = np.full((300, 3), 0.05) + rng.uniform(0, 0.01, (300, 3))
    probabilities[np.arange(300), right] = 0.9
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    wrong = np.zeros(300, bool)
    wrong[rng.choice(300, 30, replace=False)] = True
    return np.where(wrong, (right + 1) % 3, right), probabilities, wrong


def test_planted_errors_are_found_with_the_right_class_as_suggestion() -> None:
    labels, probabilities, wrong = planted()
    check = check_labels(labels, probabilities)
    assert np.array_equal(check.suspected, wrong)
    assert np.array_equal(check.suggested[wrong], (labels[wrong] + 2) % 3)
    expected = [wrong[labels == k].mean() for k in range(3)]
    np.testing.assert_allclose(check.noise, expected, atol=0.01)


def test_label_quality_is_the_share_of_the_label_and_its_rival() -> None:
    check = check_labels(np.array([0, 1, 0]), np.array([[0.6, 0.2, 0.2], [0.3, 0.1, 0.6], [np.nan, 0.5, 0.5]]))
    assert check.label_quality.tolist() == pytest.approx([0.75, 1 / 7, np.nan], nan_ok=True)


def test_a_model_that_is_certain_of_everything_still_ranks_labels() -> None:
    probabilities = np.array([[1e-30, 1.0], [1e-20, 1.0], [1.0, 1e-20]])
    check = check_labels(np.array([0, 0, 0]), probabilities)
    assert check.normalized_margin[0] == check.normalized_margin[1]
    assert np.argsort(check.label_quality).tolist() == [0, 1, 2]


def test_what_cannot_be_judged_changes_nothing_for_the_others() -> None:
    labels, probabilities, wrong = planted()
    padded = np.concatenate([probabilities, [[0.1, 0.2, 0.7]] * 3])
    padded[-1] = np.nan
    check = check_labels(np.append(labels, [-1, 2, 0]), padded[[*range(300), 300, 302, 302]])
    assert np.array_equal(check.suspected[:300], wrong)
    assert not check.suspected[300:].any()
    assert np.isnan(check.self_confidence[300:]).all()
    assert np.isnan(check.normalized_margin[300:]).all()
    assert check.suggested[300:].tolist() == [-1, -1, -1]
    assert check.joint.sum() == 300


def test_a_class_without_samples_has_no_noise() -> None:
    labels, probabilities, _ = planted()
    labels[labels == 2] = 1
    assert np.isnan(check_labels(labels, probabilities).noise[2])


@pytest.mark.parametrize("count", [0, 1])
def test_none_or_one_sample_is_not_suspected(count: int) -> None:
    check = check_labels(np.zeros(count, np.int32), np.array([[0.1, 0.9]])[:count])
    assert check.suspected.tolist() == [False] * count


def test_with_one_class_nothing_can_be_wrong() -> None:
    check = check_labels(np.zeros(5, np.int32), np.ones((5, 1)))
    assert not check.suspected.any()
    assert check.self_confidence.tolist() == [1.0] * 5
    assert check.normalized_margin.tolist() == [1.0] * 5


def test_at_least_one_sample_of_each_label_stays_unsuspected() -> None:
    labels = np.array([0] * 20 + [1] * 20)
    probabilities = np.tile([0.95, 0.05], (40, 1))
    suspected = check_labels(labels, probabilities).suspected
    assert not suspected[:20].any()
    assert suspected[20:].sum() < 20


def test_reading_in_small_blocks_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    labels, probabilities, _ = planted()
    whole = check_labels(labels, probabilities)
    sizes = []

    def read(samples: np.ndarray) -> np.ndarray:
        sizes.append(len(samples))
        return probabilities[samples]

    monkeypatch.setattr(confident_learning, "_CHUNK_CELLS", 30)
    monkeypatch.setattr("misnomer.evaluation.label_pruning.BLOCK_CELLS", 30)
    small = check_rows(labels, read, 3)
    assert max(sizes) <= 10
    assert np.array_equal(small.suspected, whole.suspected)
    assert np.array_equal(small.joint, whole.joint)


def test_a_mean_with_the_model_suspects_as_many_of_each_label_as_the_model_alone_but_those_that_it_says() -> None:
    labels, probabilities, _ = planted()
    alone = check_labels(labels, probabilities)
    sure = np.eye(3)[labels]
    doubted = np.flatnonzero(alone.suspected)[:2]
    mean = (probabilities + 3 * sure) / 4  # of no label but two another class is more probable
    mean[doubted] = probabilities[doubted]
    without = check_rows(labels, lambda samples: mean[samples], 3)
    both = check_rows(labels, lambda samples: mean[samples], 3, read_model=lambda samples: probabilities[samples])
    assert np.array_equal(both.joint, np.where((noise(without) > noise(alone))[:, None], without.joint, alone.joint))
    assert np.flatnonzero(both.suspected).tolist() == doubted.tolist()
    assert np.array_equal(both.label_quality, without.label_quality)


def noise(check: LabelCheck) -> np.ndarray:
    return check.joint.sum(axis=1) - np.diag(check.joint)

"""Risk counted by hand; the choice is the farthest first, weighted."""

import numpy as np
import pytest

from misnomer.evaluation.acquisition import failure_risk, greedy_choice

NONE = -1


def on_a_circle(degrees: list[float]) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_risk_is_the_share_of_errors_drawn_to_the_overall_rate() -> None:
    is_judged = np.array([True, True, True, True, False])
    is_wrong = np.array([True, False, False, False, False])
    found = failure_risk(np.array([[0, 1, 4], [4, NONE, NONE], [0, NONE, NONE]]), is_judged, is_wrong)
    np.testing.assert_allclose(found.risk, [(1 + 0.5) / 4, 0.25, (1 + 0.5) / 3])
    assert found.judged_count.tolist() == [2, 0, 1]
    assert found.wrong_count.tolist() == [1, 0, 1]


def test_without_any_judged_image_the_risk_is_a_half() -> None:
    nobody = np.zeros(3, bool)
    assert failure_risk(np.array([[1, 2]]), nobody, nobody).risk.tolist() == [0.5]


def test_with_equal_worth_the_farthest_comes_first() -> None:
    vectors = on_a_circle([0, 5, 90, 180])
    rows, gains, distances = greedy_choice(vectors, np.ones(4), np.array([2.0, 1.9, 1.9, 1.9]), 4)
    assert rows.tolist() == [0, 3, 2, 1]
    np.testing.assert_allclose(distances, [2, 1.9, 1, 1 - np.cos(np.radians(5))], atol=1e-6)
    np.testing.assert_allclose(gains, distances)


def chosen_by_definition(vectors: np.ndarray, worth: np.ndarray, distances: np.ndarray, limit: int) -> list[int]:
    """The row of largest worth × distance to what is labelled or chosen, all compared with all, one by one."""
    similarities, chosen = vectors @ vectors.T, []
    for _ in range(limit):
        nearest = np.minimum(distances, 1 - similarities[:, chosen].max(axis=1, initial=-1))
        gains = worth * nearest
        gains[chosen] = -1
        chosen.append(int(gains.argmax()))
    return chosen


@pytest.mark.parametrize("seed", range(4))
def test_what_is_chosen_is_what_comparing_all_with_all_would_choose(seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.standard_normal((6, 12))[random.integers(0, 6, 900)] + 0.5 * random.standard_normal((900, 12))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    worth = random.uniform(0.1, 1, 900) if seed % 2 else np.ones(900)
    distances = random.uniform(0.05, 0.6, 900) if seed > 1 else np.full(900, 2.0)
    rows, gains, at = greedy_choice(vectors, worth, distances, 200)
    assert rows.tolist() == chosen_by_definition(vectors, worth, distances, 200)
    np.testing.assert_allclose(gains, worth[rows] * at)


def test_worth_counts_and_equal_pictures_are_chosen_once() -> None:
    vectors = on_a_circle([0, 0, 60])
    rows, _, _ = greedy_choice(vectors, np.array([0.1, 0.1, 1]), np.ones(3), 3)
    assert rows.tolist() == [2, 0]


def test_nothing_to_choose_from() -> None:
    nothing = np.empty(0)
    assert greedy_choice(np.empty((0, 2), np.float32), nothing, nothing, 5)[0].tolist() == []
    assert greedy_choice(on_a_circle([0]), np.ones(1), np.zeros(1), 5)[0].tolist() == []

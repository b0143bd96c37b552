"""Risk counted by hand; the choice is the farthest first, weighted."""

import numpy as np

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


def test_worth_counts_and_equal_pictures_are_chosen_once() -> None:
    vectors = on_a_circle([0, 0, 60])
    rows, _, _ = greedy_choice(vectors, np.array([0.1, 0.1, 1]), np.ones(3), 3)
    assert rows.tolist() == [2, 0]


def test_nothing_to_choose_from() -> None:
    nothing = np.empty(0)
    assert greedy_choice(np.empty((0, 2), np.float32), nothing, nothing, 5)[0].tolist() == []
    assert greedy_choice(on_a_circle([0]), np.ones(1), np.zeros(1), 5)[0].tolist() == []

import numpy as np
import pytest

from misnomer.errors import LengthMismatch
from misnomer.evaluation import noise_floor
from misnomer.evaluation.importance import importance, importance_sentence
from misnomer.evaluation.results import MetricImportance


def noise(sample_count: int, metric_count: int, seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng([seed, 1])
    return {f"m{index}": rng.random(sample_count) for index in range(metric_count)}


def outcome(sample_count: int, seed: int, accuracy: float = 130 / 165) -> np.ndarray:
    right = np.arange(sample_count) < round(accuracy * sample_count)
    return np.random.default_rng([seed, 2]).permutation(right)


def test_of_random_metrics_on_165_samples_at_most_one_ranking_in_twenty_has_anything_above_the_floor():
    found = [
        importance(outcome(165, seed), noise(165, 15, seed), {}, permutations=60, seed=seed)[0].significant
        for seed in range(200)
    ]
    assert np.mean(found) <= 0.05 + 1.645 * np.sqrt(0.05 * 0.95 / 200)


def test_a_planted_effect_is_found_and_nothing_else():
    metrics = noise(1000, 15, seed=3)
    right = np.random.default_rng(3).random(1000) > 0.5 * metrics["m4"]
    rows = importance(right, metrics, {})
    assert [row.metric for row in rows if row.significant] == ["m4"]
    assert rows[0].spearman < -0.2


def test_an_effect_that_is_not_monotone_is_found():
    metrics = noise(2000, 5, seed=4)
    right = np.random.default_rng(4).random(2000) > 2 * np.abs(metrics["m0"] - 0.5)
    rows = importance(right, metrics, {})
    assert rows[0].metric == "m0"
    assert rows[0].significant
    assert rows[0].p_value > 0.05


def test_noise_has_importance_zero_on_average_before_it_is_cut_off_at_zero():
    rows = [
        row for seed in range(20) for row in importance(outcome(165, seed), noise(165, 15, seed), {}, permutations=1)
    ]
    shown = [row.importance for row in rows]
    assert min(shown) == 0
    assert np.median(shown) < 0.005


def test_the_outcome_itself_has_importance_near_one():
    right = outcome(2000, seed=0)
    row = importance(right, {"m": right.astype(float)}, {"m": "Outcome"})[0]
    assert row.title == "Outcome"
    assert row.importance == pytest.approx(1, abs=1e-3)
    assert row.spearman == pytest.approx(1)


def test_missing_values_are_left_out_metric_by_metric():
    metrics = noise(300, 2, seed=0)
    right = outcome(300, seed=0)
    with_gaps = metrics["m0"].copy()
    with_gaps[::3] = np.nan
    known = ~np.isnan(with_gaps)
    both = {row.metric: row for row in importance(right, {"m0": with_gaps, "m1": metrics["m1"]}, {})}
    alone = importance(right[known], {"m0": with_gaps[known]}, {})[0]
    assert both["m0"].sample_count == 200
    assert both["m1"].sample_count == 300
    assert both["m0"].importance == alone.importance
    assert both["m0"].spearman == alone.spearman


def test_the_order_of_the_samples_does_not_matter():
    metrics, right = noise(400, 3, seed=0), outcome(400, seed=0)
    metrics["rounded"] = metrics["m0"].round(1)
    labels = np.arange(400) % 3
    order = np.random.default_rng(9).permutation(400)
    shuffled = importance(right[order], {key: values[order] for key, values in metrics.items()}, {}, labels[order])
    for row, other in zip(importance(right, metrics, {}, labels), shuffled, strict=True):
        assert row.importance == other.importance
        assert row.adjusted_importance == other.adjusted_importance
        assert row.spearman == pytest.approx(other.spearman, abs=1e-12)


def test_the_same_seed_gives_the_same_rows():
    metrics, right = noise(200, 5, seed=0), outcome(200, seed=0)
    assert importance(right, metrics, {}, seed=3) == importance(right, metrics, {}, seed=3)
    assert (
        importance(right, metrics, {}, seed=3)[0].noise_floor != importance(right, metrics, {}, seed=4)[0].noise_floor
    )


def test_a_large_set_whose_metrics_are_permuted_apart_finds_the_same(monkeypatch: pytest.MonkeyPatch):
    metrics = noise(5000, 8, seed=0)
    right = np.random.default_rng(0).random(5000) > 0.3 * metrics["m1"]
    jointly = importance(right, metrics, {})
    monkeypatch.setattr(noise_floor, "JOINT_CELLS", 0)
    apart = importance(right, metrics, {})
    assert [row.significant for row in apart] == [row.significant for row in jointly]
    assert apart[0].noise_floor == pytest.approx(jointly[0].noise_floor, rel=0.15)


def test_adjusted_importance_needs_labels():
    metrics, right = noise(200, 1, seed=0), outcome(200, seed=0)
    assert importance(right, metrics, {})[0].adjusted_importance is None
    assert importance(right, metrics, {}, np.zeros(200, int))[0].adjusted_importance is not None


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.full(200, 2.0), "the same for all 200 samples"),
        (
            np.where(np.arange(200) < 39, 1.0 * np.arange(200), np.nan),
            "known for 39 of 200 samples, at least 40 are needed",
        ),
        (np.where(np.arange(200) < 10, 1.0, 0.0), "190 of 200 samples have the same value"),
        (np.full(200, np.nan), "known for 0 of 200 samples, at least 40 are needed"),
    ],
)
def test_a_metric_that_cannot_be_judged_comes_last_with_the_reason(values: np.ndarray, reason: str):
    rows = importance(outcome(200, seed=0), {"a": values, "z": noise(200, 1, seed=0)["m0"]}, {})
    assert [row.metric for row in rows] == ["z", "a"]
    assert rows[1].reason == reason
    assert (rows[1].importance, rows[1].significant) == (0, False)


def test_a_metric_known_only_where_all_is_right_says_so():
    right = outcome(200, seed=0)
    row = importance(right, {"m": np.where(right, np.arange(200.0), np.nan)}, {})[0]
    assert row.reason == "all 158 predictions are right where it is known"


@pytest.mark.parametrize(("right", "word"), [(True, "right"), (False, "wrong")])
def test_when_every_prediction_has_one_outcome_nothing_can_be_told(right: bool, word: str):
    rows = importance(np.full(165, right), noise(165, 3, seed=0), {})
    assert {row.importance for row in rows} == {0}
    assert importance_sentence(rows) == f"No metric can be judged: all 165 predictions are {word}."


def test_no_sample_and_no_metric_are_answered():
    assert importance(np.array([], bool), {"m": np.array([])}, {})[0].reason is not None
    assert importance_sentence(importance(np.array([True, False]), {}, {})) == "There is no metric to judge."


def test_labels_of_another_length_are_refused():
    with pytest.raises(LengthMismatch, match="3 labels but 2 outcomes"):
        importance(np.array([True, False]), {}, {}, np.zeros(3))


def row(title: str, **values: object) -> MetricImportance:
    fields = {"metric": title.lower(), "title": title, "sample_count": 1000, "importance": 0.0, "noise_floor": 0.02}
    return MetricImportance.model_validate({**fields, "significant": False, **values})


def test_the_sentence_says_when_nothing_stands_out():
    sentence = importance_sentence([row("Red", sample_count=165), row("Blue", sample_count=160)])
    assert sentence == "No metric is distinguishable from noise on 165 samples."


def test_the_sentence_names_what_stands_out_with_its_direction():
    red = row("Red", importance=0.0812, significant=True, spearman=-0.3, p_value=0.001, adjusted_importance=0.01)
    blue = row("Blue", importance=0.03, significant=True, spearman=0.01, p_value=0.8, adjusted_importance=0.03)
    assert importance_sentence([red, blue, row("Green")]) == (
        "2 of 3 metrics stand out of the noise on 1,000 samples: Red (better where low, "
        "little of it within a class), Blue."
    )


def test_the_sentence_counts_what_it_does_not_name():
    rows = [row(f"M{index}", importance=0.1, significant=True) for index in range(5)]
    assert importance_sentence(rows).endswith("M1, M2 and 2 more.")


def test_the_sentence_gives_each_reason_when_they_differ():
    rows = [row("Red", reason="the same for all 9 samples"), row("Blue", reason="known for 1 of 9 samples")]
    assert importance_sentence(rows) == (
        "No metric can be judged. Red: the same for all 9 samples; Blue: known for 1 of 9 samples."
    )


def test_of_many_metrics_with_one_reason_the_sentence_names_the_first():
    rows = [row(f"M{index}", reason="the same for all 9 samples") for index in range(5)]
    assert importance_sentence([row("Blue", reason="known for 1 of 9 samples"), *rows]) == (
        "No metric can be judged. M0, M1, M2 and 2 more: the same for all 9 samples; Blue: known for 1 of 9 samples."
    )


def test_a_metric_of_noise_known_for_few_samples_stays_below_the_floor():
    found = 0
    for seed in range(60):
        metrics = noise(500, 3, seed)
        metrics["m0"][60:] = np.nan
        found += importance(outcome(500, seed), metrics, {}, permutations=60, seed=seed)[0].significant
    assert found <= 8

import numpy as np
import pytest

from misnomer.evaluation import noise_floor as module
from misnomer.evaluation.information import chance_information
from misnomer.evaluation.noise_floor import CutMetric, noise_floor


def cut(counts: list[int], rows: np.ndarray | None) -> CutMetric:
    return CutMetric(np.array(counts), rows, chance_information(np.array(counts), sum(counts) // 5))


def unrelated(metric_count: int, *, joint: bool) -> list[CutMetric]:
    rng = np.random.default_rng(1)
    return [cut([50] * 20, rng.permutation(1000) if joint else None) for _ in range(metric_count)]


def test_permuting_jointly_and_apart_agree_for_unrelated_metrics():
    jointly = noise_floor(unrelated(10, joint=True), 200, 1000, permutations=3000, seed=0)
    apart = noise_floor(unrelated(10, joint=False), 200, 1000, permutations=3000, seed=1)
    assert apart == pytest.approx(jointly, rel=0.05)


def test_permuting_apart_is_no_lower_for_metrics_that_resemble_each_other():
    rows = np.arange(1000)
    jointly = noise_floor([cut([50] * 20, rows)] * 10, 200, 1000, permutations=500, seed=0)
    assert jointly < noise_floor([cut([50] * 20, None)] * 10, 200, 1000, permutations=500, seed=0)


@pytest.mark.parametrize("joint", [True, False])
def test_more_metrics_raise_the_floor(joint: bool):
    few = noise_floor(unrelated(1, joint=joint), 200, 1000, permutations=500, seed=0)
    assert few < noise_floor(unrelated(20, joint=joint), 200, 1000, permutations=500, seed=0)


@pytest.mark.parametrize("joint", [True, False])
def test_a_metric_known_for_few_samples_is_judged_on_those(joint: bool):
    metric = cut([30, 30], np.arange(60) if joint else None)
    floor = noise_floor([metric], 200, 1000, permutations=1000, seed=0)
    chi_square = (3.84 - 1) / 2 / (60 * 0.5004)  # its 95%, less its mean, over 2 N H(0.2): near enough for 60
    assert floor == pytest.approx(chi_square, rel=0.3)


@pytest.mark.parametrize("wrong_count", [200, 800])
def test_whichever_outcome_is_the_rarer_one_the_floor_is_that_of_the_wrong_count(wrong_count: int):
    jointly = noise_floor(unrelated(5, joint=True), wrong_count, 1000, permutations=2000, seed=0)
    apart = noise_floor(unrelated(5, joint=False), wrong_count, 1000, permutations=2000, seed=0)
    assert apart == pytest.approx(jointly, rel=0.07)


def test_the_floor_is_the_191st_of_200(monkeypatch: pytest.MonkeyPatch):
    def shares(metric: CutMetric, wrong: np.ndarray) -> np.ndarray:
        return np.arange(1.0, 201.0)[::-1]

    monkeypatch.setattr(module.CutMetric, "importance", shares)
    assert noise_floor(unrelated(2, joint=False), 200, 1000, permutations=200, seed=0) == 191


def test_the_same_seed_gives_the_same_floor():
    floors = {noise_floor(unrelated(3, joint=True), 200, 1000, permutations=50, seed=7) for _ in range(2)}
    assert len(floors) == 1


def test_no_metric_has_no_floor():
    assert noise_floor([], 5, 10, permutations=200, seed=0) == 0

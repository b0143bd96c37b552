"""Against definitions written as double loops."""

import numpy as np
import pytest

from misnomer.evaluation.column_ranking import Steps, add_influence, average_precision, roc_auc, variance

RANDOM = np.random.default_rng(0)
SCORES = RANDOM.integers(0, 12, 40) / 12  # with ties
POSITIVES = np.sort(RANDOM.choice(40, 9, replace=False))


def auc_by_pairs(scores, positives, weights):
    negatives = np.setdiff1d(np.arange(len(scores)), positives)
    won = np.sign(scores[positives, None] - scores[None, negatives]) / 2 + 0.5
    pair_weights = weights[positives, None] * weights[None, negatives]
    return (won * pair_weights).sum() / pair_weights.sum()


def precision_by_positives(scores, positives, weights):
    is_positive = np.isin(np.arange(len(scores)), positives)
    precision = [
        (weights * is_positive)[scores >= score].sum() / weights[scores >= score].sum() for score in scores[positives]
    ]
    return np.average(precision, weights=weights[positives])


BY_DEFINITION = [(roc_auc, auc_by_pairs), (average_precision, precision_by_positives)]


@pytest.mark.parametrize(("score", "definition"), BY_DEFINITION)
def test_value_is_the_definition(score, definition):
    value = score(Steps.of(SCORES, POSITIVES)).value
    assert value == pytest.approx(definition(SCORES, POSITIVES, np.ones(40)), abs=1e-12)


@pytest.mark.parametrize(("score", "definition"), BY_DEFINITION)
def test_influence_is_the_derivative_by_a_samples_weight(score, definition):
    steps = Steps.of(SCORES, POSITIVES)
    influence = np.zeros(40)
    add_influence(influence, steps, score(steps), POSITIVES)
    step = 1e-6
    derivative = np.array(
        [
            definition(SCORES, POSITIVES, np.ones(40) + step * row)
            - definition(SCORES, POSITIVES, np.ones(40) - step * row)
            for row in np.eye(40)
        ]
    ) / (2 * step)
    is_positive = np.isin(np.arange(40), POSITIVES)
    for side in (is_positive, ~is_positive):  # equal up to a constant on each side
        difference = influence[side] - derivative[side]
        assert difference == pytest.approx(np.full(side.sum(), difference.mean()), abs=1e-8)


@pytest.mark.parametrize("factor", [1 / 3, -1])
def test_scores_that_single_precision_holds_are_cut_as_others_are(factor: float):
    scores = np.append(RANDOM.random(500).astype(np.float16).astype(float), [0.0, -0.0, 1.0])
    positives = np.append(RANDOM.choice(500, 60, replace=False), [500, 502])
    steps, others = Steps.of(scores, positives), Steps.of(scores * abs(factor), positives)
    for name in vars(steps):
        assert np.array_equal(getattr(steps, name), getattr(others, name)), name
    assert roc_auc(Steps.of(scores * factor, positives)).value == pytest.approx(
        roc_auc(steps).value if factor > 0 else 1 - roc_auc(steps).value
    )


def test_variance_of_the_auc_is_delongs_for_many_samples():
    random = np.random.default_rng(1)
    scores = np.concatenate([random.normal(1, 1, 2000), random.normal(0, 1, 3000)])
    positives = np.arange(2000)
    won = scores[:2000, None] > scores[None, 2000:]
    delong = won.mean(1).var(ddof=1) / 2000 + won.mean(0).var(ddof=1) / 3000
    steps = Steps.of(scores, positives)
    assert variance(steps, roc_auc(steps)) == pytest.approx(delong, rel=5e-3)


def test_one_positive_has_a_variance():
    steps = Steps.of(np.array([0.1, 0.7, 0.5, 0.9]), np.array([1]))
    assert variance(steps, roc_auc(steps)) > 0.2


def precision_by_the_others(scores, positives):
    """A double loop: each positive among the others, which count as many as all."""
    negatives = np.setdiff1d(np.arange(len(scores)), positives)
    precision = []
    for positive in positives:
        others = sum(scores[other] >= scores[positive] for other in positives if other != positive)
        reached = others * len(positives) / (len(positives) - 1)
        wrong = sum(scores[negative] >= scores[positive] for negative in negatives)
        precision.append(reached / (reached + wrong) if reached + wrong else 1)
    return np.mean(precision)


@pytest.mark.parametrize("positives", [POSITIVES, POSITIVES[:2], np.arange(40)])
def test_the_bias_of_average_precision_is_what_positives_gain_by_counting_themselves(positives):
    score = average_precision(Steps.of(SCORES, positives))
    assert score.bias == pytest.approx(1.5 * (score.value - precision_by_the_others(SCORES, positives)), abs=1e-12)


def test_one_positive_has_no_others_to_tell_its_bias():
    assert average_precision(Steps.of(np.array([0.1, 0.7, 0.5, 0.9]), np.array([1]))).bias == 0


@pytest.mark.parametrize(("apart", "positive_count", "negative_count"), [(0.5, 5, 450), (1, 10, 90), (2, 5, 450)])
def test_average_precision_less_its_bias_is_the_truth(apart, positive_count, negative_count):
    random = np.random.default_rng(0)

    def draw(times: int, sets: int) -> list:
        drawn = random.normal(size=(sets, times * (positive_count + negative_count)))
        drawn[:, : times * positive_count] += apart
        return [average_precision(Steps.of(scores, np.arange(times * positive_count))) for scores in drawn]

    truth = draw(2000, 1)[0].value
    scores = draw(1, 2000)
    biased = np.mean([score.value for score in scores])
    unbiased = np.mean([score.value - score.bias for score in scores])
    assert abs(unbiased - truth) < 0.15 * (biased - truth)

"""Probabilities, logits, log-probabilities, percentages: recognised or refused."""

import numpy as np
import pytest
from scipy.special import log_softmax, softmax

from misnomer.errors import InvalidProbabilities
from misnomer.readers.predictions.kind import recognise_kind, refuse_sorted_rows, spread_rows
from misnomer.readers.predictions.sources import MemoryArray

LOGITS = np.random.default_rng(0).normal(0, 4, (100, 5))
PROBABILITIES = softmax(LOGITS, axis=1)


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (PROBABILITIES, "probabilities"),
        (LOGITS, "logits"),
        (log_softmax(LOGITS, axis=1), "log_probabilities"),
        (PROBABILITIES * 0.9, "probabilities"),
        (np.eye(5), "probabilities"),
    ],
)
def test_the_kind_is_recognised(values: np.ndarray, kind: str, dtype: str) -> None:
    stored = values.astype(dtype)
    assert recognise_kind(stored.astype(np.float64), stored.dtype).kind == kind


def test_probabilities_of_zero_have_the_logarithm_minus_infinity() -> None:
    with np.errstate(divide="ignore"):
        assert recognise_kind(np.log(np.eye(4)), np.dtype("f8")).kind == "log_probabilities"


def test_percentages_are_divided_by_100() -> None:
    found = recognise_kind(PROBABILITIES * 100, np.dtype("f8"))
    assert (found.kind, found.divisor) == ("probabilities", 100)
    assert found.conversion == "percentages (rows sum to 100) divided by 100"


def test_a_few_bad_rows_do_not_change_the_kind() -> None:
    values = PROBABILITIES.copy()
    values[:10] = np.nan
    values[10:20] *= 0.9
    values[20] = [1.7, 0, 0, 0, 0]
    values[21] = [-0.5, 1.5, 0, 0, 0]
    assert recognise_kind(values, np.dtype("f8")).kind == "probabilities"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.full((10, 3), np.nan), "hold NaN or infinite values"),
        (np.full((10, 3), np.inf), "hold NaN or infinite values"),
        (
            np.random.default_rng(0).multinomial(30, [0.5, 0.3, 0.2], 50).astype(float),
            "have no negative value and sum to 30",
        ),
        (np.vstack([LOGITS, PROBABILITIES[:50]]), "look like logits while others are probabilities"),
    ],
)
def test_what_is_of_no_kind_is_refused_with_examples(values: np.ndarray, said: str) -> None:
    with pytest.raises(InvalidProbabilities, match=said) as caught:
        recognise_kind(values, np.dtype("f8"))
    assert "for example [" in caught.value.message


def test_whole_numbers_are_no_logits() -> None:
    with pytest.raises(InvalidProbabilities, match="whole numbers"):
        recognise_kind(np.arange(30.0).reshape(10, 3), np.dtype("u1"))


def test_rows_are_taken_from_the_whole_of_the_matrix() -> None:
    source = MemoryArray(np.arange(100_000.0)[:, None])
    sample = spread_rows(source)[:, 0]
    assert sample[0] == 0
    assert sample[-1] == 99_999
    assert np.diff(sample).max() < 30


def test_the_k_best_values_without_classes_are_refused() -> None:
    with pytest.raises(InvalidProbabilities, match="fall from left to right"):
        refuse_sorted_rows(-np.sort(-PROBABILITIES, axis=1))
    refuse_sorted_rows(PROBABILITIES)

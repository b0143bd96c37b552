"""Slices where a model is right less often than elsewhere: searched among all, judged by how many were tried."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod

import numpy as np

from misnomer.evaluation.correlation import adjusted_p_values

MINIMUM_SUPPORT = 20
FALSE_DISCOVERY_RATE = 0.05
EXPLAINED = 2 / 3  # a slice of which the stronger ones account for this share of its errors too many is folded
_DESCRIBED = 500  # slices that are looked at again, the strongest
_BLOCK_ROWS = 1 << 17  # samples whose codes stay in the processor's cache
_MOST_CELLS = 1 << 22  # of a table of pairs of values; more where there are more samples


@dataclass(frozen=True)
class SliceFeature:
    """One way to cut the samples: a column's values or a metric's bins.

    Attributes:
        codes: (N,) int64, the value of each sample; −1: none.
        value_count: values are 0 … value_count − 1.
    """

    codes: np.ndarray
    value_count: int


@dataclass(frozen=True)
class FoundSlice:
    """Samples with one value of one or two features.

    Attributes:
        parts: (feature, value) of each condition.
        sample_count, wrong_count: of the slice.
        p_value, adjusted_p_value: that the slice is no worse than what it is compared with, and by Benjamini and
            Hochberg over all slices tested.
        folded: weaker slices whose errors too many this one and those before it account for.
    """

    parts: tuple[tuple[int, int], ...]
    sample_count: int
    wrong_count: int
    p_value: float
    adjusted_p_value: float
    folded: "tuple[FoundSlice, ...]" = ()


def worst_slices(
    right: np.ndarray, features: Sequence[SliceFeature], *, minimum_support: int = MINIMUM_SUPPORT
) -> tuple[list[FoundSlice], int]:
    """Slices that are worse than the rest by more than chance, most errors too many first; and how many were tested.

    A slice of one value is compared with all other samples (Fisher's exact test, one-sided). A slice of two values is
    compared with all others, and with those of each of its values alone that are outside it; its p-value is the
    largest of the three (intersection-union), so that it is not found merely because it lies in a slice that is.

    Args:
        right: (N,) bool.
        features: at most a few dozen.
        minimum_support: samples that a slice, and what it is compared with, has at least.

    Source: Chung et al. 2019, "Slice Finder"; Berger 1982 for the intersection-union test.
    """
    wrong = ~right
    supported = [_Supported.of(feature, wrong, minimum_support) for feature in features]
    tested = [_singles(index, feature, len(wrong), minimum_support) for index, feature in enumerate(supported)]
    for one, other in combinations(range(len(features)), 2):
        tested.append(_pairs(one, other, supported, minimum_support))
    candidates = _Candidates.joined(tested)
    p_values = candidates.p_values(len(right), int(wrong.sum()))
    adjusted = adjusted_p_values(p_values)
    found = [
        FoundSlice(
            tuple((int(f), int(v)) for f, v in candidates.parts[row] if f >= 0),
            int(candidates.counts[row, 0]),
            int(candidates.wrongs[row, 0]),
            float(p_values[row]),
            float(adjusted[row]),
        )
        for row in np.flatnonzero(adjusted <= FALSE_DISCOVERY_RATE)
    ]
    rest_rate = wrong.mean() if len(wrong) else 0.0
    found.sort(key=lambda one: (one.sample_count * rest_rate - one.wrong_count, len(one.parts), one.parts))
    return _fold(found, wrong, features), len(p_values)


@dataclass(frozen=True)
class _Candidates:
    """Slices to test.

    Attributes:
        parts: (n, 2, 2) int64, feature and value of each condition; −1: no second.
        counts, wrongs: (n, 3) int64: of the slice, and of each of its values alone (the slice itself for one value).
    """

    parts: np.ndarray
    counts: np.ndarray
    wrongs: np.ndarray

    @classmethod
    def joined(cls, parts: "Sequence[_Candidates]") -> "_Candidates":
        none = _Candidates(np.empty((0, 2, 2), np.int64), np.empty((0, 3), np.int64), np.empty((0, 3), np.int64))
        every = [none, *parts]
        return cls(
            np.concatenate([one.parts for one in every]),
            np.concatenate([one.counts for one in every]),
            np.concatenate([one.wrongs for one in every]),
        )

    def p_values(self, total: int, total_wrong: int) -> np.ndarray:
        against_all = fisher_p_values(self.wrongs[:, 0], self.counts[:, 0], total_wrong, total)
        worst = against_all
        for value in (1, 2):
            is_pair = self.counts[:, value] > self.counts[:, 0]
            wrongs, counts = self.wrongs[is_pair], self.counts[is_pair]
            against_value = fisher_p_values(wrongs[:, 0], counts[:, 0], wrongs[:, value], counts[:, value])
            worst[is_pair] = np.maximum(worst[is_pair], against_value)
        return worst


def fisher_p_values(
    wrongs: np.ndarray, counts: np.ndarray, total_wrong: np.ndarray | int, total: np.ndarray | int
) -> np.ndarray:
    """Probability of at least so many wrong samples among the ``counts`` if they were drawn from the total.

    Args:
        wrongs, counts: (n,) of the slices.
        total_wrong, total: of the samples that the slice is part of.

    Returns:
        (n,) float64; 1 for a slice less than a standard error worse than the total, whose p-value is never small.

    Source: Fisher's exact test, one-sided; equal to SciPy's ``fisher_exact`` in tests/reference.
    """
    wrongs, counts, total_wrong, total = np.broadcast_arrays(wrongs, counts, total_wrong, total)
    rates = total_wrong / np.maximum(total, 1)
    spread = np.sqrt(counts * rates * (1 - rates) * (total - counts) / np.maximum(total - 1, 1))
    worse = wrongs - counts * rates > spread
    p_values = np.ones(len(wrongs))
    p_values[worse] = _upper_tail(wrongs[worse], counts[worse], total_wrong[worse], total[worse])
    return p_values


def _upper_tail(wrongs: np.ndarray, counts: np.ndarray, total_wrong: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Hypergeometric probability of at least ``wrongs``, all above their expectation, where terms only fall."""
    from scipy.special import gammaln

    def log_choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))

    total_right = total - total_wrong
    drawn = log_choose(total_wrong, wrongs) + log_choose(total_right, counts - wrongs)
    term = np.exp(drawn - log_choose(total, counts))
    tail, at = term.copy(), wrongs.astype(np.float64)
    while (term > 1e-12 * tail).any():
        term = term * (total_wrong - at) * (counts - at) / ((at + 1) * (total_right - counts + at + 1))
        at += 1
        tail += term
    return np.asarray(np.minimum(tail, 1))


@dataclass(frozen=True)
class _Supported:
    """A feature with only those values that enough samples have, numbered anew; one number more is none of them.

    Attributes:
        values: (V,) those values.
        counts, wrongs: (V,) samples of each, and how many of them are wrong.
        numbers: (N,) int32, the number of each sample's value.
        judged: (N,) int32, twice the number, and 1 more where the sample is wrong.
    """

    values: np.ndarray
    counts: np.ndarray
    wrongs: np.ndarray
    numbers: np.ndarray
    judged: np.ndarray

    @classmethod
    def of(cls, feature: SliceFeature, wrong: np.ndarray, minimum_support: int) -> "_Supported":
        counts = np.bincount(feature.codes[feature.codes >= 0], minlength=feature.value_count)
        values = np.flatnonzero(counts >= minimum_support)
        number = np.full(feature.value_count + 1, len(values), np.int32)  # the last entry is for −1
        number[values] = np.arange(len(values), dtype=np.int32)
        numbers = number[feature.codes]
        judged = 2 * numbers + wrong
        wrongs = np.bincount(judged, minlength=2 * len(values) + 2)[1:-2:2]
        return cls(values, counts[values], wrongs, numbers, judged)


def _singles(index: int, feature: _Supported, total: int, minimum_support: int) -> _Candidates:
    tested = np.flatnonzero(total - feature.counts >= minimum_support)
    parts = np.full((len(tested), 2, 2), -1, np.int64)
    parts[:, 0, 0], parts[:, 0, 1] = index, feature.values[tested]
    counts, wrongs = feature.counts[tested], feature.wrongs[tested]
    return _Candidates(parts, np.repeat(counts[:, None], 3, 1), np.repeat(wrongs[:, None], 3, 1))


def _pairs(one: int, other: int, features: Sequence[_Supported], minimum_support: int) -> _Candidates:
    first, second = features[one], features[other]
    rows, columns, counts, wrongs = _cells(first, second)
    outside = np.minimum(first.counts[rows], second.counts[columns]) - counts
    tested = (counts >= minimum_support) & (outside >= minimum_support)
    rows, columns, counts, wrongs = rows[tested], columns[tested], counts[tested], wrongs[tested]
    parts = np.empty((len(rows), 2, 2), np.int64)
    parts[:, 0, 0], parts[:, 0, 1] = one, first.values[rows]
    parts[:, 1, 0], parts[:, 1, 1] = other, second.values[columns]
    return _Candidates(
        parts,
        np.stack([counts, first.counts[rows], second.counts[columns]], axis=1),
        np.stack([wrongs, first.wrongs[rows], second.wrongs[columns]], axis=1),
    )


def _cells(first: _Supported, second: _Supported) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The pairs of values that occur together, in order: numbers of the one and of the other, samples, wrong ones."""
    shape = len(first.values) + 1, len(second.values) + 1, 2
    if prod(shape) > max(_MOST_CELLS, len(first.numbers)):
        return _rare_cells(first, second)
    table = np.zeros(prod(shape), np.int64)
    block = max(_BLOCK_ROWS, 4 * table.size)
    for start in range(0, len(first.numbers), block):
        codes = first.numbers[start : start + block] * np.int32(2 * shape[1])
        codes += second.judged[start : start + block]
        table += np.bincount(codes, minlength=table.size)
    inner = table.reshape(shape)[:-1, :-1]
    counts = inner.sum(axis=2)
    rows, columns = np.nonzero(counts)
    return rows, columns, counts[rows, columns], inner[rows, columns, 1]


def _rare_cells(first: _Supported, second: _Supported) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The same where both have so many values that most pairs never occur."""
    width = len(second.values)
    both = (first.numbers < len(first.values)) & (second.numbers < width)
    codes = first.numbers[both].astype(np.int64) * width + second.numbers[both]
    cells, counts = np.unique(codes, return_counts=True)
    of_wrong = np.searchsorted(cells, codes[second.judged[both] % 2 == 1])
    return cells // width, cells % width, counts, np.bincount(of_wrong, minlength=len(cells))


def _fold(found: Sequence[FoundSlice], wrong: np.ndarray, features: Sequence[SliceFeature]) -> list[FoundSlice]:
    """Keep the slices that say something new; put each other one under the kept one that it shares most samples with.

    ``found`` is sorted, the strongest first. A sample's error is expected at the rate of the worst kept slice that it
    is in, else at the overall rate. A slice that has less than a third of its errors too many beyond this expectation
    adds little, whether it has the samples of a kept one, lies within it, or is pieced together from several.
    """
    expected = np.full(len(wrong), wrong.mean() if len(wrong) else 0.0)
    overall_rate = float(expected[0]) if len(wrong) else 0.0
    kept: list[tuple[FoundSlice, np.ndarray, list[FoundSlice]]] = []
    for one in found[:_DESCRIBED]:
        members = np.flatnonzero(
            np.logical_and.reduce([features[feature].codes == value for feature, value in one.parts])
        )
        excess = one.wrong_count - one.sample_count * overall_rate
        unexplained = one.wrong_count - float(expected[members].sum())
        if kept and unexplained < (1 - EXPLAINED) * excess:
            nearest = max(kept, key=lambda other: np.count_nonzero(other[1][members]))
            nearest[2].append(one)
            continue
        is_member = np.zeros(len(wrong), bool)
        is_member[members] = True
        expected[members] = np.maximum(expected[members], one.wrong_count / one.sample_count)
        kept.append((one, is_member, []))
    return [replace(one, folded=tuple(folded)) for one, _, folded in kept]

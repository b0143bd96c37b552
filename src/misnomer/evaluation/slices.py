"""Slices where a model is right less often than elsewhere: searched among all, judged by how many were tried.

Of very many samples some are drawn and searched. What is found there is counted on all of them, and judged by those
that were not drawn, which had no part in its being chosen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod

import numpy as np

from misnomer.evaluation.correlation import adjusted_p_values

MINIMUM_SUPPORT = 20
FALSE_DISCOVERY_RATE = 0.05
EXPLAINED = 2 / 3  # a slice of which the stronger ones account for this share of its errors too many is folded
_DESCRIBED = 500  # slices that are looked at again, the strongest
_CANDIDATE_FALSE_SHARE = 0.5  # of the drawn samples' slices that the others judge, so many may be bad by luck
_BLOCK_ROWS = 1 << 17  # samples whose codes stay in the processor's cache
_MOST_CELLS = 1 << 22  # of a table of pairs of values; more where there are more samples


@dataclass(frozen=True)
class SliceFeature:
    """One way to cut the samples: a column's values or a metric's bins.

    Attributes:
        codes: (N,) int32 or int64, the value of each sample; −1: none.
        value_count: values are 0 … value_count − 1.
    """

    codes: np.ndarray
    value_count: int


Parts = tuple[tuple[int, int], ...]
"""(feature, value) of each condition of a slice: one or two."""


@dataclass(frozen=True)
class SliceCounts:
    """Slices among some samples.

    Attributes:
        counts, wrongs: (n, 3) int64: samples, and wrong ones, of the slice, and of each of its values alone (the slice
            itself for one value).
        sample_count, wrong_count: of all these samples.
    """

    counts: np.ndarray
    wrongs: np.ndarray
    sample_count: int
    wrong_count: int

    @property
    def excess_errors(self) -> np.ndarray:
        """(n,) float64, how many more errors there are than at the rate of all samples."""
        rate = self.wrong_count / self.sample_count if self.sample_count else 0.0
        return self.wrongs[:, 0] - self.counts[:, 0] * rate

    def of(self, rows: np.ndarray) -> "SliceCounts":
        """Some of the slices."""
        return replace(self, counts=self.counts[rows], wrongs=self.wrongs[rows])

    def without(self, part: "SliceCounts") -> "SliceCounts":
        """The same slices among the samples that are not of the part."""
        return SliceCounts(
            self.counts - part.counts,
            self.wrongs - part.wrongs,
            self.sample_count - part.sample_count,
            self.wrong_count - part.wrong_count,
        )

    def p_values(self) -> np.ndarray:
        """(n,) float64, that a slice is no worse than what it is compared with: the largest of its p-values."""
        worst = fisher_p_values(self.wrongs[:, 0], self.counts[:, 0], self.wrong_count, self.sample_count)
        for value in (1, 2):
            is_pair = self.counts[:, value] > self.counts[:, 0]
            wrongs, counts = self.wrongs[is_pair], self.counts[is_pair]
            against_value = fisher_p_values(wrongs[:, 0], counts[:, 0], wrongs[:, value], counts[:, value])
            worst[is_pair] = np.maximum(worst[is_pair], against_value)
        return worst


@dataclass(frozen=True)
class DrawnFrom:
    """All the samples, where slices are searched among some that were drawn from them.

    Attributes:
        count: slices among all of them.
    """

    sample_count: int
    wrong_count: int
    count: Callable[[Sequence[Parts]], SliceCounts]


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

    parts: Parts
    sample_count: int
    wrong_count: int
    p_value: float
    adjusted_p_value: float
    folded: "tuple[FoundSlice, ...]" = ()


def worst_slices(
    right: np.ndarray,
    features: Sequence[SliceFeature],
    *,
    minimum_support: int = MINIMUM_SUPPORT,
    drawn_from: DrawnFrom | None = None,
) -> tuple[list[FoundSlice], int]:
    """Slices that are worse than the rest by more than chance, most errors too many first; and how many were tested.

    A slice of one value is compared with all other samples (Fisher's exact test, one-sided). A slice of two values is
    compared with all others, and with those of each of its values alone that are outside it; its p-value is the
    largest of the three (intersection-union), so that it is not found merely because it lies in a slice that is.

    Args:
        right: (N,) bool.
        features: at most a few dozen.
        minimum_support: samples that a slice, and what it is compared with, has at least.
        drawn_from: the samples of which the N were drawn, if they were. Those slices that may be worse by the drawn
            samples (adjusted p up to 0.5; at most 500, with most errors too many) are then tested on the samples that
            were not drawn, corrected for how many these are, and counted on all.

    Source: Chung et al. 2019, "Slice Finder"; Berger 1982 for the intersection-union test; Cox 1975 for testing on
    the samples that were not searched.
    """
    wrong = ~right
    supported = [_Supported.of(feature, wrong, minimum_support) for feature in features]
    tested = [_singles(index, feature, len(wrong), minimum_support) for index, feature in enumerate(supported)]
    for one, other in combinations(range(len(features)), 2):
        tested.append(_pairs(one, other, supported, minimum_support))
    candidates = _Candidates.joined(tested)
    counts = SliceCounts(candidates.counts, candidates.wrongs, len(right), int(wrong.sum()))
    p_values = counts.p_values()
    rows = np.arange(len(p_values))
    if drawn_from is not None:
        rows = np.flatnonzero(adjusted_p_values(p_values) <= _CANDIDATE_FALSE_SHARE)
        rows = rows[np.argsort(-counts.excess_errors[rows], kind="stable")[:_DESCRIBED]]
        drawn, counts = counts.of(rows), drawn_from.count([candidates.parts_of(row) for row in rows.tolist()])
        p_values = counts.without(drawn).p_values()
    adjusted = adjusted_p_values(p_values)
    found = [
        FoundSlice(
            candidates.parts_of(int(rows[row])),
            int(counts.counts[row, 0]),
            int(counts.wrongs[row, 0]),
            float(p_values[row]),
            float(adjusted[row]),
        )
        for row in np.flatnonzero(adjusted <= FALSE_DISCOVERY_RATE)
    ]
    rate = counts.wrong_count / counts.sample_count if counts.sample_count else 0.0
    found.sort(key=lambda one: (one.sample_count * rate - one.wrong_count, len(one.parts), one.parts))
    return _fold(found, rate, len(right), features), len(candidates.parts)


def count_slices(slices: Sequence[Parts], codes: Mapping[int, np.ndarray], wrong: np.ndarray) -> SliceCounts:
    """Slices among samples.

    Args:
        codes: of every feature that a slice names, (N,) integers, the value of each sample; −1: none.
        wrong: (N,) bool.
    """
    is_wrong = _packed(wrong)
    masks = {(feature, value): _packed(codes[feature] == value) for parts in slices for feature, value in parts}
    single = {part: (_bits(mask), _bits(mask & is_wrong)) for part, mask in masks.items()}
    counts, wrongs = np.empty((2, len(slices), 3), np.int64)
    for row, parts in enumerate(slices):
        first, last = parts[0], parts[-1]  # the same for a slice of one value
        inside = masks[first] & masks[last]
        counts[row], wrongs[row] = zip(
            (_bits(inside), _bits(inside & is_wrong)), single[first], single[last], strict=True
        )
    return SliceCounts(counts, wrongs, len(wrong), int(np.count_nonzero(wrong)))


def _packed(flags: np.ndarray) -> np.ndarray:
    """Flags as bits of whole words."""
    bits = np.zeros(-(-len(flags) // 64) * 8, np.uint8)
    bits[: -(-len(flags) // 8)] = np.packbits(flags)
    return bits.view(np.uint64)


def _bits(words: np.ndarray) -> int:
    return int(np.bitwise_count(words).sum(dtype=np.int64))


@dataclass(frozen=True)
class _Candidates:
    """Slices to test.

    Attributes:
        parts: (n, 2, 2) int64, feature and value of each condition; −1: no second.
        counts, wrongs: as in ``SliceCounts``.
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

    def parts_of(self, row: int) -> Parts:
        return tuple((int(f), int(v)) for f, v in self.parts[row] if f >= 0)


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


def _fold(
    found: Sequence[FoundSlice], overall_rate: float, sample_count: int, features: Sequence[SliceFeature]
) -> list[FoundSlice]:
    """Keep the slices that say something new; put each other one under the kept one that it shares most samples with.

    ``found`` is sorted, the strongest first. A sample's error is expected at the rate of the worst kept slice that it
    is in, else at the overall rate. A slice that has less than a third of its errors too many beyond this expectation
    adds little, whether it has the samples of a kept one, lies within it, or is pieced together from several. Where
    the features are of drawn samples, they tell which samples slices share; rates are those of all.
    """
    expected = np.full(sample_count, overall_rate)
    kept: list[tuple[FoundSlice, np.ndarray, list[FoundSlice]]] = []
    for one in found[:_DESCRIBED]:
        members = np.flatnonzero(
            np.logical_and.reduce([features[feature].codes == value for feature, value in one.parts])
        )
        wrong_count = one.wrong_count * len(members) / one.sample_count
        excess = wrong_count - len(members) * overall_rate
        unexplained = wrong_count - float(expected[members].sum())
        if kept and unexplained < (1 - EXPLAINED) * excess:
            nearest = max(kept, key=lambda other: np.count_nonzero(other[1][members]))
            nearest[2].append(one)
            continue
        is_member = np.zeros(sample_count, bool)
        is_member[members] = True
        expected[members] = np.maximum(expected[members], one.wrong_count / one.sample_count)
        kept.append((one, is_member, []))
    return [replace(one, folded=tuple(folded)) for one, _, folded in kept]

"""The noise floor of importance: how much the luckiest of all metrics seems to tell when nothing is to be told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from misnomer.evaluation.information import uncertainty

COVERAGE = 0.95
# Samples × metrics up to which the outcome is permuted for all metrics at once: 200 times, in at most 0.4 s of a core.
JOINT_CELLS = 1_000_000


@dataclass(frozen=True)
class CutMetric:
    """One metric, cut into bins.

    Attributes:
        counts: (B,) int64, known samples in each bin.
        rows: (n,) int64, the known samples in the order of the bins; None when permuted apart.
        chance: what the bins seem to tell on average when the outcome is random, in nats summed over samples.
    """

    counts: np.ndarray
    rows: np.ndarray | None
    chance: float

    def importance(self, wrong: np.ndarray) -> np.ndarray:
        """Importance, chance taken off, for each row of wrong samples by bin: (…, B) to (…,)."""
        whole = uncertainty(wrong.sum(axis=-1), self.counts.sum())
        told = whole - uncertainty(wrong, self.counts).sum(axis=-1) - self.chance
        return np.asarray(np.divide(told, whole, out=np.zeros_like(told), where=whole > 0))


def permutes_jointly(sample_count: int, metric_count: int) -> bool:
    """Is the outcome permuted for all metrics at once, or for each apart?"""
    return sample_count * metric_count <= JOINT_CELLS


def noise_floor(
    metrics: Sequence[CutMetric], wrong_count: int, sample_count: int, permutations: int, seed: int
) -> float:
    """95th percentile, over all metrics at once, of the importance under permuted outcomes.

    It is the order statistic that makes the chance of any metric of noise exceeding it at most 5%:
    the 191st of 200. Up to ``JOINT_CELLS`` one permutation serves all metrics; above, every metric's bin counts are
    drawn from the multivariate hypergeometric distribution, exact for each metric but independent between them, which
    for metrics that resemble each other puts the floor higher, never lower.
    """
    if not metrics:
        return 0.0
    rng = np.random.default_rng(seed)
    if all(metric.rows is not None for metric in metrics):
        wrong = _permuted_jointly(metrics, wrong_count, sample_count, permutations, rng)
    else:
        wrong = _permuted_apart(metrics, wrong_count, sample_count, permutations, rng)
    by_chance = [metric.importance(drawn) for metric, drawn in zip(metrics, wrong, strict=True)]
    return float(np.quantile(np.max(by_chance, axis=0), COVERAGE, method="higher"))


def _permuted_jointly(
    metrics: Sequence[CutMetric],
    wrong_count: int,
    sample_count: int,
    permutations: int,
    rng: np.random.Generator,
) -> Iterator[np.ndarray]:
    """For each metric (permutations, B) wrong samples by bin; the rarer outcome is what is drawn."""
    rare_count = min(wrong_count, sample_count - wrong_count)
    cells, first_cells = _cells(metrics, sample_count)
    rare = np.empty((permutations, first_cells[-1]), np.int64)
    for drawn in rare:
        rows = rng.choice(sample_count, rare_count, replace=False, shuffle=False)
        drawn[:] = np.bincount(cells[rows].ravel(), minlength=len(drawn))
    for metric, first in zip(metrics, first_cells, strict=False):
        by_bin = rare[:, first : first + len(metric.counts)]
        yield by_bin if rare_count == wrong_count else metric.counts - by_bin


def _cells(metrics: Sequence[CutMetric], sample_count: int) -> tuple[np.ndarray, np.ndarray]:
    """(N, M) the cell of each sample, each metric's bins followed by one for missing; (M + 1,) first cells."""
    first_cells = np.cumsum([0, *(len(metric.counts) + 1 for metric in metrics)])
    cells = np.empty((sample_count, len(metrics)), np.int64)
    for column, (metric, first) in enumerate(zip(metrics, first_cells, strict=False)):
        bin_count = len(metric.counts)
        cells[:, column] = first + bin_count
        cells[metric.rows, column] = first + np.repeat(np.arange(bin_count), metric.counts)
    return cells, first_cells


def _permuted_apart(
    metrics: Sequence[CutMetric],
    wrong_count: int,
    sample_count: int,
    permutations: int,
    rng: np.random.Generator,
) -> Iterator[np.ndarray]:
    """The same with exact counts for each metric, drawn independently of the others."""
    for metric in metrics:
        bins = np.append(metric.counts, sample_count - metric.counts.sum())
        drawn = rng.multivariate_hypergeometric(bins, wrong_count, permutations, method="marginals")
        yield drawn[:, :-1]

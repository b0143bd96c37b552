"""One-vs-rest ROC AUC and average precision of each class, and their means, from blocks of probability columns."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from misnomer.evaluation.column_ranking import (
    Steps,
    add_influence,
    average_precision,
    roc_auc,
    unseen_variance,
    variance,
)
from misnomer.evaluation.intervals import effective_wilson_interval
from misnomer.evaluation.probabilities import to_probabilities
from misnomer.evaluation.results import Estimate
from misnomer.evaluation.score_set import ScoreSet, estimates, name_some
from misnomer.schema import MatrixKind

RANKING_SCORES = ("roc_auc_ovr", "average_precision_macro")
BLOCK_CELLS = 16_000_000  # 128 MB of doubles
THREADS = 2  # a fixed number, so that sums round the same everywhere


@dataclass(frozen=True)
class ProbabilityBlocks:
    """Probabilities of the scored samples, read column block by column block in bounded memory.

    Attributes:
        chunks: starts reading the matrix: (m, columns) arrays of consecutive rows, as in the file.
        kind: probabilities, logits or log-probabilities.
        positions: (rows of the matrix,) int64: place of each row among the scored samples; −1: not scored.
        columns: (K,) int32 column of each class; −1: the class has none.
    """

    chunks: Callable[[], Iterable[np.ndarray]]
    kind: MatrixKind
    positions: np.ndarray
    columns: np.ndarray

    def read(self, classes: np.ndarray) -> np.ndarray:
        """(classes, n) float64 probabilities of some classes that have a column, in one pass over the rows."""
        block = np.empty((len(classes), np.count_nonzero(self.positions >= 0)))
        columns = self.columns[classes]
        start = 0
        for chunk in self.chunks():
            positions = self.positions[start : start + len(chunk)]
            start += len(chunk)
            rows = np.flatnonzero(positions >= 0)
            if len(rows) == 0:
                continue
            used = chunk if len(rows) == len(chunk) else chunk[rows]
            block[:, _as_slice(positions[rows])] = _columns(to_probabilities(used, self.kind), columns).T
        return block


def _as_slice(ascending: np.ndarray) -> np.ndarray | slice:
    """The same indices, as a slice if they are consecutive: copying is then several times faster."""
    first, last = int(ascending[0]), int(ascending[-1])
    consecutive = last - first == len(ascending) - 1 and bool(np.all(np.diff(ascending) == 1))
    return slice(first, last + 1) if consecutive else ascending


def _columns(probabilities: np.ndarray, columns: np.ndarray) -> np.ndarray:
    return probabilities[:, _as_slice(columns)]


@dataclass
class RankedClasses:
    """One score of every ranked class, gathered block by block.

    Attributes:
        values, variances, biases: by class, in the order of the classes.
        influence: (n,) sum over the classes of each sample's influence, up to a constant for each label.
        unseen: sum over the classes of what pseudo-observations among their positives add to the variance.
    """

    influence: np.ndarray
    unseen: float = 0.0
    values: list[float] = field(default_factory=list)
    variances: list[float] = field(default_factory=list)
    biases: list[float] = field(default_factory=list)

    def extend(self, other: "RankedClasses") -> None:
        """Take over the classes of another, after one's own."""
        self.influence += other.influence
        self.unseen += other.unseen
        self.values += other.values
        self.variances += other.variances
        self.biases += other.biases


@dataclass(frozen=True)
class RankingScores:
    """Means, and the two scores of each class by class index."""

    means: ScoreSet
    roc_auc: dict[int, Estimate]
    average_precision: dict[int, Estimate]


def ranking_scores(
    labels: np.ndarray,
    blocks: ProbabilityBlocks,
    class_names: Sequence[str],
    classes: np.ndarray,
    level: float,
) -> RankingScores:
    """One-vs-rest ROC AUC and average precision.

    A class without positives, without negatives or without a column has neither, and the note says so; the means are
    over the others. All samples are ranked for each class, whatever the class filter.

    Args:
        labels: (n,) int32 class of each scored sample, in the order of ``blocks.positions``.
        classes: indices of the classes to rank: the chosen ones that occur.
        level: coverage. A class's interval is Wilson's at the effective sample size of its variance; a mean's
            variance is that of the samples' summed influence, stratified by label. Both reach as far down as that of
            the value less its bias, which average precision has.
    """
    means = ScoreSet()
    support = np.bincount(labels, minlength=len(class_names))
    rankable = (support > 0) & (support < len(labels)) & (blocks.columns >= 0)
    ranked = classes[rankable[classes]]
    _note_left_out(means, [class_names[index] for index in classes[~rankable[classes]]], len(ranked))
    if len(ranked) == 0:
        return RankingScores(means, {}, {})
    by_score = _rank_in_blocks(labels, blocks, ranked, len(class_names))
    by_class = [
        _add_mean(means, name, score, labels, ranked, level)
        for name, score in zip(RANKING_SCORES, by_score, strict=True)
    ]
    return RankingScores(means, *by_class)


def _note_left_out(means: ScoreSet, names: Sequence[str], ranked_count: int) -> None:
    need = "a class needs samples with and without its label, and a column of probabilities"
    if ranked_count == 0:
        means.lack(RANKING_SCORES, f"No class can be ranked: {need}.")
    elif names:
        classes = "1 class" if len(names) == 1 else f"{len(names):,} classes"
        means.notes.append(f"ROC AUC and average precision leave out {classes} ({need}): {name_some(names)}.")


def _rank_in_blocks(
    labels: np.ndarray, blocks: ProbabilityBlocks, classes: np.ndarray, class_count: int
) -> tuple[RankedClasses, RankedClasses]:
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(class_count + 1))
    block_width = max(1, BLOCK_CELLS // len(labels))
    total = _empty_ranking(len(labels))
    with ThreadPoolExecutor(THREADS) as threads:
        for first in range(0, len(classes), block_width):
            in_block = classes[first : first + block_width]
            positives = [order[starts[index] : starts[index + 1]] for index in in_block]
            columns = blocks.read(in_block)
            shares = [
                slice(part * len(columns) // THREADS, (part + 1) * len(columns) // THREADS) for part in range(THREADS)
            ]
            jobs = [threads.submit(_rank_columns, columns[share], positives[share]) for share in shares]
            for part in [job.result() for job in jobs]:
                for mine, theirs in zip(total, part, strict=True):
                    mine.extend(theirs)
    return total


def _empty_ranking(sample_count: int) -> tuple[RankedClasses, RankedClasses]:
    return RankedClasses(np.zeros(sample_count)), RankedClasses(np.zeros(sample_count))


def _rank_columns(columns: np.ndarray, positives: Sequence[np.ndarray]) -> tuple[RankedClasses, RankedClasses]:
    ranking = _empty_ranking(columns.shape[1])
    for column, positive_rows in zip(columns, positives, strict=True):
        steps = Steps.of(column, positive_rows)
        for scored, score in zip(ranking, (roc_auc(steps), average_precision(steps)), strict=True):
            scored.values.append(score.value)
            scored.variances.append(variance(steps, score))
            scored.biases.append(score.bias)
            scored.unseen += unseen_variance(steps, score)
            add_influence(scored.influence, steps, score, positive_rows)
    return ranking


def _add_mean(
    means: ScoreSet, name: str, score: RankedClasses, labels: np.ndarray, classes: np.ndarray, level: float
) -> dict[int, Estimate]:
    """Add the mean of a score; returns the score by class."""
    values, variances = np.array(score.values), np.array(score.variances)
    unbiased = np.maximum(values - score.biases, 0)
    positives = np.bincount(labels)[classes]
    fewer = np.minimum(positives, len(labels) - positives)
    intervals = _reaching(values, unbiased, variances, fewer, level)
    variance = (_influence_variance(score.influence, labels) + score.unseen) / len(values) ** 2
    mean, trials = values.mean(keepdims=True), len(values) ** 2 / np.sum(1 / fewer, keepdims=True)
    low, high = _reaching(mean, unbiased.mean(keepdims=True), np.array([variance]), trials, level)
    means.add(name, float(mean[0]), (float(low[0]), float(high[0])))
    return dict(zip(classes.tolist(), estimates(values, intervals), strict=True))


def _reaching(
    values: np.ndarray, unbiased: np.ndarray, variances: np.ndarray, fallback_trials: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Intervals of values, which reach as far down as those of the values less their bias."""
    low, _ = effective_wilson_interval(unbiased, variances, fallback_trials, level)
    as_is, high = effective_wilson_interval(values, variances, fallback_trials, level)
    return np.minimum(low, as_is), high


def _influence_variance(influence: np.ndarray, labels: np.ndarray) -> float:
    """Variance of a sum over classes: the spread of the samples' influence within their labels."""
    counts = np.maximum(np.bincount(labels), 1)
    sums = np.bincount(labels, weights=influence)
    return float(np.sum((influence - (sums / counts)[labels]) ** 2))

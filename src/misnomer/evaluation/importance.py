"""Importance: how much each metric tells about the model being right, against what noise would seem to tell."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from misnomer.errors import LengthMismatch
from misnomer.evaluation.binning import MINIMUM_COUNT, equal_count_bins
from misnomer.evaluation.correlation import Correlation, adjusted_p_values, correlate
from misnomer.evaluation.information import chance_information
from misnomer.evaluation.noise_floor import CutMetric, noise_floor, permutes_jointly
from misnomer.evaluation.ordered_metric import OrderedMetric, order_metric
from misnomer.evaluation.results import MetricImportance, Rows
from misnomer.evaluation.within_classes import adjusted_importance

MAXIMUM_BINS = 32
NAMED = 3  # metrics that the sentence names


@dataclass(frozen=True)
class _Examined:
    """What one metric says by itself; ``reason`` why it cannot be given an importance."""

    key: str
    sample_count: int
    reason: str | None = None
    share: float = 0.0
    adjusted: float | None = None
    correlation: Correlation | None = None
    cut: CutMetric | None = None


def importance(
    right: np.ndarray,
    metrics: Mapping[str, np.ndarray],
    titles: Mapping[str, str],
    labels: np.ndarray | None = None,
    *,
    permutations: int = 200,
    seed: int = 0,
) -> Rows[MetricImportance]:
    """Importance I(R; m) / H(R) of each metric, its noise floor, adjusted importance and correlation.

    Each metric is judged on the samples where it is known, cut into equal-count bins of at least 20 (at most 32).
    What the plug-in estimate shows on average for a metric of noise is taken off; what is then below 0 is shown as 0.
    A metric that cannot be judged (constant, known for too few samples) comes with a ``reason`` and importance 0.

    Args:
        right: (N,) bool, whether each sample was predicted right.
        metrics: by key, (N,) float64, NaN where missing.
        titles: name of each metric for people, by key; the key where there is none.
        labels: (N,) int, class index, −1 without a label; without it there is no adjusted importance.
        permutations: permutations behind the noise floor.
        seed: of the permutations.

    Returns:
        Most important first, then by key; those with a reason last.

    Raises:
        LengthMismatch: inputs of different lengths.

    Source: bias, Vinh, Epps & Bailey 2010; floor, the maximum statistic of Westfall & Young 1993.
    """
    wrong = ~np.asarray(right, bool)
    if labels is not None:
        labels = _narrow_labels(labels, len(wrong))
    jointly = permutes_jointly(len(wrong), len(metrics))
    examine = partial(_examine, wrong=wrong, labels=labels, jointly=jointly)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        examined = list(threads.map(examine, metrics.keys(), metrics.values()))
    cuts = [one.cut for one in examined if one.cut is not None]
    floor = noise_floor(cuts, int(wrong.sum()), len(wrong), permutations, seed)
    p_values = _adjusted(examined)
    rows = [_row(one, titles.get(one.key, one.key), floor, p_values.get(one.key)) for one in examined]
    return Rows(sorted(rows, key=lambda row: (row.reason is not None, -row.importance, row.metric)))


def _narrow_labels(labels: np.ndarray, sample_count: int) -> np.ndarray:
    labels = np.asarray(labels)
    if labels.shape != (sample_count,):
        raise LengthMismatch(
            f"{labels.size:,} labels but {sample_count:,} outcomes.",
            hint="Give one label for each sample, −1 where there is none.",
        )
    return labels.astype(np.min_scalar_type(-1 - int(labels.max(initial=0))))


def _examine(key: str, values: np.ndarray, *, wrong: np.ndarray, labels: np.ndarray | None, jointly: bool) -> _Examined:
    metric = order_metric(key, values, len(wrong))
    known_wrong = wrong[metric.rows]
    bins = equal_count_bins(metric, max(1, min(MAXIMUM_BINS, len(metric.values) // MINIMUM_COUNT)))
    count, wrong_count = len(metric.values), int(known_wrong.sum())
    correlation = correlate(metric, ~known_wrong)
    reason = _reason(metric, wrong_count, len(wrong), len(bins.counts))
    if reason is not None:
        return _Examined(key, count, reason, correlation=correlation)
    rows = metric.rows if jointly else None
    cut = CutMetric(bins.counts, rows, chance_information(bins.counts, wrong_count))
    return _Examined(
        key,
        count,
        share=float(cut.importance(bins.sums(known_wrong))),
        adjusted=None if labels is None else adjusted_importance(metric, known_wrong, labels),
        correlation=correlation,
        cut=cut,
    )


def _reason(metric: OrderedMetric, wrong_count: int, sample_count: int, bin_count: int) -> str | None:
    """Why nothing can be told about a metric, if so."""
    count = len(metric.values)
    where = "" if count == sample_count else " where it is known"
    if count and wrong_count in (0, count):
        return f"all {count:,} predictions are {'wrong' if wrong_count else 'right'}{where}"
    if count < 2 * MINIMUM_COUNT:
        return f"known for {count:,} of {sample_count:,} samples, at least {2 * MINIMUM_COUNT} are needed"
    if len(metric.run_starts) == 1:
        return f"the same for all {count:,} samples{where}"
    if bin_count == 1:
        return f"{metric.run_lengths.max():,} of {count:,} samples have the same value"
    return None


def _adjusted(examined: Sequence[_Examined]) -> dict[str, tuple[float, float]]:
    """Spearman's and Pearson's adjusted p-value of each metric that has a correlation."""
    shown = {one.key: one.correlation for one in examined if one.correlation is not None}
    spearman = adjusted_p_values(np.array([c.spearman_p_value for c in shown.values()]))
    pearson = adjusted_p_values(np.array([c.pearson_p_value for c in shown.values()]))
    return dict(zip(shown, zip(spearman.tolist(), pearson.tolist(), strict=True), strict=True))


def _row(examined: _Examined, title: str, floor: float, p_values: tuple[float, float] | None) -> MetricImportance:
    correlation = examined.correlation
    p_value, pearson_p_value = p_values or (None, None)
    adjusted = examined.adjusted
    return MetricImportance(
        metric=examined.key,
        title=title,
        sample_count=examined.sample_count,
        reason=examined.reason,
        importance=max(examined.share, 0.0),
        noise_floor=max(floor, 0.0),
        significant=examined.reason is None and examined.share > max(floor, 0.0),
        adjusted_importance=None if adjusted is None else max(adjusted, 0.0),
        spearman=correlation.spearman if correlation else None,
        pearson=correlation.pearson if correlation else None,
        p_value=p_value,
        pearson_p_value=pearson_p_value,
    )


def importance_sentence(rows: Sequence[MetricImportance], *, drawn_from: int | None = None) -> str:
    """What the ranking says, or that it says nothing, in one sentence.

    Args:
        drawn_from: how many samples there are, if the rows are of some drawn from them.
    """
    judged = [row for row in rows if row.reason is None]
    if not judged:
        return _nothing_judged(rows)
    samples = f"{max(row.sample_count for row in judged):,} samples"
    if drawn_from is not None:
        samples += f" drawn from {drawn_from:,}"
    found = [row for row in judged if row.significant]
    if not found:
        return f"No metric is distinguishable from noise on {samples}."
    count = f"{len(found)} of {len(judged)} metrics {'stands' if len(found) == 1 else 'stand'}"
    named = ", ".join(_finding(row) for row in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"{count} out of the noise on {samples}: {named}{more}."


def _nothing_judged(rows: Sequence[MetricImportance]) -> str:
    if not rows:
        return "There is no metric to judge."
    titles: dict[str, list[str]] = {}
    for row in rows:
        titles.setdefault(row.reason or "", []).append(row.title)
    if len(titles) == 1:
        return f"No metric can be judged: {next(iter(titles))}."
    commonest = sorted(titles.items(), key=lambda one: -len(one[1]))
    named = "; ".join(f"{_some(of_reason)}: {reason}" for reason, of_reason in commonest[:NAMED])
    return f"No metric can be judged. {named}{'; …' if len(titles) > NAMED else '.'}"


def _some(titles: Sequence[str]) -> str:
    """The titles, of many only the first.

    >>> _some(["Red", "Green", "Blue", "Brightness", "Contrast"])
    'Red, Green, Blue and 2 more'
    """
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    return ", ".join(titles[:NAMED]) + more


def _finding(row: MetricImportance) -> str:
    """One metric that stands out: in which direction, and whether it does so within the classes."""
    said = []
    if row.spearman is not None and row.p_value is not None and row.p_value < 0.05:
        said.append(f"better where {'high' if row.spearman > 0 else 'low'}")
    if row.adjusted_importance is not None and row.adjusted_importance < row.importance / 4:
        said.append("little of it within a class")
    return f"{row.title} ({', '.join(said)})" if said else row.title

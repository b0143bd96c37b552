"""Calibration: does a confidence of 0.8 mean right in 80 of 100 cases?"""

from dataclasses import dataclass

import numpy as np

from misnomer.evaluation.edges import count_edges_below
from misnomer.evaluation.intervals import wilson_interval
from misnomer.evaluation.results import ReliabilityBin

DRAWS = 1000
FACTORS = np.linspace(0, 2.5, 26)


@dataclass(frozen=True)
class ConfidenceBins:
    """Samples by bin of confidence; only bins that hold samples.

    Attributes:
        low, high: (B,) edges; a bin holds confidences in (low, high].
        counts: (B,) int64.
        right: (B,) int64 right predictions.
        confidence_sums: (B,) float64.
    """

    low: np.ndarray
    high: np.ndarray
    counts: np.ndarray
    right: np.ndarray
    confidence_sums: np.ndarray

    @property
    def gaps(self) -> np.ndarray:
        """(B,) accuracy − mean confidence."""
        return np.asarray((self.right - self.confidence_sums) / self.counts)

    @property
    def weights(self) -> np.ndarray:
        """(B,) fraction of the samples."""
        return np.asarray(self.counts / self.counts.sum())


def equal_width_bins(confidence: np.ndarray, right: np.ndarray, bin_count: int) -> ConfidenceBins:
    """Bins of equal width over [0, 1], closed above, the first also below (Guo et al. 2017)."""
    return _bins(confidence, right, np.linspace(0, 1, bin_count + 1))


def equal_mass_bins(confidence: np.ndarray, right: np.ndarray, bin_count: int) -> ConfidenceBins:
    """Bins of as equal a number of samples as ties allow: equal confidences are in one bin (Nixon et al. 2019)."""
    ranked = np.sort(confidence)
    ends = ranked[np.unique(np.arange(1, bin_count + 1) * len(ranked) // bin_count - 1)]
    inner = np.unique(ends)[:-1]
    return _bins(confidence, right, np.concatenate([[0.0], inner, [1.0]]))


def _bins(confidence: np.ndarray, right: np.ndarray, edges: np.ndarray) -> ConfidenceBins:
    index = count_edges_below(confidence, edges[1:-1], side="left")
    counts = np.bincount(index, minlength=len(edges) - 1)
    kept = counts > 0
    return ConfidenceBins(
        edges[:-1][kept],
        edges[1:][kept],
        counts[kept],
        np.bincount(index[right], minlength=len(edges) - 1)[kept],
        np.bincount(index, weights=confidence, minlength=len(edges) - 1)[kept],
    )


def calibration_error(bins: ConfidenceBins) -> float:
    """Expected calibration error: Σ (samples of the bin / N) · |accuracy − mean confidence|."""
    return float(np.sum(bins.weights * np.abs(bins.gaps)))


def calibration_interval(bins: ConfidenceBins, level: float, seed: int) -> tuple[tuple[float, float], float]:
    """Interval of the calibration error, and the error that a perfectly calibrated model would show by chance.

    An absolute value is biased upwards by noise, most of all where the model is nearly calibrated, and a bootstrap
    doubles that bias. So the interval holds the errors under which the one observed is not surprising: the gaps are
    scaled by factors from 0 (perfect calibration) to 2.5, each time drawn 1,000 times (seeded) with the noise of the
    bins' gaps and sizes; factors are kept under which the error lies within the central draws. The observed error
    is always inside.

    Returns:
        ((low, high), chance): ``chance`` is the upper end of the errors of a perfectly calibrated model.

    Source: inversion of a parametric bootstrap test, Davison & Hinkley 1997, §5.2; Kumar et al. 2019 on the bias.
    """
    error = calibration_error(bins)
    # Two pseudo-observations at the bin's confidence keep the noise of a bin of one outcome above 0.
    confidence = bins.confidence_sums / bins.counts
    accuracy = (bins.right + 2 * confidence) / (bins.counts + 2)
    random = np.random.default_rng(seed)
    noise = np.sqrt(np.maximum(accuracy * (1 - accuracy), 0) / bins.counts)
    noise = noise * random.standard_normal((DRAWS, len(noise)))
    sample_count = int(bins.counts.sum())
    weights = random.multinomial(sample_count, bins.weights, DRAWS) / sample_count
    drawn = np.stack([np.einsum("ij,ij->i", weights, np.abs(f * bins.gaps + noise)) for f in FACTORS])
    lower, upper = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=1)
    # Both rise with the factor, but for wiggles where the noise rules.
    low, high = (float(np.interp(error, np.maximum.accumulate(ends), FACTORS)) for ends in (upper, lower))
    return (low * error, min(1.0, max(1.0, high) * error)), min(1.0, float(upper[0]))


def reliability_bins(bins: ConfidenceBins, level: float) -> tuple[ReliabilityBin, ...]:
    """The reliability diagram: accuracy by bin of confidence."""
    low, high = wilson_interval(bins.right, bins.counts, level)
    rows = zip(bins.low, bins.high, bins.counts, bins.confidence_sums, bins.right, low, high, strict=True)
    return tuple(
        ReliabilityBin(
            low=start,
            high=end,
            sample_count=int(count),
            mean_confidence=confidence_sum / count,
            accuracy=right / count,
            interval=(bound_low, bound_high),
        )
        for start, end, count, confidence_sum, right, bound_low, bound_high in rows
    )

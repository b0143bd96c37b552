"""From counts and, where there are any, probabilities to an Evaluation: the one path of ``score`` and of projects."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from misnomer import settings
from misnomer.errors import InputError
from misnomer.evaluation.class_filter import counts_shown, membership, occurring_classes, selected_indices
from misnomer.evaluation.confusion import confused_pairs, confusion_matrix
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.intervals import interval_level
from misnomer.evaluation.probability_scores import (
    CALIBRATION_SCORES,
    VECTOR_SCORES,
    ProbabilityColumns,
    probability_scores,
)
from misnomer.evaluation.ranking import RANKING_SCORES, ProbabilityBlocks, RankingScores, ranking_scores
from misnomer.evaluation.results import Evaluation, ReliabilityBin
from misnomer.evaluation.score_set import ScoreSet
from misnomer.evaluation.scores import class_scores, scores_from_counts
from misnomer.schema import MissingPolicy


@dataclass(frozen=True)
class Coverage:
    """How many samples there are (under a class filter: are shown), and how many have a label, a prediction."""

    sample_count: int
    labelled_count: int
    predicted_count: int


def evaluate_counts(
    counts: ConfusionCounts,
    class_names: Sequence[str],
    *,
    selected: Sequence[str] | None = None,
    coverage: Coverage | None = None,
    missing_policy: MissingPolicy = "exclude",
    probabilities: ProbabilityColumns | None = None,
    blocks: ProbabilityBlocks | None = None,
    model: str | None = None,
    level: float | None = None,
) -> Evaluation:
    """Every score that counts and probabilities give, under the class filter.

    Args:
        counts: labels and predictions of the filter's samples, those without prediction as −1, before the class
            filter.
        class_names: names of the K classes in index order.
        selected: names of the chosen classes; None: all.
        coverage: of the samples shown, those without label included; None: all have one.
        missing_policy: what a sample without prediction counts as: left out, wrong, or an error.
        probabilities: of the samples that have them, before the class filter.
        blocks: the matrix, for ROC AUC and average precision, over the same samples as ``probabilities``.
        model: name of the model.
        level: coverage of the intervals; None: the setting ``confidence_level``.

    Raises:
        UnknownName: a chosen class that does not exist.
        InputError: a sample without prediction under the policy "error".
    """
    indices = selected_indices(selected, class_names)
    member = membership(indices, counts.class_count)
    level = interval_level(level)
    coverage = coverage or coverage_of(counts, member)
    counts, notes = _apply_missing_policy(counts, missing_policy)
    scores = scores_from_counts(counts, class_names, indices, level)
    from_columns, reliability = _from_columns(probabilities, member, level)
    ranking = _ranking(probabilities, blocks, class_names, occurring_classes(counts, indices), level)
    for part in (from_columns, ranking.means):
        scores.include(part)
    return Evaluation.model_construct(
        model=model,
        sample_count=coverage.sample_count,
        labelled_count=coverage.labelled_count,
        predicted_count=coverage.predicted_count,
        missing_policy=missing_policy,
        scores=scores.scores,
        not_available=scores.not_available,
        notes=(*notes, *scores.notes),
        classes=class_scores(
            counts,
            class_names,
            indices,
            level,
            roc_auc=ranking.roc_auc,
            average_precision=ranking.average_precision,
        ),
        confusion=confusion_matrix(counts, class_names, indices),
        confused_pairs=confused_pairs(counts, class_names, indices),
        reliability=reliability,
    )


def coverage_of(counts: ConfusionCounts, member: np.ndarray) -> Coverage:
    """Coverage of the labelled samples shown; ``member`` is of ``class_filter.membership``."""
    shown = counts_shown(counts, member)
    return Coverage(shown.total, shown.total, shown.total - shown.without_prediction)


def _apply_missing_policy(
    counts: ConfusionCounts, missing_policy: MissingPolicy
) -> tuple[ConfusionCounts, tuple[str, ...]]:
    missing = counts.without_prediction
    if missing == 0:
        return counts, ()
    sentence = f"{missing:,} of {counts.total:,} labelled samples have no prediction"
    if missing_policy == "error":
        raise InputError(
            f"{sentence}.", hint="Predict them, or count them as wrong or leave them out (missing policy)."
        )
    if missing_policy == "wrong":
        return counts, (f"{sentence} and count as wrong; scores from probabilities leave them out.",)
    return counts.predicted_only(), (f"{sentence} and are left out.",)


def _from_columns(
    probabilities: ProbabilityColumns | None, member: np.ndarray, level: float
) -> tuple[ScoreSet, tuple[ReliabilityBin, ...] | None]:
    if probabilities is None:
        scores = ScoreSet()
        scores.lack((*VECTOR_SCORES, *CALIBRATION_SCORES), "Needs probabilities; only classes were given.")
        return scores, None
    return probability_scores(
        probabilities.of_classes(member),
        level=level,
        top_k=settings.get_int("top_k"),
        bin_count=settings.get_int("calibration_bins"),
        seed=settings.get_int("seed"),
    )


def _ranking(
    probabilities: ProbabilityColumns | None,
    blocks: ProbabilityBlocks | None,
    class_names: Sequence[str],
    classes: np.ndarray,
    level: float,
) -> RankingScores:
    means = ScoreSet()
    if probabilities is None or blocks is None:
        means.lack(RANKING_SCORES, "Needs the probabilities of all classes.")
        return RankingScores(means, {}, {})
    cells, limit = len(probabilities.label) * len(classes), settings.get_int("max_ranked_cells")
    if cells > limit:
        reason = f"Would rank {cells:,} probabilities, more than the {limit:,} of the setting max_ranked_cells."
        means.lack(RANKING_SCORES, reason)
        return RankingScores(means, {}, {})
    return ranking_scores(probabilities.label, blocks, class_names, classes, level)

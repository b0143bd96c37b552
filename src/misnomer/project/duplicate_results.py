"""What a project answers about its duplicates."""

from typing import Literal

from misnomer.evaluation.results import Evaluation, Result

DuplicateKind = Literal["exact", "near", "mirrored"]


class DuplicateSample(Result):
    """One member of a group; ``version`` changes with its image; ``predictions`` by model. All but the ``kept`` one
    are copies."""

    id: int
    version: str | None
    key: str
    label: str | None
    split: str | None
    width: int | None
    height: int | None
    predictions: dict[str, str]
    kept: bool


class DuplicateGroup(Result):
    """Samples that show the same, the kept one (largest area, then first key) first, then by key.

    Attributes:
        kind: exact when all have equal pixels; mirrored when it needs a mirrored copy to hold together; else near.
        contradictory_labels: two members bear different labels.
        contradictory_predictions: a model predicts different classes for two members.
        crosses_splits: two members are in different splits.
    """

    kind: DuplicateKind
    kept: str
    samples: tuple[DuplicateSample, ...]
    contradictory_labels: bool
    contradictory_predictions: bool
    crosses_splits: bool


class ThresholdCount(Result):
    """How many copies there are when near means a cosine of at least ``threshold`` (or the hash)."""

    threshold: float
    copy_count: int


class DuplicateReport(Result):
    """Groups of duplicates: those with contradictory labels first, then those that cross splits, then the largest.

    Attributes:
        threshold: cosine from which two embeddings are near.
        bits: of the 64 of their hashes in which near images differ at most.
        embedding: name of the embedding compared; None: only hashes were.
        compared_count: images compared; less than the project's before `misnomer compute` is done.
        group_count, sample_count, copy_count: groups, samples in them, samples but for the kept ones.
        exact_group_count, mirrored_group_count: groups of these kinds.
        contradictory_label_count, contradictory_prediction_count, crossing_count: groups with each flag.
        threshold_counts: copies in the whole project at other thresholds, when links of the kind count; empty without
            an embedding.
    """

    threshold: float
    bits: int
    embedding: str | None
    compared_count: int
    group_count: int
    sample_count: int
    copy_count: int
    exact_group_count: int
    mirrored_group_count: int
    contradictory_label_count: int
    contradictory_prediction_count: int
    crossing_count: int
    threshold_counts: tuple[ThresholdCount, ...]
    groups: tuple[DuplicateGroup, ...]


class DeduplicatedEvaluation(Result):
    """Scores of all samples of a filter, and of those that are neither copies nor leaks.

    Attributes:
        copy_count: samples left out since another of their group is kept.
        leak_count: further samples left out since a duplicate of theirs is in another split.
    """

    all_samples: Evaluation
    without_duplicates: Evaluation
    copy_count: int
    leak_count: int

"""Evaluations written out by hand, for the tests of charts and report."""

import numpy as np

from misnomer.evaluation.results import (
    BinnedRate,
    ClassBins,
    ClassScores,
    ConfusedPair,
    ConfusionMatrix,
    Estimate,
    Evaluation,
    MetricImportance,
    MetricPerformance,
    ReliabilityBin,
    Triples,
)

NAMES = ("charmander", "mewtwo", "pikachu", "squirtle")
COUNTS = np.array([[37, 0, 15, 1], [0, 36, 0, 2], [4, 0, 26, 2], [1, 6, 4, 31]])
HOSTILE_NAMES = (
    'a"b',
    "it's",
    "dots.and[brackets]",
    "<script>alert(1)</script>",
    "back\\slash",
    "new\nline",
    "nul\x00bell\x07",
    "",
    "中文 😀 é",
    "right\u202eleft",
    "very long " * 100,
    "__proto__",
    "datum['x']",
    "{{ 7 * 7 }}",
    "&amp;",
    "]]>",
)


def estimate(value: float, margin: float = 0.08) -> Estimate:
    return Estimate(value=value, interval=(max(0.0, value - margin), min(1.0, value + margin)))


def evaluation(
    counts: np.ndarray = COUNTS, names: tuple[str, ...] = NAMES, *, model: str | None = "linear", metrics: int = 11
) -> Evaluation:
    """An evaluation of every kind of result, with the given (K, K) counts by [label, prediction]."""
    labels, predictions = np.nonzero(counts)
    triples = np.stack([labels, predictions, counts[labels, predictions]], axis=1)
    return Evaluation(
        model=model,
        sample_count=int(counts.sum()) + 20,
        labelled_count=int(counts.sum()) + 10,
        predicted_count=int(counts.sum()),
        missing_policy="exclude",
        scores={name: estimate(0.7879) for name in ("accuracy", "precision_macro", "recall_macro", "f1_macro")},
        not_available={"roc_auc_ovr": "Needs the probabilities of all classes."},
        notes=("Top-k accuracy is with k = 3.",),
        classes=class_scores(counts, names),
        confusion=ConfusionMatrix(classes=names, counts=Triples(triples.astype(np.int64))),
        confused_pairs=confused_pairs(counts, names),
        importance=importance_rows(metrics),
        importance_sentence="Two metrics stand out of the noise.",
        reliability=tuple(
            ReliabilityBin(
                low=i / 10,
                high=(i + 1) / 10,
                sample_count=10 * i,
                mean_confidence=i / 10 + 0.05,
                accuracy=i / 10,
                interval=(max(0, i / 10 - 0.1), i / 10 + 0.1),
            )
            for i in range(10)
        ),
    )


def class_scores(counts: np.ndarray, names: tuple[str, ...]) -> tuple[ClassScores, ...]:
    right, support, predicted = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    return tuple(
        ClassScores(
            name=name,
            support=int(support[i]),
            predicted=int(predicted[i]),
            precision=estimate(right[i] / max(predicted[i], 1)),
            recall=estimate(right[i] / max(support[i], 1)),
            f1=estimate(2 * right[i] / max(support[i] + predicted[i], 1)),
        )
        for i, name in enumerate(names)
    )


def confused_pairs(counts: np.ndarray, names: tuple[str, ...], limit: int = 50) -> tuple[ConfusedPair, ...]:
    labels, predictions = np.nonzero(counts * ~np.eye(len(counts), dtype=bool))
    order = np.argsort(-counts[labels, predictions], kind="stable")[:limit]
    return tuple(
        ConfusedPair(
            label=names[i],
            prediction=names[j],
            count=int(counts[i, j]),
            support=int(counts[i].sum()),
            reverse_count=int(counts[j, i]),
            direction="one-way",
        )
        for i, j in zip(labels[order], predictions[order], strict=True)
    )


def importance_rows(count: int) -> tuple[MetricImportance, ...]:
    return tuple(
        MetricImportance(
            metric=f"metric_{i}",
            title=f"Metric {i}",
            sample_count=165,
            importance=0.31 / (i + 1),
            noise_floor=0.12,
            significant=0.31 / (i + 1) > 0.12,
            adjusted_importance=0.2 / (i + 1),
            spearman=(-1) ** i * 0.31 / (i + 1),
            pearson=(-1) ** i * 0.2 / (i + 1),
            p_value=min(1.0, 0.001 * 4**i),
            pearson_p_value=min(1.0, 0.002 * 4**i),
        )
        for i in range(count)
    )


def performance(
    classes: tuple[str, ...] = (), *, bins: int = 5, metric: str = "red_values", title: str = "Red Values"
) -> MetricPerformance:
    rates = tuple(
        BinnedRate(low=i / bins, high=(i + 1) / bins, sample_count=20 + i, rate=0.8 - 0.1 * i, interval=(0.3, 0.9))
        for i in range(bins)
    )
    return MetricPerformance(
        metric=metric,
        title=title,
        rate="recall",
        sample_count=110,
        overall=0.7879,
        trend_p_value=0.4,
        sentence="No trend beyond chance (p = 0.40).",
        bins=rates,
        classes=tuple(ClassBins(name=name, bins=rates) for name in classes),
    )


def large_counts(class_count: int, seed: int = 0) -> np.ndarray:
    """Counts with a strong diagonal and confusions within groups of five classes."""
    rng = np.random.default_rng(seed)
    counts = np.diag(rng.integers(10, 60, class_count))
    for group in np.array_split(rng.permutation(class_count), max(class_count // 5, 1)):
        counts[np.ix_(group, group)] += rng.integers(0, 6, (group.size, group.size))
    return counts


def hostile_counts() -> np.ndarray:
    size = len(HOSTILE_NAMES)
    return np.full((size, size), 2) + 20 * np.eye(size, dtype=int)

"""How often the 95% intervals hold the truth, by simulation.

    python benchmarks/coverage.py [--sets N] [--classes K …]

Sets of samples are drawn from known rows of the confusion matrix for the scores from counts, with a fixed number of
each label and with labels drawn too ("fixed/drawn"); for those from probabilities from a known distribution of logits,
the labels fixed. Aim: at 5 or more samples a class, 92% or more of the intervals hold the truth. Seeded.
"""

import argparse
from collections.abc import Iterator

import numpy as np

from misnomer import score
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.scores import scores_from_counts

COUNT_SCORES = (
    "accuracy",
    *(f"{rate}_macro" for rate in ("recall", "precision", "f1")),
    "precision_weighted",
    "f1_weighted",
    "matthews_corrcoef",
    "cohen_kappa",
)
PROBABILITY_SCORES = ("top_k_accuracy", "average_precision_macro", "roc_auc_ovr", "log_loss", "brier_score")
SHAPES = (
    ("uniform", "balanced"),
    ("concentrated", "balanced"),
    ("uniform", "long tail"),
    ("concentrated", "long tail"),
)


def rows_of(class_count: int, accuracy: float, confusion: str) -> np.ndarray:
    """(K, K) probability of each prediction, by label: what is wrong spread evenly, or over the next two classes."""
    rows = np.full((class_count, class_count), (1 - accuracy) / (class_count - 1))
    if confusion == "concentrated" and class_count > 2:
        rows[:] = 0
        for step, share in ((1, 0.8), (2, 0.2)):
            rows[np.arange(class_count), (np.arange(class_count) + step) % class_count] = share * (1 - accuracy)
    np.fill_diagonal(rows, accuracy)
    return rows


def support_of(class_count: int, mean: int, shape: str) -> np.ndarray:
    """(K,) samples of each label: equal, or falling as a power of the class's place."""
    weights = np.arange(1, class_count + 1) ** (-0.7 if shape == "long tail" else 0.0)
    return np.maximum(np.round(weights / weights.mean() * mean), 1).astype(np.int64)


def count_coverage(rows: np.ndarray, support: np.ndarray, sets: int, *, drawn: bool) -> dict[str, float]:
    """Share of the intervals of each score from counts that hold the truth."""
    generator = np.random.default_rng(0)
    names = [str(index) for index in range(len(support))]
    endless = np.round(support[:, None] * rows * 1e9).astype(np.int64)
    truth = scores_from_counts(ConfusionCounts.from_matrix(endless), names).scores
    held = dict.fromkeys(COUNT_SCORES, 0)
    for _ in range(sets):
        of_labels = generator.multinomial(support.sum(), support / support.sum()) if drawn else support
        scores = scores_from_counts(ConfusionCounts.from_matrix(generator.multinomial(of_labels, rows)), names).scores
        for name in COUNT_SCORES:
            interval = scores[name].interval
            held[name] += interval is not None and interval[0] <= truth[name].value <= interval[1]
    return {name: count / sets for name, count in held.items()}


def draw(generator: np.random.Generator, support: np.ndarray, margin: float) -> tuple[np.ndarray, np.ndarray]:
    """Labels and (N, K) probabilities; the label's logit lies ``margin`` above the others'."""
    labels = np.repeat(np.arange(len(support)), support)
    logits = generator.normal(size=(len(labels), len(support)))
    logits[np.arange(len(labels)), labels] += margin
    exponentials = np.exp(logits)
    return labels, exponentials / exponentials.sum(axis=1, keepdims=True)


def probability_coverage(support: np.ndarray, margin: float, sets: int) -> dict[str, float]:
    """Share of the intervals of each score from probabilities that hold the truth, known from 300,000 samples."""
    generator = np.random.default_rng(0)
    labels, probabilities = draw(generator, support * (300_000 // support.sum()), margin)
    truth = score(labels, probabilities=probabilities).scores
    held = {name: 0 for name in PROBABILITY_SCORES if name in truth}
    for _ in range(sets):
        labels, probabilities = draw(generator, support, margin)
        scores = score(labels, probabilities=probabilities).scores
        for name in held:
            interval = scores[name].interval
            held[name] += interval is not None and interval[0] <= truth[name].value <= interval[1]
    return {name: count / sets for name, count in held.items()}


def grid(class_counts: list[int], sets: int) -> Iterator[tuple[str, int, list[dict[str, float]]]]:
    """Title, samples a class and coverage, fixed and drawn, of every case of the scores from counts."""
    for class_count in class_counts:
        for samples in (3, 5, 10, 30, 100) if class_count <= 100 else (5, 10):
            for accuracy in (0.5, 0.8, 0.95):
                for confusion, shape in SHAPES if class_count > 2 else SHAPES[::2]:
                    case = f"{class_count:5}{samples:5}{accuracy:6.2f} {confusion:12} {shape:9}"
                    rows, support = rows_of(class_count, accuracy, confusion), support_of(class_count, samples, shape)
                    some = sets if class_count <= 100 else sets // 10
                    yield case, samples, [count_coverage(rows, support, some, drawn=drawn) for drawn in (False, True)]


def print_row(title: str, *coverages: dict[str, float]) -> None:
    shares = zip(*(coverage.values() for coverage in coverages), strict=True)
    print(f"{title:40}  " + "  ".join("/".join(f"{100 * share:.1f}" for share in row) for row in shares), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=int, default=100)
    parser.add_argument("--classes", type=int, nargs="+", default=[2, 4, 20, 100])
    arguments = parser.parse_args()
    print("% of intervals that hold the truth:", ", ".join(COUNT_SCORES))
    mean = {least: [dict.fromkeys(COUNT_SCORES, 0.0) for _ in range(2)] for least in (5, 10)}
    cases = dict.fromkeys(mean, 0)
    for title, samples, coverages in grid(arguments.classes, arguments.sets):
        print_row(title, *coverages)
        for least in (least for least in mean if samples >= least):
            cases[least] += 1
            for of_design, coverage in zip(mean[least], coverages, strict=True):
                for name in COUNT_SCORES:
                    of_design[name] += (coverage[name] - of_design[name]) / cases[least]
    for least, coverages in mean.items():
        print_row(f"mean from {least} samples a class on", *coverages)
    print("classes, samples a class, margin of the label's logit:", ", ".join(PROBABILITY_SCORES))
    for class_count in (count for count in arguments.classes if count in (4, 20)):
        for samples in (5, 10, 50):
            for margin in (1.5, 4.0):
                support = support_of(class_count, samples, "balanced")
                coverage = probability_coverage(support, margin, arguments.sets // 4)
                print_row(f"{class_count:5}{samples:5}{margin:6.1f}", coverage)


if __name__ == "__main__":
    main()

"""How well label errors that people have verified are ranked: misnomer's rankings beside cleanlab's on the same input.

    python benchmarks/verified_label_errors.py --labels labels.npy --verified mnist_mturk.json \\
        --probabilities a.npy [b.npy …] [--vectors embeddings.npy]

The files are those of https://github.com/cleanlab/label-errors: ``original_test_labels/…_labels.npy``, (N,) int;
``cross_validated_predicted_probabilities/…_pyx.npy``, (N, K); ``mturk/…_mturk.json``, what five people each said of the
samples that confident learning had suspected (MNIST, CIFAR-10, CIFAR-100, ImageNet, Caltech-256 and QuickDraw have this
form). A label is in error where fewer than three of the five said that the image shows it. With ``--vectors``, (N, d),
the votes of ten neighbours by cosine are asked, too; ``make_mnist_probabilities.py`` makes the files for MNIST.

Printed for each file of probabilities: the average precision of each ranking among all samples, where those that nobody
judged count as right, though some are not; and among the judged only; how many labels are listed as suspected,
and how many errors are among them. Then means over the files, the share of the
errors among the first E, 2E, 5E and 10E of E errors, and the differences to cleanlab's rankings with their 95%
intervals, by drawing the errors anew. The judged were chosen by cleanlab's method: what it cannot see counts for
nobody.
"""

import argparse
import json
import sys
import warnings
from pathlib import Path

import numpy as np

from label_errors import mean_of_both
from misnomer.evaluation.confident_learning import check_labels, check_rows
from misnomer.evaluation.neighbor_vote import vote_shares

NEIGHBORS = 10
MAJORITY = 3  # of five
DRAWS = 2000
BLOCK_ROWS = 4096
CLEANLAB = ("self_confidence", "normalized_margin", "confidence_weighted_entropy")

Rankings = dict[str, np.ndarray]
"""Scores (N,) by name, the worst labels lowest."""


def read_verified(path: Path, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(N,) bool: which samples were judged, and which labels are in error."""
    judged, wrong = np.zeros(count, bool), np.zeros(count, bool)
    for one in json.loads(path.read_text()):
        judged[one["id"]] = True
        wrong[one["id"]] = one["mturk"]["given"] < MAJORITY
    return judged, wrong


def nearest(vectors: np.ndarray) -> np.ndarray:
    """(N, NEIGHBORS) rows of the nearest others by cosine."""
    unit = vectors.astype(np.float32)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    found = np.empty((len(unit), NEIGHBORS), np.int64)
    for start in range(0, len(unit), BLOCK_ROWS):
        cosines = unit[start : start + BLOCK_ROWS] @ unit.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -2
        found[start : start + BLOCK_ROWS] = np.argpartition(-cosines, NEIGHBORS, axis=1)[:, :NEIGHBORS]
    return found


def rankings(labels: np.ndarray, probabilities: np.ndarray, votes: np.ndarray | None) -> Rankings:
    from cleanlab.rank import get_label_quality_scores

    found: Rankings = {
        f"cleanlab {method}": get_label_quality_scores(labels, probabilities, method=method) for method in CLEANLAB
    }
    found["misnomer"] = check_labels(labels, probabilities).label_quality
    if votes is not None:
        found["misnomer neighbours"] = check_labels(labels, votes + 0.5 / NEIGHBORS).label_quality
        found["misnomer both"] = check_labels(labels, mean_of_both(labels, probabilities, votes)).label_quality
    return found


def suspected(labels: np.ndarray, probabilities: np.ndarray, votes: np.ndarray | None) -> dict[str, np.ndarray]:
    """(N,) bool by name: the labels that are listed."""
    from cleanlab.filter import find_label_issues

    found = {"cleanlab": find_label_issues(labels, probabilities)}
    if votes is None:
        return found | {"misnomer": check_labels(labels, probabilities).suspected}
    mean = mean_of_both(labels, probabilities, votes)
    check = check_rows(labels, lambda rows: mean[rows], mean.shape[1], read_model=lambda rows: probabilities[rows])
    return found | {"misnomer both": check.suspected}


def ahead(scores: np.ndarray, wrong: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each of the E errors: right labels (E,) that are not better, and which errors (E, E) are not."""
    errors = scores[wrong & among]
    right = np.sort(scores[~wrong & among])
    return np.searchsorted(right, errors, side="right"), errors[None, :] <= errors[:, None]


def average_precision(right: np.ndarray, errors: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """As scikit-learn's, of what ``ahead`` has counted, each error taken as often as the weights (n, E) say."""
    before = weights @ errors.T
    precision = before / np.maximum(before + right, 1)
    return np.asarray((weights * precision).sum(axis=1) / weights.sum(axis=1))


def recall(scores: np.ndarray, wrong: np.ndarray, budget: int) -> float:
    """Share of the errors among so many of the worst ranked; of equal ones, as many as is expected by chance."""
    limit = np.sort(scores)[budget - 1]
    below, equal = scores < limit, scores == limit
    share = (budget - below.sum()) / equal.sum()
    return float((below & wrong).sum() + share * (equal & wrong).sum()) / int(wrong.sum())


def compare(labels: np.ndarray, judged: np.ndarray, wrong: np.ndarray, files: list[Path], vectors: list[Path]) -> None:
    draws = np.random.default_rng(0).multinomial(wrong.sum(), np.full(wrong.sum(), 1 / wrong.sum()), DRAWS)
    once = np.ones((1, int(wrong.sum())))
    neighbors = {path.stem: nearest(np.load(path)) for path in vectors} or {"": None}
    budgets = [int(wrong.sum()) * times for times in (1, 2, 5, 10)]
    for place, near in neighbors.items():
        means: dict[str, list[list[float]]] = {}
        drawn: dict[str, np.ndarray] = {}
        print(f"\nneighbours by {place}" if place else "")
        for path in files:
            probabilities = np.load(path).astype(np.float64)
            probabilities /= probabilities.sum(axis=1, keepdims=True)
            votes = None if near is None else vote_shares(labels[near], probabilities.shape[1])
            row = []
            for name, scores in rankings(labels, probabilities, votes).items():
                everything = ahead(scores, wrong, np.ones(len(wrong), bool))
                values = [
                    float(average_precision(*everything, once)[0]),
                    float(average_precision(*ahead(scores, wrong, judged), once)[0]),
                    *(recall(scores, wrong, budget) for budget in budgets),
                ]
                means.setdefault(name, []).append(values)
                drawn[name] = drawn.get(name, 0) + average_precision(*everything, draws) / len(files)
                row.append(f"{name} {values[0]:.3f} ({values[1]:.3f})")
            row += [
                f"listed by {name} {listed.sum()}, errors {(listed & wrong).sum()}"
                for name, listed in suspected(labels, probabilities, votes).items()
            ]
            print(f"{path.stem:20} " + "  ".join(row), flush=True)
        print_means(means, drawn, budgets)


def print_means(means: dict[str, list[list[float]]], drawn: dict[str, np.ndarray], budgets: list[int]) -> None:
    print(f"{'mean':38} all   judged " + " ".join(f"first {budget:<5}" for budget in budgets))
    for name, values in means.items():
        print(
            f"{name:36} "
            + "  ".join(
                f"{value:.3f}     " if i > 1 else f"{value:.3f}" for i, value in enumerate(np.mean(values, axis=0))
            )
        )
    for ours in (name for name in means if name.startswith("misnomer")):
        for theirs in (f"cleanlab {method}" for method in CLEANLAB):
            low, high = np.quantile(drawn[ours] - drawn[theirs], (0.025, 0.975))
            pairs = [(one[0], other[0]) for one, other in zip(means[ours], means[theirs], strict=True)]
            print(
                f"{ours} − {theirs}: {np.mean([a - b for a, b in pairs]):+.3f} ({low:+.3f} to {high:+.3f}), "
                f"better in {sum(one > other for one, other in pairs)} of {len(pairs)}, "
                f"worse in {sum(one < other for one, other in pairs)}"
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--verified", type=Path, required=True)
    parser.add_argument("--probabilities", type=Path, nargs="+", required=True)
    parser.add_argument("--vectors", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    labels = np.load(options.labels).astype(np.int64)
    judged, wrong = read_verified(options.verified, len(labels))
    print(f"{len(labels):,} labels, {judged.sum():,} judged by people, {wrong.sum():,} of them in error")
    compare(labels, judged, wrong, options.probabilities, options.vectors)
    return 0


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(main())

"""Suspected labels: time beside cleanlab on the same input, and how well planted errors are ranked.

    python benchmarks/label_errors.py [N] [K]

Times are of one process each after the other; quote the ratio. The second part plants wrong labels among scikit-learn's
digits, cross-validates classifiers on them, and gives the average precision of the rankings. Claim: with the neighbours
and without, ours is at least as good as cleanlab's default, in every cell.
"""

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

from misnomer.evaluation.confident_learning import check_labels
from misnomer.evaluation.neighbor_vote import odds_weight, vote_shares

REPEATS = 3
ROUNDING = 0.001
NEIGHBORS = 10


def seconds(work: Callable[[], object]) -> float:
    """Best of some runs."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def noisy(sample_count: int, class_count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labels, 5% of them wrong, probabilities, and which are wrong."""
    rng = np.random.default_rng(0)
    right = rng.integers(0, class_count, sample_count)
    scores = rng.standard_normal((sample_count, class_count), dtype=np.float32)
    scores[np.arange(sample_count), right] += 4 + (class_count > 50) * 1.5
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    wrong = rng.random(sample_count) < 0.05
    return np.where(wrong, (right + rng.integers(1, class_count, sample_count)) % class_count, right), scores, wrong


def time_beside_cleanlab(sample_count: int, class_count: int) -> None:
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    labels, probabilities, _ = noisy(sample_count, class_count)

    def theirs() -> np.ndarray:
        get_label_quality_scores(labels, probabilities)
        return find_label_issues(labels, probabilities)

    ours = seconds(lambda: check_labels(labels, probabilities))
    peer = seconds(theirs)
    same = np.array_equal(check_labels(labels, probabilities).suspected, theirs())
    print(
        f"{sample_count:,} × {class_count:,}: {ours:.2f} s, cleanlab on all cores {peer:.2f} s, {peer / ours:.1f} times"
    )
    print(f"the same labels suspected: {same}")


def quality(labels: np.ndarray, shares: np.ndarray) -> np.ndarray:
    return check_labels(labels, shares).label_quality


def mean_of_both(labels: np.ndarray, probabilities: np.ndarray, votes: np.ndarray) -> np.ndarray:
    """As a project has it."""
    right, votes_right = (np.count_nonzero(shares.argmax(axis=1) == labels) for shares in (probabilities, votes))
    weight = odds_weight(right, votes_right, len(labels))
    return weight * probabilities + (1 - weight) * votes


def models() -> dict[str, object]:
    """Three that know what they do not know more or less, and one that is certain of everything."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neural_network import MLPClassifier

    return {
        "logistic": LogisticRegression(max_iter=200),
        "network": MLPClassifier((64,), max_iter=60, random_state=0),
        "forest": RandomForestClassifier(100, random_state=0),
        "bayes": GaussianNB(),
    }


def precision_on_digits(noise: float, kind: str, model: object, seeds: int = 3) -> dict[str, float]:
    """Mean average precision of each ranking; errors to any class ("uniform"), to the next ("pair"), or of ambiguous
    images to the class they most resemble ("ambiguous")."""
    from cleanlab.rank import get_label_quality_scores
    from sklearn.datasets import load_digits
    from sklearn.metrics import average_precision_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.neighbors import NearestNeighbors

    images, right = load_digits(return_X_y=True)
    images = images / 16
    search = NearestNeighbors(n_neighbors=NEIGHBORS + 1, metric="cosine").fit(images)
    neighbors = search.kneighbors(images, return_distance=False)[:, 1:]
    found: dict[str, list[float]] = {}
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        wrong, other = plant(images, right, noise, kind, rng)
        labels = np.where(wrong, other, right)
        folds = StratifiedKFold(5, shuffle=True, random_state=0)
        probabilities = cross_val_predict(model, images, labels, cv=folds, method="predict_proba")
        votes = vote_shares(labels[neighbors], 10)
        rankings = {
            "cleanlab self-confidence": get_label_quality_scores(labels, probabilities),
            "cleanlab margin": get_label_quality_scores(labels, probabilities, method="normalized_margin"),
            "probabilities": quality(labels, probabilities),
            "neighbours": quality(labels, votes + 0.5 / NEIGHBORS),
            "both": quality(labels, mean_of_both(labels, probabilities, votes)),
        }
        for name, values in rankings.items():
            found.setdefault(name, []).append(average_precision_score(wrong, -values))
    return {name: float(np.mean(values)) for name, values in found.items()}


def plant(
    images: np.ndarray, right: np.ndarray, noise: float, kind: str, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Which labels are wrong, and what they are then."""
    count = len(right)
    if kind == "uniform":
        return rng.random(count) < noise, (right + rng.integers(1, 10, count)) % 10
    if kind == "pair":
        return rng.random(count) < noise, (right + 1) % 10
    from sklearn.model_selection import cross_val_predict
    from sklearn.neighbors import KNeighborsClassifier

    seen = cross_val_predict(KNeighborsClassifier(50), images, right, cv=3, method="predict_proba")
    seen[np.arange(count), right] = -1
    weight = seen.max(axis=1) + 0.02
    wrong = np.zeros(count, bool)
    wrong[rng.choice(count, int(noise * count), replace=False, p=weight / weight.sum())] = True
    return wrong, seen.argmax(axis=1)


def grid() -> list[bool]:
    """Print every cell; whether cleanlab's default ranking is better than ours in none of them."""
    held = []
    for name, model in models().items():
        for kind in ("uniform", "pair", "ambiguous"):
            for noise in (0.01, 0.05, 0.1, 0.2):
                row = precision_on_digits(noise, kind, model)
                held.append(row["cleanlab self-confidence"] <= min(row["both"], row["probabilities"]) + ROUNDING)
                values = "  ".join(f"{ranking} {value:.3f}" for ranking, value in row.items())
                print(f"{name:9} {kind:9} {noise:4.0%}  {values}", flush=True)
    return held


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    size = [int(argument.replace("_", "")) for argument in sys.argv[1:3]]
    time_beside_cleanlab(*(size or (1_000_000, 10)))
    sys.exit(not all(grid()))

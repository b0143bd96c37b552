"""Scoring two arrays: misnomer.score beside numpy.bincount (a bound) and scikit-learn (a peer), in one process.

    python benchmarks/scores.py [--samples N]

Claims at a million samples: at most 3 times numpy.bincount's time for whole numbers of 100 classes; at least 60 times
faster than scikit-learn's report, matrix and accuracy for strings. misnomer's time includes every interval.
"""

import argparse
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix

from misnomer import score


def make(samples: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels, and predictions that are right about 4 times in 5."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, classes, samples)
    predictions = np.where(generator.random(samples) < 0.8, labels, generator.integers(0, classes, samples))
    return labels, predictions


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """Median time of some rounds, after one that is not counted."""
    durations = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        work()
        durations.append(time.perf_counter() - started)
    return float(np.median(durations[1:]))


def count(labels: np.ndarray, predictions: np.ndarray, classes: int) -> np.ndarray:
    return np.bincount(labels * classes + predictions, minlength=classes * classes)


def scikit_learn(labels: Sequence[str], predictions: Sequence[str]) -> None:
    classification_report(labels, predictions, output_dict=True, zero_division=0)
    confusion_matrix(labels, predictions)
    accuracy_score(labels, predictions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=1_000_000)
    samples = parser.parse_args().samples
    warnings.filterwarnings("ignore")
    for classes in (10, 100, 1000):
        labels, predictions = make(samples, classes)
        bound = median_seconds(partial(count, labels, predictions, classes), 9)
        ours = median_seconds(partial(score, labels, predictions), 9)
        print(f"{classes:5} classes, int   misnomer {ours * 1e3:7.1f} ms   {ours / bound:5.1f} × numpy.bincount")
    labels, predictions = make(samples, 20_000)
    print(f"20000 classes, int   misnomer {median_seconds(lambda: score(labels, predictions), 3) * 1e3:7.1f} ms")
    names = np.array([f"class_{index:04}" for index in range(100)])
    strings = [np.array(names[part].tolist(), dtype=object) for part in make(samples, 100)]
    ours = median_seconds(lambda: score(*strings), 5)
    started = time.perf_counter()
    scikit_learn(*strings)
    theirs = time.perf_counter() - started
    print(f"  100 classes, str   misnomer {ours * 1e3:7.1f} ms   {theirs / ours:5.1f} × faster than scikit-learn")


if __name__ == "__main__":
    main()

"""Scoring two arrays: misnomer.score beside numpy.bincount (a bound) and scikit-learn (a peer), in one process.

    python benchmarks/scores.py [--samples N]

Claims at a million samples: at most 3 times numpy.bincount's time for whole numbers of 10, 100 and 1,000 classes; at
least 60 times faster than scikit-learn's report, matrix and accuracy for strings. The bound is numpy.bincount of
``labels * K + predictions``, those two operations included. misnomer's time has the counts, every mean score with its
interval, the matrix and the confused pairs. The rows of the classes are objects made when they are first read, which
for 1,000 classes takes as long again: it is shown apart. The two are timed in turns, and the medians compared.
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


def make_matrix(samples: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels and (samples, classes) probabilities."""
    generator = np.random.default_rng(0)
    labels = np.append(np.arange(classes), generator.integers(0, classes, samples - classes))
    logits = generator.standard_normal((samples, classes), dtype=np.float32) * 2
    logits[np.arange(samples), labels] += 6
    exponentials = np.exp(logits)
    return labels, exponentials / exponentials.sum(axis=1, keepdims=True)


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """Median time of some rounds, after one that is not counted."""
    durations = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        work()
        durations.append(time.perf_counter() - started)
    return float(np.median(durations[1:]))


def median_seconds_in_turns(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Median time of each, done in turns, so that what else the machine does strikes all alike."""
    durations: list[list[float]] = [[] for _ in works]
    for _ in range(rounds + 1):
        for work, times in zip(works, durations, strict=True):
            started = time.perf_counter()
            work()
            times.append(time.perf_counter() - started)
    return [float(np.median(times[1:])) for times in durations]


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
        bound, ours, with_rows = median_seconds_in_turns(
            [
                partial(count, labels, predictions, classes),
                partial(score, labels, predictions),
                lambda labels=labels, predictions=predictions: list(score(labels, predictions).classes),
            ],
            15,
        )
        print(
            f"{classes:5} classes, int   misnomer {ours * 1e3:7.1f} ms   {ours / bound:5.2f} × numpy.bincount "
            f"({with_rows / bound:.2f} with every class's row read)"
        )
    labels, predictions = make(samples, 20_000)
    print(f"20000 classes, int   misnomer {median_seconds(lambda: score(labels, predictions), 3) * 1e3:7.1f} ms")
    names = np.array([f"class_{index:04}" for index in range(100)])
    fixed_width = [names[part] for part in make(samples, 100)]
    objects = [np.array(part.tolist(), dtype=object) for part in fixed_width]
    for kind, strings in (("str", objects), ("U", fixed_width)):
        ours = median_seconds(partial(score, *strings), 5)
        theirs = median_seconds(partial(scikit_learn, *strings), 1)
        print(
            f"  100 classes, {kind:3}   misnomer {ours * 1e3:7.1f} ms   {theirs / ours:5.1f} × faster than scikit-learn"
        )
    labels, matrix = make_matrix(50_000, 1000)
    matrix_seconds = median_seconds(partial(score, labels, probabilities=matrix), 1)
    print(f"50,000 × 1,000 probabilities, every score {matrix_seconds:6.1f} s")


if __name__ == "__main__":
    main()

"""What must hold for any labels and predictions."""

import json

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from misnomer.evaluation.class_filter import counts_shown, membership, shown
from misnomer.evaluation.counts import ConfusionCounts
from misnomer.evaluation.score import score

NAMES = ("ant", "bee", "cat", "dog", "elk")
CLASSES = st.sampled_from((*NAMES, None))
PAIRS = st.lists(st.tuples(CLASSES, CLASSES), max_size=40)
SELECTED = st.one_of(st.none(), st.sets(st.sampled_from(NAMES)))


def evaluate(pairs, **options):
    return score([label for label, _ in pairs], [prediction for _, prediction in pairs], classes=NAMES, **options)


@given(PAIRS, SELECTED, st.sampled_from(["exclude", "wrong"]))
@settings(deadline=None)
def test_every_score_lies_in_its_interval_and_is_a_number(pairs, selected, missing):
    evaluation = evaluate(pairs, selected=selected, missing=missing)
    json.dumps(evaluation.to_dict(), allow_nan=False)
    for name, estimate in evaluation.scores.items():
        low, high = estimate.interval or (estimate.value, estimate.value)
        assert low - 1e-12 <= estimate.value <= high + 1e-12, name


@given(PAIRS, st.randoms())
@settings(deadline=None)
def test_the_order_of_the_samples_does_not_matter(pairs, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)
    assert evaluate(shuffled) == evaluate(pairs)


@given(PAIRS, st.sets(st.sampled_from(NAMES), min_size=1))
@settings(deadline=None)
def test_a_class_filter_never_changes_a_class(pairs, selected):
    unfiltered = {row.name: row for row in evaluate(pairs).classes}
    for row in evaluate(pairs, selected=selected).classes:
        assert row == unfiltered[row.name]


@given(PAIRS, SELECTED)
@settings(deadline=None)
def test_the_confusion_matrix_holds_every_sample_shown_with_a_prediction_once(pairs, selected):
    evaluation = evaluate(pairs, selected=selected)
    chosen = set(NAMES) if selected is None else selected
    expected = sum(
        label is not None and prediction is not None and bool({label, prediction} & chosen)
        for label, prediction in pairs
    )
    assert evaluation.confusion.dense().sum() == expected


@given(PAIRS, PAIRS)
@settings(deadline=None)
def test_counts_add(first, second):
    def count(pairs):
        codes = [[NAMES.index(name) if name else -1 for name in pair] for pair in pairs]
        labels, predictions = np.array(codes, int).reshape(-1, 2).T
        return ConfusionCounts.from_arrays(labels, predictions, len(NAMES))

    whole, added = count(first + second), count(first) + count(second)
    for column in ("labels", "predictions", "counts"):
        assert getattr(whole, column).tolist() == getattr(added, column).tolist()


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 3)), max_size=30),
    st.sets(st.integers(0, 3), min_size=1),
)
def test_the_counts_shown_are_of_the_samples_shown(pairs, selected):
    labels, predictions = np.array(pairs, int).reshape(-1, 2).T
    member = membership(sorted(selected), 4)
    counts = ConfusionCounts.from_arrays(labels, predictions, 4)
    assert counts_shown(counts, member).total == shown(labels, predictions, member).sum()

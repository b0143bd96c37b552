import numpy as np

from misnomer.evaluation.confusion import confused_pairs, confusion_matrix
from misnomer.evaluation.counts import ConfusionCounts

NAMES = ("charmander", "mewtwo", "pikachu", "squirtle")
POKEMON = ConfusionCounts.from_matrix(np.array([[37, 0, 15, 1], [0, 36, 0, 2], [4, 0, 26, 2], [1, 6, 4, 31]]))


def test_the_matrix_is_the_counts():
    matrix = confusion_matrix(POKEMON, NAMES)
    assert matrix.classes == NAMES
    assert matrix.dense().tolist() == [[37, 0, 15, 1], [0, 36, 0, 2], [4, 0, 26, 2], [1, 6, 4, 31]]
    assert matrix.counts[0] == (0, 0, 37)


def test_a_class_filter_gathers_the_rest_of_the_samples_shown_as_other():
    matrix = confusion_matrix(POKEMON, NAMES, [0, 2])
    assert matrix.classes == ("charmander", "pikachu", "other")
    assert matrix.dense().tolist() == [[37, 15, 1], [4, 26, 2], [1, 4, 0]]


def test_samples_without_prediction_are_a_last_column():
    counts = ConfusionCounts.from_arrays(np.array([0, 1, 1]), np.array([0, -1, 1]), 2)
    matrix = confusion_matrix(counts, ("cat", "dog"))
    assert matrix.classes == ("cat", "dog", "no prediction")
    assert matrix.dense().tolist() == [[1, 0, 0], [0, 1, 1], [0, 0, 0]]


def test_added_names_step_aside_for_classes_of_that_name():
    counts = ConfusionCounts.from_arrays(np.array([0, 1]), np.array([0, -1]), 2)
    matrix = confusion_matrix(counts, ("other", "no prediction"), [1])
    assert matrix.classes == ("no prediction", "(other)", "(no prediction)")


def test_the_most_confused_pair_comes_first_in_its_more_frequent_direction():
    pair = confused_pairs(POKEMON, NAMES)[0]
    assert (pair.label, pair.prediction, pair.count, pair.reverse_count) == ("charmander", "pikachu", 15, 4)
    assert pair.support == 53
    assert pair.direction == "one-way"


def test_every_pair_stands_once():
    pairs = confused_pairs(POKEMON, NAMES)
    assert [(pair.label, pair.prediction, pair.direction) for pair in pairs] == [
        ("charmander", "pikachu", "one-way"),
        ("squirtle", "mewtwo", "one-way"),
        ("squirtle", "pikachu", "two-way"),
        ("charmander", "squirtle", "two-way"),
    ]


def test_the_direction_compares_shares_not_counts():
    counts = ConfusionCounts.from_matrix(np.array([[90, 10], [3, 7]]))
    pair = confused_pairs(counts, "ab")[0]
    assert (pair.label, pair.count) == ("a", 10)
    assert pair.direction == "one-way"  # 10% of a, but 30% of b


def test_under_a_class_filter_one_of_the_two_is_chosen():
    pairs = confused_pairs(POKEMON, NAMES, [1])
    assert [(pair.label, pair.prediction) for pair in pairs] == [("squirtle", "mewtwo")]


def test_the_limit_keeps_the_most_confused():
    assert confused_pairs(POKEMON, NAMES, limit=2) == confused_pairs(POKEMON, NAMES)[:2]


def test_a_missing_prediction_is_no_confused_pair():
    counts = ConfusionCounts.from_arrays(np.array([0, 1, 1]), np.array([1, -1, -1]), 2)
    assert [(pair.count, pair.reverse_count) for pair in confused_pairs(counts, "ab")] == [(1, 0)]


def test_nothing_wrong_is_no_pair():
    assert confused_pairs(ConfusionCounts.from_matrix(np.diag([1, 2])), "ab") == ()


def test_the_limit_keeps_the_most_confused_of_a_thousand_classes_too():
    generator = np.random.default_rng(0)
    matrix = generator.integers(0, 3, (1000, 1000)) + np.diag(generator.integers(0, 100_000, 1000))
    matrix[7, 8], matrix[900, 3], matrix[5, 6] = 90_000, 5000, 30
    pairs = confused_pairs(ConfusionCounts.from_matrix(matrix), [str(i) for i in range(1000)], limit=3)
    assert [(pair.label, pair.prediction, pair.count) for pair in pairs] == [
        ("7", "8", 90_000),
        ("900", "3", 5000),
        ("5", "6", 30),
    ]


def test_samples_without_prediction_push_no_pair_out():
    labels, predictions = np.array([0] * 60 + [1]), np.array([-1] * 60 + [0])
    pairs = confused_pairs(ConfusionCounts.from_arrays(labels, predictions, 2), ("a", "b"), limit=1)
    assert [(pair.label, pair.prediction) for pair in pairs] == [("b", "a")]

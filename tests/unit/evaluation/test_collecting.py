"""Which classes to collect more of: many errors, of which little is known, come first."""

import numpy as np
import pytest

from misnomer import score
from misnomer.evaluation.collecting import collection_priority


def test_of_classes_with_as_many_errors_the_less_known_comes_first() -> None:
    few, many = collection_priority(np.array([4, 4]), np.array([0.4, 0.9]), np.array([0.9, 1.0]))
    assert few > many


def test_a_class_without_errors_or_without_samples_has_none() -> None:
    missed, low, high = np.array([0, 0]), np.array([0.2, np.nan]), np.array([1.0, np.nan])
    assert collection_priority(missed, low, high).tolist() == [0.0, 0.0]


def test_no_class_is_no_priority() -> None:
    assert collection_priority(np.array([]), np.array([]), np.array([])).tolist() == []


def test_charmander_is_to_be_collected_first_of_the_four_pokemon() -> None:
    # Wilson's interval of 37 of 53 is [0.5646, 0.8048] (scipy.stats.binomtest); 16 × 0.2402 = 3.843.
    names = ["charmander", "mewtwo", "pikachu", "squirtle"]
    counts = np.array([[37, 0, 15, 1], [0, 36, 0, 2], [4, 0, 26, 2], [1, 6, 4, 31]])
    labels, predictions = np.repeat(np.indices((4, 4)).reshape(2, -1), counts.ravel(), axis=1)
    result = score([names[i] for i in labels], [names[i] for i in predictions])
    priority = {row.name: row.collection_priority for row in result.classes}
    assert priority["charmander"] == pytest.approx(3.843, abs=0.001)
    assert sorted(priority, key=lambda name: -priority[name]) == ["charmander", "squirtle", "pikachu", "mewtwo"]

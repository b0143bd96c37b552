import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from misnomer.errors import InputError, UnknownName
from misnomer.evaluation.encoding import encode_classes


def names(values, classes=None):
    """Each value's class name; None where missing."""
    encoded = encode_classes({"labels": values}, classes)
    return [encoded.class_names[code] if code >= 0 else None for code in encoded.codes[0].tolist()]


@pytest.mark.parametrize(
    "values",
    [
        ["b", "a", None],
        np.array(["b", "a", None], object),
        np.array(["b", "a", np.nan], object),
        pd.Series(["b", "a", None]),
        pd.Series(["b", "a", None], dtype="category"),
        pa.array(["b", "a", None]),
        pa.array(["b", "a", None], pa.large_string()),
        pa.array(["b", "a", None]).dictionary_encode(),
        pa.chunked_array([["b"], ["a", None]]),
    ],
    ids=lambda values: type(values).__name__,
)
def test_text_in_any_container(values):
    assert names(values) == ["b", "a", None]


@pytest.mark.parametrize(
    "values",
    [
        [3, 1, None],
        [3.0, 1.0, np.nan],
        np.array([3, 1, np.nan]),
        pd.Series([3, 1, None]),
        pd.Series([3, 1, None], dtype="Int64"),
        pa.array([3, 1, None], pa.int8()),
    ],
    ids=lambda values: type(values).__name__,
)
def test_whole_numbers_in_any_container(values):
    assert names(values) == ["3", "1", None]


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint64])
def test_whole_numbers_of_any_width(kind):
    assert names(np.array([5, 2, 5], kind)) == ["5", "2", "5"]


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64])
def test_a_negative_number_is_a_class_like_any_other(kind):
    encoded = encode_classes({"labels": np.array([-1, 1], kind)})
    assert encoded.class_names == ("-1", "1")


def test_fixed_width_text_with_umlauts_and_of_length_0():
    assert names(np.array(["größe", "", "größe"])) == ["größe", "", "größe"]
    assert names(np.array(["", ""])) == ["", ""]


def test_text_is_in_byte_wise_order_and_numbers_by_value():
    assert encode_classes({"labels": ["b", "ä", "Z", "a"]}).class_names == ("Z", "a", "b", "ä")
    assert encode_classes({"labels": [10**6, 9, 10]}).class_names == ("9", "10", "1000000")


def test_booleans_are_named():
    assert names([True, False]) == ["True", "False"]


def test_whole_numbers_are_indices_into_named_classes():
    assert names([1, 0], classes=["cat", "dog"]) == ["dog", "cat"]


def test_whole_numbers_are_looked_up_among_classes_that_are_numbers():
    assert encode_classes({"labels": [5, 3]}, [5, 3]).codes[0].tolist() == [0, 1]


def test_an_unknown_value_is_an_error():
    with pytest.raises(UnknownName, match="class among the labels: 'dgo'"):
        encode_classes({"labels": ["dgo"]}, ["cat", "dog"])
    with pytest.raises(UnknownName, match="'2'"):
        encode_classes({"labels": [2]}, ["cat", "dog"])


def test_numbers_beside_text_are_an_error():
    with pytest.raises(InputError, match="labels are whole numbers, but the predictions are text"):
        encode_classes({"labels": [1], "predictions": ["1"]})


@pytest.mark.parametrize("values", [[1.5], [b"a"], [["a"]], [1, "a"], np.zeros((2, 2), int)])
def test_what_cannot_be_classes_is_an_error(values):
    with pytest.raises(InputError):
        encode_classes({"labels": values})


def test_a_class_given_twice_is_an_error():
    with pytest.raises(InputError, match="'a' twice"):
        encode_classes({"labels": ["a"]}, ["a", "b", "a"])


def test_nothing_but_missing_values():
    assert encode_classes({"labels": [None, None]}).codes[0].tolist() == [-1, -1]

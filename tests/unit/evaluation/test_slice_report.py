import numpy as np
import pytest

from misnomer.evaluation.slice_report import metric_feature, slice_report, value_feature

BRIGHTNESS = np.append(np.linspace(0, 1, 500), np.nan)
CAMERA = np.arange(501) % 2
RIGHT = np.where(np.isnan(BRIGHTNESS), True, (BRIGHTNESS < 0.8) | (np.arange(501) % 3 == 0))


def report(**features):
    return slice_report("m", RIGHT, features, minimum_support=20, limit=None)


def test_a_slice_says_its_conditions_and_how_much_worse_it_is():
    found = report(
        brightness=metric_feature("brightness", "Brightness", BRIGHTNESS),
        camera=value_feature("camera", "camera", CAMERA, ["phone", "reflex"]),
    )
    (one,) = found.slices
    assert one.title == "Brightness from 0.802"
    assert one.where == ({"field": "brightness", "operator": ">=", "value": pytest.approx(400 / 499)},)
    assert one.sample_count == 100
    assert one.wrong_count == np.count_nonzero(~RIGHT)
    assert one.rest_accuracy == 1.0
    assert one.excess_errors == one.wrong_count
    assert found.sentence.startswith("1 of 17 slices is worse than the rest by more than chance.")


def test_bins_of_a_metric_hold_every_known_sample_once():
    feature = metric_feature("brightness", "Brightness", BRIGHTNESS)
    assert np.bincount(feature.feature.codes + 1).tolist() == [1, 100, 100, 100, 100, 100]
    assert feature.value_titles[:2] == ["Brightness below 0.2", "Brightness 0.2 to 0.401"]
    for value, conditions in enumerate(feature.conditions):
        chosen = np.isfinite(BRIGHTNESS)
        for condition in conditions:
            chosen &= condition.value <= BRIGHTNESS if condition.operator == ">=" else condition.value > BRIGHTNESS
        assert np.array_equal(chosen, feature.feature.codes == value)


def test_a_constant_and_an_unknown_metric_have_one_bin_or_none():
    assert metric_feature("m", "M", np.ones(50)).value_titles == ["M is known"]
    assert metric_feature("m", "M", np.full(50, np.nan)).value_titles == []


def test_nothing_found_and_nothing_there_are_said():
    nothing = slice_report(
        "m",
        RIGHT | True,
        {"camera": value_feature("camera", "camera", CAMERA, ["a", "b"])},
        minimum_support=20,
        limit=None,
    )
    assert nothing.sentence == "None of 2 slices is worse than the rest by more than chance."
    empty = slice_report("m", np.empty(0, bool), {}, minimum_support=20, limit=None)
    assert (empty.accuracy, empty.sentence) == (None, "No sample has a label and a prediction.")

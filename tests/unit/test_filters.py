"""A Filter is one value in Python, text and JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misnomer.errors import InvalidFilter, UnknownName
from misnomer.filters import OPERATORS, Condition, Filter, where


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("brightness < 0.3", Condition("brightness", "<", 0.3)),
        ("area>=1e4", Condition("area", ">=", 10000.0)),
        ("style == twitter", Condition("style", "=", "twitter")),
        ("style != 'a b'", Condition("style", "!=", "a b")),
        ('"my camera" = "x\'y"', Condition("my camera", "=", "x'y")),
        ("flash = TRUE", Condition("flash", "=", True)),
        ("camera is  NOT null", Condition("camera", "is not null")),
        ("note = 'two\nlines'", Condition("note", "=", "two\nlines")),
        ("delta < -5", Condition("delta", "<", -5.0)),
        ("style in (twitter, 'a, b', \"c'd\")", Condition("style", "in", ("twitter", "a, b", "c'd"))),
        ("style NOT  in ('x')", Condition("style", "not in", ("x",))),
        ("style in ()", Condition("style", "in", ())),
    ],
)
def test_a_condition_reads_as_it_is_written(text: str, expected: Condition) -> None:
    assert Condition.parse(text) == expected


@pytest.mark.parametrize("text", ["", "brightness", "< 0.3", "brightness <", "brightness ~ 3", "a b < 3"])
def test_what_is_no_comparison_is_an_error_with_an_example(text: str) -> None:
    with pytest.raises(InvalidFilter, match=r"brightness < 0\.3"):
        Condition.parse(text)


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
values = st.one_of(names, st.booleans(), st.floats(allow_nan=False, allow_infinity=False))
conditions = st.builds(Condition, names, st.sampled_from(OPERATORS[:6]), values)


@given(
    st.builds(
        Filter,
        classes=st.none() | st.lists(names, max_size=3).map(tuple),
        outcome=st.sampled_from([None, "tp", "fp", "fn"]),
        where=st.lists(conditions, max_size=3).map(tuple),
        tags=st.lists(names, max_size=2).map(tuple),
        splits=st.lists(names, max_size=2).map(tuple),
        text=st.none() | names,
        keys=st.none() | st.lists(names, max_size=2).map(tuple),
    )
)
def test_a_filter_comes_back_from_json_as_it_was(filter: Filter) -> None:
    restored = Filter.from_dict(filter.to_dict())
    assert restored.to_dict() == filter.to_dict()
    assert restored.where == filter.where


def test_an_empty_class_filter_is_not_no_class_filter() -> None:
    assert Filter.from_dict(Filter(classes=()).to_dict()).classes == ()


def test_a_list_of_values_travels_as_a_list_and_reads_as_it_is_written() -> None:
    chosen = where("label in (cat, 'a, b')")
    assert chosen.to_dict() == {"where": [{"field": "label", "operator": "in", "value": ["cat", "a, b"]}]}
    assert Filter.from_dict(chosen.to_dict()) == chosen
    assert Condition.parse(str(chosen.where[0])) == chosen.where[0]


def test_one_text_is_no_list_of_values() -> None:
    with pytest.raises(InvalidFilter, match="list of names"):
        Filter.from_dict({"where": [{"field": "label", "operator": "in", "value": "cat"}]})


def test_ranges_and_equalities_by_name() -> None:
    chosen = where("area > 10", brightness=(None, 0.3), contrast=(0.1, 0.2), style="twitter", camera=None, year=2020)
    assert [str(condition) for condition in chosen.where] == [
        "area > 10",
        "brightness <= 0.3",
        "contrast >= 0.1",
        "contrast <= 0.2",
        'style = "twitter"',
        "camera is null",
        "year = 2020",
    ]


@pytest.mark.parametrize(
    "values",
    [{"classes": "cat"}, {"classes": 3}, {"where": [{"field": "a"}]}, {"tags": [1]}, {"where": 5}],
)
def test_a_filter_of_the_wrong_shape_is_an_error(values: dict[str, object]) -> None:
    with pytest.raises(InvalidFilter):
        Filter.from_dict(values)


@pytest.mark.parametrize(
    "values", [{"class": ["cat"]}, {"outcome": "tn"}, {"where": [{"field": "a", "operator": "~"}]}]
)
def test_an_unknown_name_in_a_filter_is_an_error(values: dict[str, object]) -> None:
    with pytest.raises(UnknownName):
        Filter.from_dict(values)


def test_a_single_name_in_place_of_a_list_is_refused() -> None:
    with pytest.raises(InvalidFilter, match="list of names"):
        where(classes="cat")

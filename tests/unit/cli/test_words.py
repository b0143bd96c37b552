import pytest

from misnomer.cli.words import counted, first_of, rounded, with_interval


@pytest.mark.parametrize(("count", "text"), [(0, "0 samples"), (1, "1 sample"), (1200, "1,200 samples")])
def test_counts_agree_with_their_word(count: int, text: str) -> None:
    assert counted(count, "sample") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (0.0, "0.000"),
        (0.78787, "0.788"),
        (-0.0000123, "-1.23e-05"),
        (224.0, "224"),
        (1234.5, "1,234.5"),
        (12345678.0, "12,345,678"),
    ],
)
def test_numbers_are_rounded_for_people(value: float | None, text: str) -> None:
    assert rounded(value) == text


def test_an_interval_is_one_word() -> None:
    assert with_interval(0.78787, (0.7193, 0.8434), digits=4) == "0.7879 [0.7193,0.8434]"


def test_a_value_without_interval_stands_alone() -> None:
    assert with_interval(0.5, None) == "0.500"


def test_a_long_list_says_how_many_more_there_are() -> None:
    assert first_of(["a", "b\n"], total=1000) == "a, b\\n, … (998 more)"

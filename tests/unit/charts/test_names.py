import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from misnomer.charts.names import shown_name, shown_names


def test_control_and_direction_characters_are_written_out():
    assert shown_name("a\x00b\n\u202ec") == "a\\x00b\\n\\u202ec"


def test_emoji_of_several_code_points_stay_whole():
    assert shown_name("👩\u200d🔬") == "👩\u200d🔬"


def test_a_long_name_is_cut():
    assert shown_name("x" * 300) == "x" * 100 + "…"


def test_a_name_of_spaces_is_said_to_be_none():
    assert shown_name("  ") == "(no name  )"


@given(st.lists(st.text(alphabet=st.characters(), max_size=5), max_size=20))
def test_shown_names_are_distinct_and_printable(names):
    shown = shown_names(names)
    assert len(set(shown)) == len(names)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for name in shown for c in name)

"""Every error knows a code, what was wrong and what to do."""

import misnomer.errors as errors
from misnomer.errors import MisnomerError, UnknownName


def all_errors(base: type[MisnomerError] = MisnomerError) -> list[type[MisnomerError]]:
    return [base, *(error for child in base.__subclasses__() for error in all_errors(child))]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in all_errors()]
    assert len(set(codes)) == len(codes)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    assert errors.__doc__ is not None
    assert all(error.__name__ in errors.__doc__ for error in all_errors())


def test_an_error_reads_message_then_hint() -> None:
    assert str(MisnomerError("No such thing.", hint="Make one.")) == "No such thing.\nMake one."


def test_many_known_names_are_cut_short() -> None:
    assert UnknownName("class", "zebra", [f"n{i:04}" for i in range(1000)]).hint.endswith("n0019 …")


def test_without_any_known_name_it_says_so() -> None:
    assert UnknownName("tag", "x", []).hint == "There is none yet."

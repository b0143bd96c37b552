"""Each rule of the join, and what it must refuse."""

import pyarrow as pa
import pytest

from misnomer.readers.join import JoinRule, join_keys, normalised_key


def join(file_keys: list[str | None], sample_keys: list[str]) -> list[tuple[str, str | None]]:
    """(rule, sample key) of each file key."""
    found = join_keys(
        pa.chunked_array([pa.array(file_keys, pa.string())]), pa.chunked_array([pa.array(sample_keys, pa.string())])
    )
    return [
        (JoinRule(rule).name, sample_keys[row] if row >= 0 else None)
        for rule, row in zip(found.rules, found.sample_rows, strict=True)
    ]


def test_an_equal_key_is_exact_even_when_another_rule_would_find_more() -> None:
    assert join(["1.jpg"], ["1.jpg", "cat/1.jpg"]) == [("EXACT", "1.jpg")]


@pytest.mark.parametrize(
    "written",
    [
        "cat\\1.jpg",
        "./cat/1.jpg",
        "cat//1.jpg",
        "dog/../cat/1.jpg",
        " cat/1.jpg\t",
    ],
)
def test_a_path_written_otherwise_is_normalised(written: str) -> None:
    assert join([written], ["cat/1.jpg", "dog/1.jpg"]) == [("NORMALISED", "cat/1.jpg")]


def test_composed_and_decomposed_letters_are_one_path() -> None:
    assert join(["cafe\u0301/1.jpg"], ["caf\u00e9/1.jpg"]) == [("NORMALISED", "caf\u00e9/1.jpg")]


def test_case_is_not_folded() -> None:
    assert join(["Cat/1.jpg"], ["cat/1.jpg"]) == [("UNMATCHED", None)]


def test_a_longer_path_of_the_file_ends_with_the_sample() -> None:
    assert join(["/data/val/cat/1.jpg", "file:///data/cat/2.jpg"], ["cat/1.jpg", "cat/2.jpg"]) == [
        ("SUFFIX", "cat/1.jpg"),
        ("SUFFIX", "cat/2.jpg"),
    ]


def test_a_basename_finds_the_only_sample_that_ends_with_it() -> None:
    assert join(["1.jpg"], ["cat/1.jpg", "cat/11.jpg"]) == [("SUFFIX", "cat/1.jpg")]


def test_colliding_basenames_are_ambiguous_and_name_two_candidates() -> None:
    keys = pa.chunked_array([pa.array(["1.jpg"])])
    found = join_keys(keys, pa.chunked_array([pa.array(["cat/1.jpg", "dog/1.jpg", "dog/2.jpg"])]))
    assert found.rules.tolist() == [JoinRule.AMBIGUOUS]
    assert found.sample_rows.tolist() == [-1]
    assert found.candidates == {0: (0, 1)}


def test_a_path_that_ends_with_two_samples_is_ambiguous() -> None:
    assert join(["data/val/cat/1.jpg"], ["cat/1.jpg", "val/cat/1.jpg"]) == [("AMBIGUOUS", None)]


@pytest.mark.parametrize("other", ["train/cat/1.jpg", "data/train/cat/1.jpg", "1/cat/1.jpg", "at/1.jpg"])
def test_paths_with_different_heads_never_match(other: str) -> None:
    assert join([other], ["val/cat/1.jpg"]) == [("UNMATCHED", None)]


@pytest.mark.parametrize("stem", ["cat/1", "1", "cat/1.png", "1.JPEG", "data/cat/1"])
def test_an_extension_may_be_missing_or_another(stem: str) -> None:
    assert join([stem], ["cat/1.jpg", "dog/2.jpg"]) == [("STEM", "cat/1.jpg")]


def test_two_images_with_one_stem_are_ambiguous() -> None:
    assert join(["cat/1"], ["cat/1.jpg", "cat/1.png"]) == [("AMBIGUOUS", None)]


def test_numbers_after_a_dot_are_no_extension() -> None:
    assert join(["scan.001"], ["scan.002"]) == [("UNMATCHED", None)]


def test_blank_and_missing_keys_match_nothing() -> None:
    assert join([None, "", "  "], ["cat/1.jpg"]) == [("UNMATCHED", None)] * 3


def test_newlines_and_separators_in_names_are_kept() -> None:
    assert join(["a\nb/1,2;3.jpg"], ["a\nb/1,2;3.jpg"]) == [("EXACT", "a\nb/1,2;3.jpg")]


def test_no_keys_and_no_samples_give_an_empty_join() -> None:
    assert join([], ["a"]) == []
    assert join(["a"], []) == [("UNMATCHED", None)]


def test_very_deep_paths_are_joined() -> None:
    deep = "d/" * 300 + "1.jpg"
    assert join([deep], ["d/1.jpg"]) == [("SUFFIX", "d/1.jpg")]


def test_a_file_url_is_decoded() -> None:
    assert normalised_key("file:///my%20cats/1.jpg") == "/my cats/1.jpg"

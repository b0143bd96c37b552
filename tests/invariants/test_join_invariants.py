"""What holds for every set of keys."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from misnomer.readers.join import Join, JoinRule, join_keys

PATHS = st.lists(st.sampled_from(["a", "b", "1.jpg", "1.png", "1", "..", ".", "é"]), min_size=1, max_size=4)
KEYS = st.one_of(PATHS.map("/".join), PATHS.map("\\".join), st.text(max_size=6))


def joined(file_keys: list[str], sample_keys: list[str]) -> Join:
    return join_keys(
        pa.chunked_array([pa.array(file_keys, pa.string())]), pa.chunked_array([pa.array(sample_keys, pa.string())])
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(KEYS, max_size=8), st.lists(KEYS, unique=True, max_size=8), st.randoms(use_true_random=False))
def test_shuffling_the_rows_of_a_file_or_the_samples_changes_nothing(file_keys, sample_keys, random) -> None:
    before = joined(file_keys, sample_keys)
    order, sample_order = list(range(len(file_keys))), list(range(len(sample_keys)))
    random.shuffle(order)
    random.shuffle(sample_order)
    after = joined([file_keys[i] for i in order], [sample_keys[i] for i in sample_order])
    assert after.rules.tolist() == before.rules[order].tolist()
    found = [sample_order[row] if row >= 0 else -1 for row in after.sample_rows]
    assert found == before.sample_rows[order].tolist()


@settings(max_examples=200, deadline=None)
@given(st.lists(KEYS, max_size=6), st.lists(KEYS, unique=True, max_size=6))
def test_a_key_is_judged_without_the_other_keys_of_its_file(file_keys, sample_keys) -> None:
    together = joined(file_keys, sample_keys)
    alone = [joined([key], sample_keys) for key in file_keys]
    assert together.sample_rows.tolist() == [int(join.sample_rows[0]) for join in alone]
    assert together.rules.tolist() == [int(join.rules[0]) for join in alone]


@settings(max_examples=200, deadline=None)
@given(st.lists(KEYS, unique=True, min_size=1, max_size=8))
def test_every_sample_finds_itself(sample_keys) -> None:
    join = joined(sample_keys, sample_keys)
    filled = np.array([bool(key.strip(" \t\n\f\r")) for key in sample_keys])
    assert join.sample_rows[filled].tolist() == np.flatnonzero(filled).tolist()
    assert (join.rules[filled] == JoinRule.EXACT).all()


@settings(max_examples=200, deadline=None)
@given(st.lists(KEYS, max_size=8), st.lists(KEYS, unique=True, max_size=8))
def test_only_matched_keys_have_a_sample_and_only_ambiguous_ones_candidates(file_keys, sample_keys) -> None:
    join = joined(file_keys, sample_keys)
    assert ((join.sample_rows >= 0) == (join.rules <= JoinRule.STEM)).all()
    assert set(join.candidates) == set(np.flatnonzero(join.rules == JoinRule.AMBIGUOUS).tolist())
    assert all(one != other for one, other in join.candidates.values())

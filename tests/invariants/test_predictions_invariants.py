"""What holds for every file of predictions."""

import random as rng
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from misnomer.readers.align import align_rows
from misnomer.readers.predictions import read_predictions
from misnomer.readers.predictions.lists import list_cells, numbers_of

CLASSES = ("cat", "dog", "Fox")
SAMPLES = ["cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "fox/3.jpg"]
KEYS = st.sampled_from([*SAMPLES, "1.jpg", "2.jpg", "3", "x/cat/1.jpg", "new.jpg", "./cat/2.jpg", ""])
ROWS = st.lists(
    st.tuples(
        KEYS, st.sampled_from(["cat", "dog", "fox", "wolf", ""]), st.sampled_from(["0.5", "0.25", "1.7", "", "x"])
    ),
    min_size=1,
    max_size=10,
)


def aligned(rows: list[tuple[str, str, str]]) -> tuple[dict[str, object], list[str], Counter[str]]:
    """What a CSV of these rows gives: by sample, kept aside, and the findings; all without the order of rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "p.csv"
        path.write_text("path,prediction,confidence\n" + "".join(",".join(row) + "\n" for row in rows))
        file = read_predictions(path, class_names=CLASSES)
    samples, nothing = pa.chunked_array([pa.array(SAMPLES)]), pa.chunked_array([pa.nulls(4, pa.string())])
    alignment = align_rows(file, samples, nothing, nothing)
    assert file.keys is not None
    assert file.predictions is not None
    assert file.confidence is not None
    cells = list(zip(file.predictions.to_pylist(), file.confidence.to_pylist(), strict=True))
    pairs = zip(alignment.sample_rows, alignment.file_rows, strict=True)
    by_sample = {SAMPLES[sample]: cells[row] for sample, row in pairs}
    aside = sorted(file.keys[int(row)].as_py() for row in alignment.unmatched_rows)
    counts = Counter(file.report.counts)
    for finding in file.report.findings:
        counts[finding.kind] += finding.count
    return by_sample, aside, counts


@settings(max_examples=40, deadline=None)
@given(ROWS, st.integers())
def test_shuffling_the_rows_of_a_file_changes_nothing(rows, seed) -> None:
    shuffled = list(rows)
    rng.Random(seed).shuffle(shuffled)
    assert aligned(shuffled) == aligned(rows)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_every_row_is_used_or_told_of(rows) -> None:
    by_sample, _, counts = aligned(rows)
    told = ("ambiguous_key", "extra_key", "duplicate_key", "conflicting_duplicate")
    blank = sum(key == "" for key, _, _ in rows)
    unclassed = sum(prediction == "" for _, prediction, _ in rows)
    used = len(by_sample) + sum(counts[kind] for kind in told)
    assert used + blank + unclassed >= len(rows)
    assert counts["rows"] == len(rows)
    assert counts["matched"] == len(by_sample)
    assert counts["without_prediction"] == len(SAMPLES) - len(by_sample)


@settings(max_examples=50, deadline=None)
@given(st.permutations(range(3)), st.integers(0, 2**32 - 1), st.sampled_from(["", "prob_"]))
def test_the_order_of_class_columns_changes_nothing(order, seed, prefix) -> None:
    values = np.random.default_rng(seed).dirichlet([1, 1, 1], 4)
    columns = {prefix + CLASSES[c]: values[:, c] for c in order}
    file = read_predictions(pa.table({"path": SAMPLES, **columns}), class_names=CLASSES)
    assert file.matrix is not None
    assert file.matrix.class_names == tuple(CLASSES[c] for c in order)
    np.testing.assert_array_equal(file.matrix.rows(np.arange(4))[:, np.argsort(order)], values)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.floats(allow_nan=False, width=32), max_size=30), max_size=4))
def test_lists_of_numbers_written_as_text_are_read_back(lists) -> None:
    for write in (str, lambda values: str(np.array(values))):
        cells = list_cells(pa.array([write(values) for values in lists], pa.string()))
        assert cells.lengths.tolist() == [len(values) for values in lists]
        expected = [float(v) for values in lists for v in values]
        np.testing.assert_allclose(numbers_of(cells.values), expected, rtol=1e-7)


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(lambda t: t.strip() == t)


@settings(max_examples=200, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4))
def test_lists_of_names_written_as_text_are_read_back(names) -> None:
    for text in (str(names), str(np.array(names, dtype=object))):
        assert list_cells(pa.array([text])).values.to_pylist() == names

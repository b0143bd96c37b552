"""Columns by sample id, and orders of them, are what DuckDB's joins and sorting give."""

import math

import numpy as np
import pyarrow as pa
import pytest

from misnomer.errors import InvalidFilter
from misnomer.filters import Filter, where
from misnomer.schema import LabelVersion
from misnomer.store import attributes, models
from misnomer.store.columns import (
    CLASS_ID,
    LABEL_ID,
    chosen_ids,
    column_pieces,
    columns_of,
    each_column,
    metric_column,
    one_column,
    take,
    text_codes,
)
from misnomer.store.database import Database
from misnomer.store.listing import count_shown, first_places, list_samples
from misnomer.store.selection import Selection
from misnomer.store.statistics import label_prediction_counts, paired_predictions, sample_columns
from tests.unit.store.conftest import prediction_table


@pytest.fixture
def aged(predicted: Database) -> Database:
    """With ties, infinities and a missing value in a metric, and a second model that predicted two samples."""
    ages = pa.table({"age": pa.array([2.0, math.inf, 2.0, None, -math.inf, 1.0])})
    attributes.add_attributes(predicted, np.arange(6), ages)
    model, _ = models.add_model(predicted, "second", None)
    models.set_predictions(predicted, model.model_id, prediction_table(predicted, ["eel", "cat"]))
    return predicted


def test_a_column_has_minus_one_or_nan_where_there_is_no_value(aged: Database) -> None:
    selection = Selection(aged, Filter(), model_id=1)
    labels, classes = each_column(selection, [LABEL_ID, CLASS_ID])
    assert labels.tolist() == [0, 0, 1, 1, 2, -1]
    assert classes.tolist() == [2, 0, -1, -1, -1, -1]
    assert np.isnan(one_column(selection, metric_column(selection, "confidence"))).tolist() == [False] * 2 + [True] * 4


def test_columns_of_one_model_are_not_taken_for_those_of_another(aged: Database) -> None:
    assert one_column(Selection(aged, Filter(), model_id=0), CLASS_ID).tolist() == [0, 1, 1, 2, -1, 0]
    assert one_column(Selection(aged, Filter(), model_id=1), CLASS_ID).tolist() == [2, 0, -1, -1, -1, -1]


def test_corrected_labels_are_not_taken_for_the_given_ones(aged: Database) -> None:
    aged.execute(
        "insert into decisions values (0, 1, 'correct', 2, 0, timestamp '2026-01-01', null), "
        "(1, 5, 'correct', 1, null, timestamp '2026-01-01', null)"
    )
    assert one_column(Selection(aged, Filter()), LABEL_ID).tolist() == [0, 0, 1, 1, 2, -1]
    assert one_column(Selection(aged, Filter(), labels="corrected"), LABEL_ID).tolist() == [0, 2, 1, 1, 2, 1]


@pytest.mark.parametrize("labels", ["given", "corrected"])
@pytest.mark.parametrize("ids", [[], [0, 1], [1, 3, 5], [2, 4], [0, 1, 2, 3, 4, 5]])
def test_values_of_few_samples_are_those_of_whole_columns(
    aged: Database, monkeypatch: pytest.MonkeyPatch, ids: list[int], labels: LabelVersion
) -> None:
    aged.execute("insert into decisions values (0, 1, 'correct', 2, 0, timestamp '2026-01-01', null)")
    selection = Selection(aged, Filter(), model_id=1, labels=labels)
    names = ("age", "confidence", "random")
    columns = [LABEL_ID, CLASS_ID, *(metric_column(selection, name) for name in names)]
    some = np.array(ids, np.int32)
    whole = [column[some] for column in each_column(selection, columns)]
    monkeypatch.setattr("misnomer.store.columns._FEW", 1)
    monkeypatch.setattr(Database, "memory_bytes", 0)
    alone = columns_of(selection, columns, some)
    assert [values.dtype for values in alone] == [values.dtype for values in whole]
    for got, expected in zip(alone, whole, strict=True):
        np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("labels", ["given", "corrected"])
@pytest.mark.parametrize("ids", [[], [1, 3, 5], [0, 1, 2, 3, 4, 5]])
@pytest.mark.parametrize("kept_bytes", [0, 1_000_000])
def test_pieces_are_those_of_whole_columns(
    aged: Database, monkeypatch: pytest.MonkeyPatch, kept_bytes: int, ids: list[int], labels: LabelVersion
) -> None:
    aged.execute("insert into decisions values (0, 1, 'correct', 2, 0, timestamp '2026-01-01', null)")
    selection = Selection(aged, Filter(), model_id=1, labels=labels)
    columns = [LABEL_ID, CLASS_ID, *(metric_column(selection, name) for name in ("age", "confidence", "random"))]
    some = np.array(ids, np.int32)
    whole = dict(zip(columns, columns_of(selection, columns, some), strict=True))
    monkeypatch.setattr("misnomer.store.columns._PIECE_ROWS", 2)
    monkeypatch.setattr(Database, "memory_bytes", kept_bytes)
    seen = {column: np.full(len(ids), np.nan if values.dtype.kind == "f" else -1) for column, values in whole.items()}
    for piece_ids, piece in column_pieces(selection, columns, some):
        assert len(piece_ids) <= 2
        for column, values in piece.items():
            seen[column][np.searchsorted(some, piece_ids)] = values
    for column, values in whole.items():
        np.testing.assert_array_equal(seen[column], values)


@pytest.mark.parametrize("few", [1, 16])
@pytest.mark.parametrize("most_values", [0, 10])
def test_texts_of_some_samples_are_numbers_of_their_values(
    aged: Database, monkeypatch: pytest.MonkeyPatch, few: int, most_values: int
) -> None:
    monkeypatch.setattr("misnomer.store.columns._FEW", few)
    monkeypatch.setattr("misnomer.store.columns._MOST_VALUES", most_values)
    aged.execute(
        "update samples set split = case when sample_id = 3 then null when sample_id > 3 then 'b' else 'a' end"
    )
    for ids in ([], [0, 4], [3], [2, 3, 5], [0, 1, 2, 3, 4, 5], [1]):
        codes, values = text_codes(Selection(aged, Filter()), "split", np.array(ids, np.int32))
        texts = [*values.to_pylist(), None]
        assert [texts[code] for code in codes] == [None if one == 3 else "ab"[one > 3] for one in ids]
    aged.execute("update samples set split = 'c'")
    codes, values = text_codes(Selection(aged, Filter()), "split", np.arange(6, dtype=np.int32))
    assert values.take(pa.array(codes)).to_pylist() == ["c"] * 6


@pytest.mark.parametrize("kept_bytes", [0, 1_000_000])
def test_no_columns_have_no_values(aged: Database, monkeypatch: pytest.MonkeyPatch, kept_bytes: int) -> None:
    monkeypatch.setattr(Database, "memory_bytes", kept_bytes)
    pieces = column_pieces(Selection(aged, Filter()), [], np.array([1, 3], np.int32))
    assert all(values == {} for _, values in pieces)


def test_what_is_shared_cannot_be_written(aged: Database) -> None:
    column = one_column(Selection(aged, Filter()), LABEL_ID)
    with pytest.raises(ValueError, match="read-only"):
        column[0] = 1


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["age", "random", "confidence"])
@pytest.mark.parametrize("filter", [Filter(), where(classes=["dog"]), where("age > 0")])
def test_samples_come_in_the_order_that_duckdb_sorts_them_in(
    aged: Database, name: str, descending: bool, filter: Filter
) -> None:
    selection = Selection(aged, filter, model_id=0)
    order = f"{selection.field(name).sql} {'desc' if descending else 'asc'} nulls last, s.sample_id"
    sql, parameters = selection.sql("s.sample_id", names=[name], tail=f"order by {order}", shown=True)
    expected = [sample_id for (sample_id,) in aged.rows(sql, parameters)]
    assert [record["id"] for record in list_samples(selection, sort=name, descending=descending)] == expected
    assert count_shown(selection) == len(expected)
    page = list_samples(selection, sort=name, descending=descending, limit=2, offset=1)
    assert [record["id"] for record in page] == expected[1:3]


def test_a_page_follows_a_change_of_what_it_is_sorted_by(aged: Database) -> None:
    selection = Selection(aged, Filter(), model_id=0)
    assert list_samples(selection, sort="age", limit=1)[0]["id"] == 4
    aged.execute("update attributes set age = -1e308 where sample_id = 4")
    aged.execute("update attributes set age = '-infinity' where sample_id = 0")
    assert list_samples(selection, sort="age", limit=1)[0]["id"] == 0


def test_the_ids_of_two_filters_are_two(aged: Database) -> None:
    assert chosen_ids(Selection(aged, where("age > 1.5"))).tolist() == [0, 1, 2]
    assert chosen_ids(Selection(aged, where("age > 2.5"))).tolist() == [1]
    assert chosen_ids(Selection(aged, where(text="eel"))).tolist() == [4]


def test_the_class_filter_is_applied_only_to_what_is_shown(aged: Database) -> None:
    selection = Selection(aged, where(classes=["eel"]), model_id=0)
    assert chosen_ids(selection).tolist() == [0, 1, 2, 3, 4, 5]
    assert chosen_ids(selection, shown=True).tolist() == [3, 4]


def test_a_project_without_samples_has_empty_columns(aged: Database) -> None:
    for table in ("samples", "predictions", "attributes"):
        aged.execute(f"delete from {table}")
    selection = Selection(aged, Filter(), model_id=0)
    assert all(len(values) == 0 for values in sample_columns(selection, ["age", "confidence"]).values())
    assert len(label_prediction_counts(selection).counts) == 0
    assert list_samples(selection, sort="age") == []


def test_without_a_model_a_metric_of_predictions_is_refused(aged: Database) -> None:
    with pytest.raises(InvalidFilter, match="needs a model"):
        sample_columns(Selection(aged, Filter()), ["confidence"])


def test_two_models_are_compared_where_the_policy_of_each_counts_a_sample(aged: Database) -> None:
    excluding, counting = models.find_model(aged, "second"), models.Model(1, "second", "wrong")
    pairs, left_out = paired_predictions(Selection(aged, Filter(), model_id=0), excluding)
    assert (pairs["label_id"].tolist(), pairs["class_id"].tolist(), pairs["other_id"].tolist()) == (
        [0, 0],
        [0, 1],
        [2, 0],
    )
    assert left_out == 3
    pairs, left_out = paired_predictions(Selection(aged, Filter(), model_id=0), counting)
    assert (pairs["other_id"].tolist(), left_out) == ([2, 0, -1, -1], 1)


def test_more_ids_than_a_column_has_are_of_a_sample_just_added(aged: Database) -> None:
    assert take(np.array([5, 6, 7]), np.array([0, 2, 3, 1])).tolist() == [5, 7, 7, 6]


@pytest.mark.parametrize("count", [0, 1, 5, 40, 100])
@pytest.mark.parametrize("name", ["distinct", "ties", "infinite", "missing", "all missing"])
def test_the_first_places_are_those_of_a_stable_sort(name: str, count: int) -> None:
    values = {
        "distinct": np.random.default_rng(0).normal(size=100),
        "ties": np.random.default_rng(1).integers(0, 4, 100).astype(float),
        "infinite": np.repeat([math.inf, 1.0, -math.inf, 0.0], 25),
        "missing": np.where(np.arange(100) % 3, np.nan, np.arange(100.0) % 7),
        "all missing": np.full(100, np.nan),
    }[name]
    assert first_places(values, count).tolist() == np.argsort(values, kind="stable")[:count].tolist()


@pytest.mark.parametrize("order", ["age", "-age"])
def test_a_first_page_is_the_same_whether_all_samples_are_put_in_order_or_not(
    aged: Database, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    pages = []
    for first_of in (1, 1000):
        monkeypatch.setattr("misnomer.store.listing._FIRST_OF", first_of)
        selection = Selection(aged, Filter())
        listed = list_samples(selection, sort="age", descending=order == "-age", limit=2, offset=1)
        pages.append([sample["id"] for sample in listed])
    assert pages[0] == pages[1]

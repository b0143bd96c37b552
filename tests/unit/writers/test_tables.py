import csv
import json

import pyarrow as pa
import pyarrow.parquet
import pytest

from misnomer.errors import UnknownName
from misnomer.writers.tables import write_samples
from tests.unit.charts.evaluations import HOSTILE_NAMES

KEYS = [*(name for name in HOSTILE_NAMES if "\x00" not in name), "=1+1", "a,b", "c\r\nd"]
SCHEMA = pa.schema([("key", pa.string()), ("brightness", pa.float64()), ("width", pa.int64())])


def batches(rows_in_each: int = 4):
    table = pa.table({"key": KEYS, "brightness": [0.1] * len(KEYS), "width": range(len(KEYS))}, schema=SCHEMA)
    return table.to_batches(max_chunksize=rows_in_each)


def test_a_csv_gives_back_every_hostile_key(tmp_path):
    assert write_samples(batches(), tmp_path / "out.csv", "csv") == len(KEYS)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["key"] for row in rows] == KEYS
    assert rows[3] == {"key": KEYS[3], "brightness": "0.1", "width": "3"}


def test_a_parquet_file_gives_back_every_hostile_key_and_the_types(tmp_path):
    assert write_samples(batches(), tmp_path / "out.parquet", "parquet") == len(KEYS)
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table.schema.equals(SCHEMA)
    assert table["key"].to_pylist() == KEYS


def test_json_gives_back_every_hostile_key(tmp_path):
    assert write_samples(batches(), tmp_path / "out.json", "json") == len(KEYS)
    rows = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [row["key"] for row in rows] == KEYS
    assert rows[0] == {"key": KEYS[0], "brightness": 0.1, "width": 0}


def test_a_missing_value_is_empty_in_csv_and_null_in_json(tmp_path):
    batch = pa.record_batch({"key": ["a", ""], "brightness": [None, 0.5]})
    write_samples([batch], tmp_path / "out.csv", "csv")
    write_samples([batch], tmp_path / "out.json", "json")
    assert (tmp_path / "out.csv").read_text() == '"key","brightness"\n"a",\n"",0.5\n'
    assert json.loads((tmp_path / "out.json").read_text())[0] == {"key": "a", "brightness": None}


def test_nan_and_infinity_are_null_in_json(tmp_path):
    write_samples([pa.record_batch({"x": [float("nan"), float("inf")]})], tmp_path / "out.json", "json")
    assert json.loads((tmp_path / "out.json").read_text()) == [{"x": None}, {"x": None}]


@pytest.mark.parametrize(("format", "text"), [("csv", '"key","brightness","width"\n'), ("json", "[\n]\n")])
def test_no_rows_are_a_table_without_rows(tmp_path, format, text):
    stream = pa.RecordBatchReader.from_batches(SCHEMA, iter(()))
    assert write_samples(stream, tmp_path / "out", format) == 0
    assert (tmp_path / "out").read_text() == text


def test_batches_are_taken_one_by_one(tmp_path):
    alive = []

    def stream():
        for batch in batches(1):
            alive.append(batch)
            yield batch
            assert len(alive) == 1
            alive.clear()

    assert write_samples(stream(), tmp_path / "out.csv", "csv") == len(KEYS)


def test_an_error_in_the_stream_leaves_no_file(tmp_path):
    def stream():
        yield from batches()
        raise RuntimeError("the reader failed")

    with pytest.raises(RuntimeError):
        write_samples(stream(), tmp_path / "out.parquet", "parquet")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_named(tmp_path):
    with pytest.raises(UnknownName, match="'xlsx'"):
        write_samples(batches(), tmp_path / "out.xlsx", "xlsx")

"""Tables of other kinds, recognised by their content."""

import gzip
import json
import pickle
from pathlib import Path

import fsspec
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest

from misnomer.errors import InputError, UnreadableSource
from misnomer.readers.tables import open_table

ROWS = pa.table({"key": ["a", "b", "00123"], "n": [1, 2, None], "x": [0.5, None, 2.0]})


@pytest.fixture(params=["parquet", "feather", "feather-lz4", "stream", "jsonl", "json", "split", "columns", "csv"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """ROWS in each format, under a name that says nothing."""
    path = tmp_path / "table.dat"
    frame = ROWS.to_pylist()
    match request.param:
        case "parquet":
            pq.write_table(ROWS, path)
        case "feather":
            pyarrow.feather.write_feather(ROWS, str(path), compression="uncompressed")
        case "feather-lz4":
            pyarrow.feather.write_feather(ROWS, str(path), compression="lz4")
        case "stream":
            with pa.ipc.new_stream(path, ROWS.schema) as writer:
                writer.write_table(ROWS)
        case "jsonl":
            path.write_text("\n".join(json.dumps(row) for row in frame))
        case "json":
            path.write_text(json.dumps(frame, indent=1))
        case "split":
            data = [list(row.values()) for row in frame]
            path.write_text(json.dumps({"columns": ROWS.column_names, "index": [0, 1, 2], "data": data}))
        case "columns":
            path.write_text(json.dumps(ROWS.to_pydict()))
        case "csv":
            path.write_text("key,n,x\na,1,0.5\nb,2,\n00123,,2.0\n")
    return path


def test_every_format_gives_the_same_table(written: Path) -> None:
    read = open_table(written).read(types={"n": pa.int64(), "x": pa.float64()})
    assert read.to_pydict() == ROWS.to_pydict()


def test_every_format_gives_columns_alone_and_batches_anew(written: Path) -> None:
    table = open_table(written)
    for _ in range(2):
        batches = list(table.batches(["key"]))
        assert [key for batch in batches for key in batch["key"].to_pylist()] == ["a", "b", "00123"]
        assert batches[0].schema.names == ["key"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (ROWS, "a pyarrow table"),
        (ROWS.to_pydict(), "a mapping of columns"),
        (ROWS.to_pandas(), "a pandas data frame"),
        (ROWS.combine_chunks().to_batches()[0], "a pyarrow record batch"),
    ],
)
def test_tables_in_memory_are_tables(source: object, words: str) -> None:
    table = open_table(source)
    assert table.format == words
    assert table.read(types={"n": pa.int64()}).to_pydict() == ROWS.to_pydict()


def test_the_index_of_a_frame_is_its_key() -> None:
    frame = pd.DataFrame({"label": ["cat", "dog"]}, index=["a.jpg", "b.jpg"])
    assert open_table(frame).read().to_pydict() == {"key": ["a.jpg", "b.jpg"], "label": ["cat", "dog"]}


def test_a_column_of_mixed_values_is_text() -> None:
    assert open_table({"a": [1, "x", None, 2.5]}).read()["a"].to_pylist() == ["1", "x", None, "2.5"]


def test_text_in_any_encoding_of_arrow_is_plain_text(tmp_path: Path) -> None:
    texts = pa.array(["a", "b", "a"])
    columns = {"d": texts.dictionary_encode(), "l": texts.cast(pa.large_string()), "v": texts.cast(pa.string_view())}
    pq.write_table(pa.table(columns), tmp_path / "t")
    for source in (tmp_path / "t", pa.table(columns)):
        assert open_table(source).read().schema.types == [pa.string()] * 3


def test_whole_numbers_that_became_floats_are_keys_without_a_point() -> None:
    assert open_table({"id": pa.array([1.0, None, 20.0])}).read(types={"id": pa.string()})["id"].to_pylist() == [
        "1",
        None,
        "20",
    ]


def test_columns_of_one_name_are_numbered_in_parquet_too(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    pq.write_table(table, tmp_path / "t")
    assert open_table(tmp_path / "t").read(["a_2", "a"]).to_pydict() == {"a_2": [2], "a": [1]}


def test_json_columns_that_change_their_type_late_are_read(tmp_path: Path) -> None:
    rows = [{"a": i} for i in range(10_000)] + [{"a": "late", "b": [1, 2]}]
    (tmp_path / "t").write_text(json.dumps(rows))
    read = open_table(tmp_path / "t").read()
    assert read["a"].to_pylist()[-2:] == ["9999", "late"]
    assert read["b"].to_pylist()[-1] == [1, 2]


def test_a_broken_line_of_json_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "t").write_text('{"a": 1}\n{"a": \n\n[1]\n{"a": 2} {"a": 3}\n{"a": 4}\n')
    table = open_table(tmp_path / "t")
    assert table.read()["a"].to_pylist() == [1, 4]
    assert [(f.kind, f.count, f.keys) for f in table.findings] == [("invalid_row", 3, ("line 2", "line 4", "line 5"))]


def test_long_lists_of_records_are_read_block_by_block(tmp_path: Path) -> None:
    rows = [{"i": i, "text": 'é[]{}," \\' * (1 + i % 50)} for i in range(20_000)]
    (tmp_path / "t").write_text(json.dumps(rows, ensure_ascii=False))
    assert open_table(tmp_path / "t").read().to_pylist() == rows


def test_compressed_text_is_read(tmp_path: Path) -> None:
    for codec in ("gzip", "bz2", "zstd"):
        with pa.CompressedOutputStream(tmp_path / codec, codec) as file:
            file.write(b"a,b\n1,2\n")
        assert open_table(tmp_path / codec).read().to_pydict() == {"a": ["1"], "b": ["2"]}


def test_a_url_is_read() -> None:
    fsspec.filesystem("memory").pipe("/tables/t.csv", b"a,b\n1,2\n")
    assert open_table("memory://tables/t.csv").read().to_pydict() == {"a": ["1"], "b": ["2"]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pickle.dumps({"a": 1}), "a Python pickle, which is never loaded"),
        (b"PK\x03\x04rest", "a zip archive"),
        (b"\x93NUMPY\x01\x00", "a NumPy array"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (bytes(range(256)) * 8, "a binary file"),
        (b"PAR1 and no end", "is Parquet, but broken"),
        (b"ARROW1\0\0 and no end", "is Arrow, but broken"),
        (gzip.compress(b"a,b\n1,2\n" * 1000, mtime=0)[:-9], "is compressed, but broken"),
        (b'[{"a": 1}, {"a"', "is not valid JSON"),
        (b'{"a": {"b": 1}, "c": 2}', "is JSON, but not a table"),
        (b"[]", "has no columns"),
        (b"<html><body>", "XML or HTML"),
    ],
)
def test_what_is_no_table_is_an_error_that_says_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(UnreadableSource, match=words):
        open_table(tmp_path / "t.csv")


@pytest.mark.parametrize("source", ["nowhere.csv", "memory://nowhere.csv", "nonsense://x/y.csv"])
def test_what_is_not_there_is_an_error(source: str) -> None:
    with pytest.raises(UnreadableSource):
        open_table(source)


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="is a folder"):
        open_table(tmp_path)


@pytest.mark.parametrize("source", [3, {"a": [1], "b": []}, None])
def test_objects_that_are_no_tables_are_errors(source: object) -> None:
    with pytest.raises(InputError):
        open_table(source)

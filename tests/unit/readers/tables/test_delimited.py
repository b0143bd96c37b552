"""CSV as people write it."""

import gzip
from pathlib import Path

import pyarrow as pa
import pytest

from misnomer.errors import UnknownName, UnreadableSource
from misnomer.readers.report import Finding
from misnomer.readers.tables import MISSING_WORDS, Table, open_table


def table_of(folder: Path, content: bytes | str) -> Table:
    path = folder / "table"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_table(path)


def finding(table: Table, kind: str) -> Finding:
    return next(finding for finding in table.findings if finding.kind == kind)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_recognised_even_where_cells_hold_the_others(tmp_path: Path, separator: str) -> None:
    others = "".join({",", ";", "|"} - {separator})
    table = table_of(tmp_path, f"path{separator}label\na{others[0]}b.jpg{separator}cat\n")
    assert table.read().to_pydict() == {"path": [f"a{others[0]}b.jpg"], "label": ["cat"]}


def test_the_format_says_what_was_recognised(tmp_path: Path) -> None:
    assert table_of(tmp_path, "a;b\n1;2\n").format == "CSV, separated by ';'"
    assert table_of(tmp_path, "a\tb\n1\t2\n".encode("utf-16")).format == "TSV, UTF-16"
    assert table_of(tmp_path, gzip.compress("a,b\né,2\n".encode("latin-1"))).format == (
        "CSV, separated by ',', Windows-1252, gzip"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"])
def test_names_are_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    table = table_of(tmp_path, "path,label\nfaçade.jpg,ärger\n".encode(encoding))
    assert table.read().to_pydict() == {"path": ["façade.jpg"], "label": ["ärger"]}


def test_one_byte_of_latin_1_far_into_a_file_leaves_the_utf_8_around_it_alone(tmp_path: Path) -> None:
    lines = ["path,label\n", *["façade.jpg,x\n"] * 200_000]
    table = table_of(tmp_path, "".join(lines).encode() + b"caf\xe9.jpg,x\n")
    paths = table.read()["path"].to_pylist()
    assert paths[0] == paths[-2] == "façade.jpg"
    assert paths[-1] == "café.jpg"


def test_windows_line_ends_and_blank_lines_are_no_rows(tmp_path: Path) -> None:
    assert table_of(tmp_path, "\r\na,b\r\n\r\n1,2\r\n\r\n3,4").read().to_pydict() == {"a": ["1", "3"], "b": ["2", "4"]}


def test_a_quoted_cell_may_hold_separators_quotes_and_line_ends(tmp_path: Path) -> None:
    table = table_of(tmp_path, '"pa\nth",label\n"a,\n""b"".jpg",cat\n"c.jpg","dog"')
    assert table.read().to_pydict() == {"pa\nth": ['a,\n"b".jpg', "c.jpg"], "label": ["cat", "dog"]}


def test_a_quote_that_never_closes_costs_its_own_row_only(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'path,label\n"a.jpg,cat\nb.jpg,dog\n5" nail.jpg,cat\n"c,d.jpg",dog\n')
    assert table.read()["path"].to_pylist() == ["b.jpg", '5" nail.jpg', "c,d.jpg"]
    assert finding(table, "invalid_row").keys == ("row 2",)
    assert "stray quotes" in finding(table, "converted").detail


def test_rows_with_too_many_or_too_few_cells_are_reported_by_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1,2\n3\n4,5\n6,7,8\n9,10\n")
    assert table.read().to_pydict() == {"a": ["1", "4", "9"], "b": ["2", "5", "10"]}
    assert finding(table, "invalid_row") == Finding("invalid_row", 2, ("row 3", "row 5"), "row 3: cells 1, columns 2")


def test_a_second_pass_does_not_report_twice(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,b\n1,2\n3\n")
    table.read()
    table.read(["a"])
    assert finding(table, "invalid_row").count == 1


def test_cells_stay_text_and_keep_their_zeros(tmp_path: Path) -> None:
    assert table_of(tmp_path, "id,n\n00123,1.0\n").read().to_pydict() == {"id": ["00123"], "n": ["1.0"]}


@pytest.mark.parametrize("word", sorted(MISSING_WORDS))
def test_words_for_no_value_are_missing(tmp_path: Path, word: str) -> None:
    assert table_of(tmp_path, f"a,b\nx,{word}\n").read()["b"].to_pylist() == [None]


def test_a_class_may_be_called_none(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\nx,None\n,\n")
    table = open_table(path, missing=MISSING_WORDS - {"None"})
    assert table.read().to_pydict() == {"a": ["x", None], "b": ["None", None]}


def test_numbers_are_read_where_asked_for_and_what_is_none_becomes_missing(tmp_path: Path) -> None:
    table = table_of(tmp_path, "p,n\n0.5,1\n .25 ,2\noops,3\n1e-3,4.5\n")
    read = table.read(types={"p": pa.float64(), "n": pa.int64()}).to_pydict()
    assert read == {"p": [0.5, 0.25, None, 0.001], "n": [1, 2, 3, None]}
    assert finding(table, "invalid_value") == Finding("invalid_value", 2, ("p", "n"), "such as 'oops'")


def test_a_bad_number_in_a_late_block_neither_repeats_nor_loses_rows(tmp_path: Path) -> None:
    count = 700_000
    table = table_of(tmp_path, "i,p\n" + "".join(f"{i},0.25\n" for i in range(count)) + "last,bad\n")
    read = table.read(types={"p": pa.float64()})
    assert read["i"].to_pylist() == [*map(str, range(count)), "last"]
    assert read["p"].null_count == 1


def test_decimal_commas_are_understood(tmp_path: Path) -> None:
    table = table_of(tmp_path, "k;p\na;0,5\nb;1\n")
    assert table.read(types={"p": pa.float64()})["p"].to_pylist() == [0.5, 1.0]


def test_a_row_longer_than_a_block_is_read(tmp_path: Path) -> None:
    long = "x" * 9_000_000
    assert table_of(tmp_path, f"a,b\n1,{long}\n2,y\n").read()["b"].to_pylist() == [long, "y"]


def test_spaces_after_the_separator_are_taken_off(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'path, label\na.jpg, "cat, grey"\nb.jpg, NA\n')
    assert table.read().to_pydict() == {"path": ["a.jpg", "b.jpg"], "label": ["cat, grey", None]}


def test_excels_separator_line_is_no_header(tmp_path: Path) -> None:
    assert table_of(tmp_path, "sep=;\na;b\n1;2\n").read().to_pydict() == {"a": ["1"], "b": ["2"]}


def test_columns_of_one_name_are_numbered_and_said(tmp_path: Path) -> None:
    table = table_of(tmp_path, "a,a,a_2\n1,2,3\n")
    assert table.read().to_pydict() == {"a": ["1"], "a_3": ["2"], "a_2": ["3"]}
    assert finding(table, "converted").keys == ("a",)


def test_nul_bytes_are_taken_out_and_said(tmp_path: Path) -> None:
    table = table_of(tmp_path, b"a,b\nx\x00y,1\n")
    assert table.read()["a"].to_pylist() == ["xy"]
    assert finding(table, "converted").detail == "NUL bytes taken out"


def test_a_single_column_is_a_table(tmp_path: Path) -> None:
    assert table_of(tmp_path, "path\na.jpg\nb.jpg\n").read().to_pydict() == {"path": ["a.jpg", "b.jpg"]}


@pytest.mark.parametrize("content", ["a,b", "a,b\n", "a,b\n\n\n"])
def test_a_header_alone_is_a_table_without_rows(tmp_path: Path, content: str) -> None:
    assert table_of(tmp_path, content).read(types={"b": pa.float64()}).to_pydict() == {"a": [], "b": []}


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_an_error(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableSource, match="is empty"):
        table_of(tmp_path, content)


def test_columns_come_in_the_order_asked_for(tmp_path: Path) -> None:
    assert table_of(tmp_path, "a,b,c\n1,2,3\n").read(["c", "a"]).column_names == ["c", "a"]


def test_an_unknown_column_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'label'"):
        table_of(tmp_path, "path,label\n1,2\n").read(["lable"])

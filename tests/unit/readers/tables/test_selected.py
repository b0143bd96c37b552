from pathlib import Path

import pyarrow as pa
import pytest

from misnomer.errors import UnknownName
from misnomer.readers.tables import SelectedTable, open_table


@pytest.fixture
def table(tmp_path: Path) -> SelectedTable:
    path = tmp_path / "t.csv"
    path.write_text("a,b,c\n1,x,0.5\n2,y,oops\n3,z\n4,w,2\n")
    return SelectedTable(open_table(path), {"c": "score", "a": "key"})


def test_columns_have_their_new_names_in_the_order_given(table: SelectedTable) -> None:
    assert table.column_names == ["score", "key"]
    assert table.read().to_pydict() == {"score": ["0.5", "oops", "2"], "key": ["1", "2", "4"]}


def test_types_are_asked_for_by_the_new_names(table: SelectedTable) -> None:
    assert table.read(["score"], {"score": pa.float64()})["score"].to_pylist() == [0.5, None, 2.0]


def test_what_was_odd_is_told_once(table: SelectedTable) -> None:
    for _ in range(2):
        table.read(types={"score": pa.float64()})
        assert {finding.kind: finding.count for finding in table.findings} == {"invalid_row": 1, "invalid_value": 1}


def test_the_other_columns_are_not_there(table: SelectedTable) -> None:
    with pytest.raises(UnknownName):
        table.read(["b"])

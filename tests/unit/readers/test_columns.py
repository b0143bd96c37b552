import pyarrow as pa
import pytest

from misnomer.readers.columns import Roles, find_roles, split_names, user_columns
from misnomer.readers.report import ImportReport


def report() -> ImportReport:
    return ImportReport("table", "images", "")


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (["filepath", "label"], Roles("filepath", None, "label", None)),
        (["Image Path", "Class", "Split"], Roles("Image Path", None, "Class", "Split")),
        (["id", "fileName", "y_true", "subset"], Roles("fileName", "id", "y_true", "subset")),
        (["label_id", "label", "file"], Roles("file", None, "label", None)),
        (["x", "z"], Roles(None, None, None, None)),
    ],
)
def test_roles_are_found_by_name(names: list[str], roles: Roles) -> None:
    assert find_roles(names) == roles


def typed(values: list[object], *, has_types: bool = False) -> pa.ChunkedArray:
    return user_columns(pa.table({"x": values}), ["x"], report(), typed=has_types)["x"]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1", "-2", None], [1, -2, None]),
        (["1", "2.5", "1e-3"], [1.0, 2.5, 0.001]),
        (["00123", "00124"], ["00123", "00124"]),
        (["1", "x"], ["1", "x"]),
        (["0", "0.0"], [0.0, 0.0]),
        ([None, None], [None, None]),
        (["99999999999999999999"], [1e20]),
    ],
)
def test_text_is_a_number_only_where_every_cell_is(cells: list[object], values: list[object]) -> None:
    assert typed(cells).to_pylist() == values


def test_text_of_a_source_with_types_stays_text() -> None:
    assert typed(["1", "2"], has_types=True).type == pa.string()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(pa.int8(), pa.int64()), (pa.uint64(), pa.float64()), (pa.float32(), pa.float64()), (pa.bool_(), pa.string())],
)
def test_numbers_of_every_width_become_int64_or_float64(kind: pa.DataType, expected: pa.DataType) -> None:
    table = pa.table({"x": pa.array([1, 0], pa.int64()).cast(kind)})
    assert user_columns(table, ["x"], report(), typed=True)["x"].type == expected


def test_columns_of_lists_are_left_out_and_said() -> None:
    said = report()
    assert user_columns(pa.table({"embedding": [[1.0, 2.0]]}), ["embedding"], said, typed=True) == {}
    assert said.findings[0].kind == "ignored_column"


def test_a_users_column_never_hides_one_of_ours() -> None:
    assert list(user_columns(pa.table({"path": ["x"]}), ["path"], report(), typed=True)) == ["path_"]


def test_splits_get_their_usual_names_and_it_is_said() -> None:
    said = report()
    splits = pa.chunked_array([["Validation", "train", "fold1", None, "TEST"]])
    assert split_names(splits, said).to_pylist() == ["val", "train", "fold1", None, "test"]
    assert said.findings[0].keys == ("split Validation → val", "split TEST → test")

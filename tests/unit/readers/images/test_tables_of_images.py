"""Tables of paths."""

import json
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from misnomer.errors import InputError, UnknownName, UnreadableSource
from misnomer.readers.images import ImageListing, read_images
from misnomer.readers.report import Finding


def column(listing: ImageListing, name: str) -> list[object]:
    values: list[object] = listing.samples[name].to_pylist()
    return values


def findings(listing: ImageListing) -> dict[str, Finding]:
    return {finding.kind: finding for finding in listing.report.findings}


def csv(folder: Path, text: str, *images: str) -> Path:
    """A table in a folder with these images."""
    for name in images:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "table.csv").write_text(text)
    return folder / "table.csv"


def test_paths_are_relative_to_the_tables_folder_and_further_columns_are_the_users(tmp_path: Path) -> None:
    text = "file,class,subset,camera,iso,ratio,zip\na/1.jpg,cat,train,x,100,1.5,01234\na/2.jpg,dog,,,200,,12345\n"
    listing = read_images(csv(tmp_path, text, "a/1.jpg"))
    assert listing.root == str(tmp_path)
    assert listing.samples.to_pydict() == {
        "key": ["a/1.jpg", "a/2.jpg"],
        "path": ["a/1.jpg", "a/2.jpg"],
        "label": ["cat", "dog"],
        "split": ["train", None],
        "camera": ["x", None],
        "iso": [100, 200],
        "ratio": [1.5, None],
        "zip": ["01234", "12345"],
    }
    assert listing.class_names == ("cat", "dog")
    assert listing.report.format == "a table of images (CSV, separated by ',')"


def test_a_key_column_beside_the_path_is_the_key(tmp_path: Path) -> None:
    listing = read_images(csv(tmp_path, "id,path,label\n007,a.jpg,x\n008,b.jpg,y\n", "a.jpg"))
    assert (column(listing, "key"), column(listing, "path")) == (["007", "008"], ["a.jpg", "b.jpg"])


def test_a_key_column_that_is_not_unique_is_the_users_and_said(tmp_path: Path) -> None:
    listing = read_images(csv(tmp_path, "id,path\n7,a.jpg\n7,b.jpg\n", "a.jpg"))
    assert column(listing, "key") == ["a.jpg", "b.jpg"]
    assert column(listing, "id") == [7, 7]
    assert findings(listing)["ignored_column"].keys == ("id",)


def test_paths_are_written_the_posix_way_from_the_folder_on(tmp_path: Path) -> None:
    text = f"path\n./a//1.jpg\n.\\a\\2.jpg\n{tmp_path}/a/3.jpg\nfile://{tmp_path}/a/4.jpg\n../b.jpg\n/else/c.jpg\ns3://b/d.jpg\n"
    assert column(read_images(csv(tmp_path, text)), "key") == [
        *("a/1.jpg", "a/2.jpg", "a/3.jpg", "a/4.jpg", "../b.jpg", "/else/c.jpg", "s3://b/d.jpg"),
    ]


def test_ids_find_their_images_below_the_folder(tmp_path: Path) -> None:
    listing = read_images(csv(tmp_path, "id,label\n01,a\n02,b\n03,b\n", "train/01.jpg", "train/02.png"))
    assert column(listing, "key") == ["01", "02", "03"]
    assert column(listing, "path") == ["train/01.jpg", "train/02.png", "03"]
    assert findings(listing)["converted"].count == 2
    assert findings(listing)["missing_image"].keys == ("03",)


def test_ids_without_any_image_are_samples_without_path(tmp_path: Path) -> None:
    listing = read_images(csv(tmp_path, "id,label\n01,a\n02,b\n"))
    assert column(listing, "path") == [None, None]
    assert findings(listing)["missing_image"].count == 2


def test_one_column_of_0_and_1_per_class_gives_the_label(tmp_path: Path) -> None:
    text = "image,cat,dog,size\na.jpg,1,0,4\nb.jpg,0,1,5\nc.jpg,0,0,6\nd.jpg,1,1,7\n"
    listing = read_images(csv(tmp_path, text, "a.jpg"))
    assert column(listing, "label") == ["cat", "dog", None, None]
    assert listing.class_names == ("cat", "dog")
    assert column(listing, "size") == [4, 5, 6, 7]
    assert findings(listing)["multiple_labels"].keys == ("d.jpg",)


def test_a_row_given_twice_is_used_once_and_a_contradiction_not_at_all(tmp_path: Path) -> None:
    text = "path,label\na.jpg,x\nb.jpg,x\na.jpg,x\nb.jpg,y\nc.jpg,y\n,y\n"
    listing = read_images(csv(tmp_path, text, "a.jpg"))
    assert column(listing, "key") == ["a.jpg", "c.jpg"]
    assert findings(listing)["duplicate_key"].keys == ("a.jpg",)
    assert findings(listing)["conflicting_duplicate"].keys == ("b.jpg",)
    assert findings(listing)["missing_key"].keys == ("row 6",)


def test_class_indices_keep_their_digits_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    listing = read_images(csv(tmp_path, "path,label\na.jpg,10\nb.jpg,9\nc.jpg,\n", "a.jpg"))
    assert column(listing, "label") == ["10", "9", None]
    assert listing.class_names == ("9", "10")
    assert findings(listing)["converted"].count == 2


def test_hugging_faces_class_names_are_found_in_parquet(tmp_path: Path) -> None:
    features = {"label": {"names": ["cat", "dog", "cow"], "_type": "ClassLabel"}}
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    table = pa.table({"file_name": ["a.jpg", "b.jpg"], "label": [1, 0]}).replace_schema_metadata(metadata)
    pq.write_table(table, tmp_path / "t")
    listing = read_images(tmp_path / "t")
    assert column(listing, "label") == ["dog", "cat"]
    assert listing.class_names == ("cat", "dog", "cow")


def test_images_inside_parquet_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    pq.write_table(pa.table({"image": [{"bytes": b"x", "path": "a.jpg"}], "label": [0]}), tmp_path / "t")
    with pytest.raises(UnreadableSource, match="Save them as files") as problem:
        read_images(tmp_path / "t")
    assert "lie inside the table" in problem.value.message


def test_lists_of_labels_are_one_label_or_reported(tmp_path: Path) -> None:
    rows = [{"path": "a.jpg", "label": ["x"]}, {"path": "b.jpg", "label": ["x", "y"]}, {"path": "c.jpg", "label": []}]
    (tmp_path / "t").write_text("\n".join(map(json.dumps, rows)))
    listing = read_images(tmp_path / "t")
    assert column(listing, "label") == ["x", None, None]
    assert findings(listing)["multiple_labels"].keys == ("b.jpg",)


def test_a_split_restricts_or_names(tmp_path: Path) -> None:
    path = csv(tmp_path, "path,split\na.jpg,Train\nb.jpg,valid\n", "a.jpg")
    assert column(read_images(path, split="val"), "key") == ["b.jpg"]
    with pytest.raises(UnknownName):
        read_images(path, split="test")


def test_what_is_odd_about_the_file_is_in_the_report(tmp_path: Path) -> None:
    listing = read_images(csv(tmp_path, "path,label\na.jpg,x\nb.jpg\nc.jpg,y,z\n", "a.jpg"))
    assert findings(listing)["invalid_row"].keys == ("row 3", "row 4")


def test_the_row_numbers_that_pandas_writes_are_no_metric(tmp_path: Path) -> None:
    listing = read_images(csv(tmp_path, ",path,n\n1,a.jpg,5\n0,b.jpg,6\n", "a.jpg"))
    assert listing.samples.column_names[4:] == ["n"]
    assert findings(listing)["ignored_column"].keys == ("column_1",)


def test_a_table_in_memory_is_read() -> None:
    listing = read_images({"path": ["/x/a.jpg", "/x/b.jpg"], "label": ["cat", None]})
    assert column(listing, "key") == ["/x/a.jpg", "/x/b.jpg"]
    assert findings(listing)["without_label"].keys == ("/x/b.jpg",)


def test_a_remote_table_has_paths_beside_it() -> None:
    fsspec.filesystem("memory").pipe("/set/t.csv", b"path,label\ncat/1.jpg,A\nmemory://set/2.jpg,B\ns3://b/3.jpg,B\n")
    listing = read_images("memory://set/t.csv")
    assert listing.root == "memory://set"
    assert column(listing, "key") == ["cat/1.jpg", "2.jpg", "s3://b/3.jpg"]


def test_a_table_without_paths_is_an_error_that_shows_its_columns(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"'a\.jpg', 'cat'"):
        read_images(csv(tmp_path, "a.jpg,cat\nb.jpg,dog\n"))


def test_a_table_without_rows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no images that can be used"):
        read_images(csv(tmp_path, "path,label\n"))

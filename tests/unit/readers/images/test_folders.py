"""Folders of images: a folder per class, split folders, unlabelled ones, and what lies about in them."""

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import fsspec
import pytest

from misnomer.errors import InputError, UnknownName, UnreadableSource
from misnomer.readers.images import ImageListing, read_images
from misnomer.readers.report import Finding

MakeTree = Callable[..., Path]


@pytest.fixture
def tree(tmp_path: Path) -> MakeTree:
    """A folder with these empty files; a name that ends in / is a folder."""

    def make(*names: str) -> Path:
        root = tmp_path / "root"
        for name in names:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name.endswith("/"):
                path.mkdir(exist_ok=True)
            else:
                path.touch()
        root.mkdir(exist_ok=True)
        return root

    return make


def column(listing: ImageListing, name: str) -> list[object]:
    values: list[object] = listing.samples[name].to_pylist()
    return values


def findings(listing: ImageListing) -> dict[str, Finding]:
    return {finding.kind: finding for finding in listing.report.findings}


def test_a_folder_per_class_is_read_in_image_folders_order(tree: MakeTree) -> None:
    root = tree("b/2.JPG", "b/10.png", "b-c/1.webp", "b/x/0.gif", "B/1.avif", "b/é.tiff")
    listing = read_images(root)
    assert column(listing, "key") == ["B/1.avif", "b/10.png", "b/2.JPG", "b/é.tiff", "b/x/0.gif", "b-c/1.webp"]
    assert column(listing, "label") == ["B", "b", "b", "b", "b", "b-c"]
    assert listing.class_names == ("B", "b", "b-c")
    assert listing.root == str(root)
    assert listing.report.format == "a folder per class"


def test_the_order_is_torchvisions(tree: MakeTree) -> None:
    root = tree("b/2.jpg", "b/a/9.jpg", "b/a-b/3.jpg", "b/a/c/1.jpg", "a b/1.jpg", "a/z.jpg", "Z/é.jpg", "é/1.jpg")
    expected = []
    for name in sorted(entry.name for entry in os.scandir(root)):  # torchvision.datasets.folder.make_dataset
        for folder, _, files in sorted(os.walk(root / name, followlinks=True)):
            expected += [str((Path(folder) / file).relative_to(root)) for file in sorted(files)]
    assert column(read_images(root), "key") == expected


def test_an_empty_class_folder_is_a_class(tree: MakeTree) -> None:
    assert read_images(tree("a/1.jpg", "b/")).class_names == ("a", "b")


def test_split_folders_give_the_split_by_its_usual_name(tree: MakeTree) -> None:
    listing = read_images(tree("train/a/1.jpg", "train/b/2.jpg", "validation/c/3.jpg", "test/4.jpg"))
    assert column(listing, "key") == ["test/4.jpg", "train/a/1.jpg", "train/b/2.jpg", "validation/c/3.jpg"]
    assert column(listing, "split") == ["test", "train", "train", "val"]
    assert column(listing, "label") == [None, "a", "b", "c"]
    assert listing.class_names == ("a", "b", "c")
    assert listing.report.format == "a folder per class, in split folders (test, train, validation)"


def test_one_split_can_be_chosen_by_any_of_its_names(tree: MakeTree) -> None:
    root = tree("train/a/1.jpg", "valid/b/2.jpg")
    for name in ("val", "valid", "validation"):
        listing = read_images(root, split=name)
        assert column(listing, "key") == ["valid/b/2.jpg"]
        assert listing.class_names == ("a", "b")


def test_a_split_that_is_not_there_is_an_error(tree: MakeTree) -> None:
    with pytest.raises(UnknownName, match="Unknown split 'dev'"):
        read_images(tree("train/a/1.jpg", "val/a/2.jpg"), split="dev")


def test_a_folder_without_splits_gets_the_split_it_is_given(tree: MakeTree) -> None:
    assert column(read_images(tree("a/1.jpg"), split="val"), "split") == ["val"]


def test_a_class_that_is_called_test_among_others_is_a_class(tree: MakeTree) -> None:
    assert read_images(tree("cat/1.jpg", "test/2.jpg")).class_names == ("cat", "test")


def test_a_flat_folder_is_unlabelled(tree: MakeTree) -> None:
    listing = read_images(tree("1.jpg", "2.jpg"))
    assert column(listing, "label") == [None, None]
    assert listing.report.format == "a folder of unlabelled images"
    assert findings(listing)["without_label"].count == 2


def test_unlabeled_is_no_class(tree: MakeTree) -> None:
    listing = read_images(tree("a/1.jpg", "_unlabeled/2.jpg"))
    assert listing.class_names == ("a",)
    assert column(listing, "label") == [None, "a"]


def test_other_files_are_reported_and_hidden_ones_counted(tree: MakeTree) -> None:
    found = findings(
        read_images(tree("a/1.jpg", "a/notes.txt", "a/.DS_Store", "Thumbs.db", ".git/x.jpg", "a/noending"))
    )
    assert found["not_an_image"].keys == ("a/noending", "a/notes.txt")
    assert found["ignored_file"].count == 3


def test_a_pipe_with_an_images_name_is_no_image(tree: MakeTree) -> None:
    root = tree("a/1.jpg")
    os.mkfifo(root / "a" / "2.jpg")
    assert findings(read_images(root))["not_an_image"].keys == ("a/2.jpg",)


def test_a_dangling_link_is_a_sample_that_will_be_reported_when_it_is_opened(tree: MakeTree) -> None:
    root = tree("a/1.jpg")
    (root / "a" / "2.jpg").symlink_to("nowhere")
    assert column(read_images(root), "key") == ["a/1.jpg", "a/2.jpg"]


def test_links_are_followed_and_loops_reported(tree: MakeTree) -> None:
    root = tree("a/1.jpg", "b/2.jpg")
    (root / "a" / "loop").symlink_to(root)
    (root / "c").symlink_to(root / "b")
    listing = read_images(root)
    assert column(listing, "key") == ["a/1.jpg", "b/2.jpg", "c/2.jpg"]
    assert findings(listing)["unreadable_folder"].keys == ("a/loop",)


def test_a_link_to_itself_costs_no_other_file(tree: MakeTree) -> None:
    root = tree("a/1.jpg", "a/2.jpg")
    (root / "a" / "itself.jpg").symlink_to("itself.jpg")
    assert column(read_images(root), "key") == ["a/1.jpg", "a/2.jpg", "a/itself.jpg"]


def test_a_folder_that_cannot_be_listed_is_reported(tree: MakeTree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree("a/1.jpg", "b/2.jpg")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("/b"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    listing = read_images(root)
    assert column(listing, "key") == ["a/1.jpg"]
    assert findings(listing)["unreadable_folder"] == Finding("unreadable_folder", 1, ("b",), "Permission denied")


@pytest.mark.parametrize("name", ["a b.jpg", "a\nb.jpg", "a'\".jpg", "a\\b.jpg", "%41.jpg", "-rf.jpg", "猫 🐈.jpg"])
def test_odd_names_are_keys_as_they_are(tree: MakeTree, name: str) -> None:
    assert column(read_images(tree(f"x/{name}")), "path") == [f"x/{name}"]


def test_composed_and_decomposed_names_are_two_files(tree: MakeTree) -> None:
    names = [unicodedata.normalize(form, "x/é.jpg") for form in ("NFC", "NFD")]
    assert sorted(map(str, column(read_images(tree(*names)), "key"))) == sorted(names)


def test_a_name_that_is_not_utf_8_is_a_sample_without_path_and_reported(tree: MakeTree) -> None:
    listing = read_images(tree("x/1.jpg", "x/caf\udce9.jpg"))
    assert column(listing, "key") == ["x/1.jpg", "x/caf\\xe9.jpg"]
    assert column(listing, "path") == ["x/1.jpg", None]
    assert findings(listing)["unreadable_image"].keys == ("x/caf\\xe9.jpg",)


def test_class_names_that_differ_in_case_or_spaces_only_are_reported(tree: MakeTree) -> None:
    found = findings(read_images(tree("cat/1.jpg", "Cat /2.jpg", "dog/3.jpg")))["similar_class"]
    assert (found.count, found.keys) == (2, ("Cat ", "cat"))


def test_no_image_is_opened_and_none_asked_for_its_status(tree: MakeTree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree("a/1.jpg", "a/2.jpg", "b/3.jpg")
    asked: list[str] = []
    stat = os.stat

    def counted(path: str, **options: object) -> os.stat_result:
        asked.append(str(path))
        return stat(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", counted)
    read_images(root)
    assert not [path for path in asked if path.endswith(".jpg")]


@pytest.mark.parametrize("names", [(), ("a/", "b/"), ("a/notes.txt",)])
def test_a_folder_without_images_is_an_error(tree: MakeTree, names: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="There is no image"):
        read_images(tree(*names))


def test_a_folder_with_a_table_only_is_an_error_that_names_the_table(tree: MakeTree) -> None:
    with pytest.raises(InputError, match="name that file"):
        read_images(tree("labels.csv"))


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="does not exist"):
        read_images(tmp_path / "nowhere")


def test_a_remote_folder_is_listed() -> None:
    files = fsspec.filesystem("memory")
    for name in ("val/cat/1.jpg", "val/dog/x/2.png", "val/notes.txt", "val/.hidden/3.jpg"):
        files.pipe(f"/listing/{name}", b"")
    listing = read_images("memory://listing/val/")
    assert listing.root == "memory://listing/val"
    assert column(listing, "path") == ["cat/1.jpg", "dog/x/2.png"]
    assert listing.class_names == ("cat", "dog")
    assert findings(listing)["ignored_file"].count == 1


def test_twenty_thousand_files_are_listed_in_a_second(tree: MakeTree) -> None:
    root = tree(*(f"class_{i % 50}/{i}.jpg" for i in range(20_000)))
    assert read_images(root).samples.num_rows == 20_000

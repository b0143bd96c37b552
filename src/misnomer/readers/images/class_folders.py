"""torchvision's ImageFolder: the first folder below the root (or below a split's folder) is the class."""

from collections.abc import Iterable
from dataclasses import dataclass

from misnomer.readers.columns import split_name
from misnomer.readers.images.tree import Folder, Tree, joined, readable

UNLABELLED_FOLDERS = frozenset({"_unlabeled", "_unlabelled"})
_SPLITS = frozenset({"train", "val", "test"})


@dataclass(frozen=True)
class FolderSamples:
    """The images of a tree with what their folders say, in ImageFolder's order.

    Attributes:
        paths: (n,) relative to the root; may hold surrogates.
        labels: (n,) name of the class folder, or None.
        splits: (n,) name of the split folder, or None.
        class_names: byte-wise sorted, empty class folders too.
        format: what was recognised, in words.
    """

    paths: list[str]
    labels: list[str | None]
    splits: list[str | None]
    class_names: tuple[str, ...]
    format: str


def folder_samples(tree: Tree) -> FolderSamples:
    """What the folders of a tree say of its images."""
    split_folders = _split_folders(tree.folders)
    samples = FolderSamples([], [], [], (), "")
    classes: set[str] = set()
    placed = [(*_place(folder.path, split_folders), folder) for folder in tree.folders]
    # By split, then class, then the whole folder's path: as ImageFolder walks.
    for split, label, folder in sorted(placed, key=lambda at: (at[0], at[1] or "", at[2].path)):
        if label and label not in UNLABELLED_FOLDERS:
            classes.add(label)
        prefix = joined(folder.path, "")
        count = len(folder.images)
        samples.paths.extend([prefix + name for name in sorted(folder.images)])
        samples.labels.extend([label if label and label not in UNLABELLED_FOLDERS else None] * count)
        samples.splits.extend([split_name(split) if split else None] * count)
    class_names = tuple(readable(name) for name in sorted(classes))
    return FolderSamples(samples.paths, samples.labels, samples.splits, class_names, _words(class_names, split_folders))


def _split_folders(folders: Iterable[Folder]) -> frozenset[str]:
    """Folders of splits at the top: if all with images are called so, or training and evaluation are among them."""
    with_images = {folder.path.partition("/")[0] for folder in folders if folder.images and folder.path}
    names = {split_name(name) for name in with_images} & _SPLITS
    all_are = bool(with_images) and all(split_name(name) in _SPLITS for name in with_images)
    if all_are or ("train" in names and len(names) > 1):
        return frozenset(with_images)
    return frozenset()


def _place(path: str, split_folders: frozenset[str]) -> tuple[str, str | None]:
    """Split ("" if none) and class of a folder; a folder beside the splits' has neither."""
    first, _, rest = path.partition("/")
    if not split_folders:
        return "", first or None
    if first not in split_folders:
        return "", None
    return first, rest.partition("/")[0] or None


def _words(class_names: tuple[str, ...], split_folders: frozenset[str]) -> str:
    kind = "a folder per class" if class_names else "a folder of unlabelled images"
    if split_folders:
        return f"{kind}, in split folders ({', '.join(sorted(map(readable, split_folders)))})"
    return kind

"""The files below a folder, local or remote, by folder; nothing is opened and no file is asked for its status."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from misnomer.errors import UnreadableSource
from misnomer.readers.report import ImportReport
from misnomer.readers.tables.sources import is_url

IMAGE_EXTENSIONS = frozenset(
    {"jpg", "jpeg", "png", "ppm", "bmp", "pgm", "tif", "tiff", "webp", "gif", "avif"},
)
_HIDDEN = frozenset({"thumbs.db", "desktop.ini", "__macosx", "@eadir", "$recycle.bin"})


@dataclass
class Folder:
    """The files of one folder. ``path`` is relative to the root, "" for the root itself; names may hold surrogates."""

    path: str
    images: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@dataclass
class Tree:
    """Every folder below a root, with what could not be listed.

    Attributes:
        root: absolute path or URL.
        folders: all of them, empty ones too, in no particular order.
        hidden_count: hidden files and folders, which are ignored.
        complete: nothing was left unlisted for the limit's sake.
        unreadable: folders that cannot be listed, or that lead back to themselves, and why.
    """

    root: str
    folders: list[Folder] = field(default_factory=list)
    hidden_count: int = 0
    complete: bool = True
    unreadable: dict[str, str] = field(default_factory=dict)

    @property
    def image_count(self) -> int:
        """Number of image files."""
        return sum(len(folder.images) for folder in self.folders)

    def others(self) -> Iterator[str]:
        """Paths of the files that are not images by their extension."""
        for folder in self.folders:
            for name in folder.others:
                yield joined(folder.path, name)

    def report(self, report: ImportReport, read_files: Iterable[str] = ()) -> None:
        """Add what is not listed; ``read_files`` are no images, but have been used."""
        used = set(read_files)
        others = sorted(readable(path) for path in self.others() if path not in used)
        report.add("not_an_image", others)
        for reason in dict.fromkeys(self.unreadable.values()):
            folders = sorted(readable(path) for path, why in self.unreadable.items() if why == reason)
            report.add("unreadable_folder", folders, detail=reason)
        report.add("ignored_file", count=self.hidden_count)


def joined(folder: str, name: str) -> str:
    """Path of a file in a folder of a tree.

    >>> joined("", "a.jpg"), joined("cat", "a.jpg")
    ('a.jpg', 'cat/a.jpg')
    """
    return f"{folder}/{name}" if folder else name


def readable(name: str) -> str:
    r"""A file name as valid text: bytes that are not UTF-8 are written as ``\xff``.

    >>> readable("caf\udce9.jpg")
    'caf\\xe9.jpg'
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode(errors="backslashreplace")
    return name


def list_tree(location: str, *, limit: int | None = None) -> Tree:
    """List a folder and everything below it.

    Args:
        location: local path or fsspec URL.
        limit: stop listing a local folder at about so many images.

    Raises:
        UnreadableSource: the folder itself cannot be listed.
    """
    tree = _remote_tree(location) if is_url(location) else _local_tree(location, limit)
    if "" in tree.unreadable:
        raise UnreadableSource(
            f"{location} cannot be listed: {tree.unreadable['']}.", hint="Check the path and its rights."
        )
    return tree


def _local_tree(location: str, limit: int | None) -> Tree:
    tree = Tree(os.path.abspath(os.path.expanduser(location)))  # noqa: PTH100, PTH111 (surrogates, speed)
    image_count = 0
    waiting: list[tuple[str, frozenset[tuple[int, int]]]] = [("", frozenset())]
    while waiting:
        if limit is not None and image_count > limit:
            tree.complete = False
            break
        path, ancestors = waiting.pop()
        try:
            status = os.stat(os.path.join(tree.root, path))  # noqa: PTH116, PTH118
            identity = (status.st_dev, status.st_ino)
            if identity in ancestors:
                tree.unreadable[path] = "a link leads back to a folder above it"
                continue
            folder = Folder(path)
            below = _sort_entries(tree, folder)
        except OSError as problem:
            tree.unreadable[path] = problem.strerror or str(problem)
            continue
        tree.folders.append(folder)
        image_count += len(folder.images)
        waiting += [(joined(path, name), ancestors | {identity}) for name in below]
    return tree


def _sort_entries(tree: Tree, folder: Folder) -> list[str]:
    """Sort a folder's entries into images and others; returns the folders in it."""
    below = []
    with os.scandir(os.path.join(tree.root, folder.path)) as entries:  # noqa: PTH118
        for entry in entries:
            name = entry.name
            if is_hidden(name):
                tree.hidden_count += 1
            elif _is_folder(entry):
                below.append(name)
            elif is_image_name(name) and (entry.is_symlink() or entry.is_file()):
                folder.images.append(name)
            else:
                folder.others.append(name)
    return below


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or into a folder that is closed to us
        return False


def _remote_tree(url: str) -> Tree:
    import fsspec

    tree = Tree(url.rstrip("/"))
    try:
        files, root = fsspec.core.url_to_fs(url)
        found = files.find(root)
    except Exception as problem:  # every protocol has errors of its own
        tree.unreadable[""] = f"{type(problem).__name__}: {problem}"
        return tree
    folders = {"": Folder("")}
    prefix = files._strip_protocol(root).rstrip("/") + "/"
    for file in found:
        path, _, name = file.removeprefix(prefix).rpartition("/")
        if any(is_hidden(part) for part in (*path.split("/"), name)):
            tree.hidden_count += 1
            continue
        folder = folders.setdefault(path, Folder(path))
        (folder.images if is_image_name(name) else folder.others).append(name)
    tree.folders = list(folders.values())
    return tree


def is_hidden(name: str) -> bool:
    """Whether a file or folder belongs to the system rather than the user."""
    return name.startswith(".") or name.lower() in _HIDDEN


def is_image_name(name: str) -> bool:
    """Whether the name ends as an image's does; case is ignored."""
    stem, _, extension = name.rpartition(".")
    return bool(stem) and extension.lower() in IMAGE_EXTENSIONS

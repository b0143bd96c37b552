"""The image of a sample for people: a thumbnail, or the whole. What is made for it is kept in ``cache/``."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from misnomer import settings
from misnomer.errors import ImageUnavailable, UnknownSample
from misnomer.project.computing.locations import resolve_locations
from misnomer.store.database import Database
from misnomer.store.file_cache import FileCache
from misnomer.store.samples import has_sample, image_place, root_locations

_MIB = 1 << 20


@dataclass(frozen=True)
class Picture:
    """An image that a browser can show.

    Attributes:
        media_type: by its content.
        tag: differs when the image differs.
        path: the file, where there is one that can be sent as it is.
        content: the bytes, where there is none.
    """

    media_type: str
    tag: str
    path: Path | None
    content: bytes = b""


class Pictures:
    """Thumbnails and images of a project's samples, by their ids only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        limit_bytes = settings.get_int("thumbnail_cache_mb") * _MIB
        self._files = FileCache(database.cache_directory / "pictures", limit_bytes)

    def thumbnail(self, sample_id: int, size_px: int) -> Picture:
        """A sample's image as WebP with its longer side at most ``size_px``.

        Raises:
            UnknownSample: there is no such sample.
            ImageUnavailable: it has no image, or one that cannot be read.
        """
        from misnomer.features.thumbnails import thumbnail

        location = located(self._database, sample_id)
        tag = _tag(location, f"{size_px} px")
        content = self._files.read(f"{tag}.webp")
        if content is None:
            with _told():
                content = thumbnail(_read(location), size_px)
            self._files.write(f"{tag}.webp", content)
        return Picture("image/webp", tag, None, content)

    def image(self, sample_id: int) -> Picture:
        """A sample's image as it is, or converted where browsers cannot show it.

        Raises:
            UnknownSample: there is no such sample.
            ImageUnavailable: it has no image, or one that cannot be read.
        """
        from misnomer.features.browser_image import as_browser_image, browser_media_type

        location = located(self._database, sample_id)
        tag = _tag(location, "whole")
        for extension, media_type in (("png", "image/png"), ("jpg", "image/jpeg")):
            if (path := self._files.path(f"{tag}.{extension}")).is_file():
                return Picture(media_type, tag, path)
        with _told():
            data = _read(location)
            shown_as = browser_media_type(data)
            if shown_as is not None:
                local = Path(location)
                return Picture(shown_as, tag, local) if local.is_file() else Picture(shown_as, tag, None, data)
            content, media_type = as_browser_image(data)
        self._files.write(f"{tag}.{'png' if media_type == 'image/png' else 'jpg'}", content)
        return Picture(media_type, tag, None, content)


def located(database: Database, sample_id: int) -> str:
    """Where a sample's image is now.

    Raises:
        UnknownSample: there is no such sample.
        ImageUnavailable: it has no image.
    """
    place = image_place(database, sample_id)
    if not place.num_rows:
        if not has_sample(database, sample_id):
            raise UnknownSample(sample_id)
        raise ImageUnavailable("no_image", "The sample has no image.", hint="Give its path: misnomer add-images.")
    return resolve_locations(place, database.directory)[0]


def missing_root(database: Database) -> str | None:
    """The first local folder of images that is not there; None if all are."""
    from misnomer.features.files import is_url

    for root in resolve_locations(root_locations(database), database.directory):
        if root and not is_url(root) and not Path(root).exists():
            return root.rstrip("/")
    return None


def _tag(location: str, kind: str) -> str:
    """A name that changes with the image's place, its size and when it was written."""
    stamp = ""
    with contextlib.suppress(OSError):
        status = Path(location).stat()
        stamp = f"{status.st_size} {status.st_mtime_ns}"
    return hashlib.blake2b(f"{kind}\0{location}\0{stamp}".encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _read(location: str) -> bytes:
    from misnomer.features.files import read_image_file

    return read_image_file(location)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """A broken image as an error for people."""
    from misnomer.features.problem import DecodeProblem

    try:
        yield
    except DecodeProblem as problem:
        hint = "Give the images' new place: misnomer add-images PROJECT DIR" if problem.kind == "missing_image" else ""
        raise ImageUnavailable(problem.kind, problem.reason, hint=hint) from None

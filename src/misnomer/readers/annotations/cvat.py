"""CVAT for images 1.1: tags of images in XML, read as a stream, without entities or document types."""

import re
from xml.parsers import expat

from misnomer.errors import UnreadableSource
from misnomer.readers.annotations.annotations import Annotations
from misnomer.readers.tables.sources import ByteSource

_ROOT = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*(?:<!DOCTYPE|<annotations\b)", re.DOTALL
)
_BLOCK = 1 << 20


def is_cvat(head: bytes) -> bool:
    """Whether it is XML whose root is ``annotations``."""
    return bool(_ROOT.match(head)) and b"<annotations" in head


def cvat_annotations(source: ByteSource, *, accept_suggestions: bool) -> Annotations:
    """The tags of every image; those with ``source="auto"`` are suggestions, left out unless they are accepted.

    Raises:
        UnreadableSource: not XML, or with a document type, which could make a bomb of it.
    """
    parser = _Tags(source.name, accept_suggestions)
    parser.read(source)
    return Annotations(
        format="CVAT for images 1.1",
        keys=parser.keys,
        labels=parser.labels,
        class_names=tuple(parser.class_names),
        unconfirmed=parser.unconfirmed,
    )


class _Tags:
    def __init__(self, source: str, accept_suggestions: bool) -> None:
        self.keys: list[str] = []
        self.labels: list[list[str]] = []
        self.class_names: list[str] = []
        self.unconfirmed: list[str] = []
        self._source = source
        self._accept = accept_suggestions
        self._path: list[str] = []
        self._text = ""

    def read(self, source: ByteSource) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            with source.open() as file:
                while block := file.read(_BLOCK):
                    parser.Parse(block, False)
                parser.Parse(b"", True)
        except (expat.ExpatError, KeyError) as problem:
            raise UnreadableSource(
                f"{self._source} cannot be read as CVAT's XML: {problem}.", hint="Export it again from CVAT."
            ) from None

    def _refuse(self, *_: object) -> None:
        raise UnreadableSource(
            f"{self._source} has a document type, which CVAT never writes.", hint="Export it again from CVAT."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._text = ""
        if self._path == ["annotations", "image"]:
            self.keys.append(attributes["name"])
            self.labels.append([])
        elif self._path == ["annotations", "image", "tag"]:
            if attributes.get("source") == "auto" and not self._accept:
                self.unconfirmed.append(self.keys[-1])
            elif attributes["label"] not in self.labels[-1]:
                self.labels[-1].append(attributes["label"])

    def _end(self, name: str) -> None:
        if self._path[-3:] == ["labels", "label", "name"] and self._path[1] == "meta":
            self.class_names.append(self._text)
        self._path.pop()

    def _characters(self, text: str) -> None:
        if self._path[-1] == "name":
            self._text += text

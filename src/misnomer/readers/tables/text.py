"""Bytes of a text file as UTF-8, whatever their encoding."""

import codecs
import io
from dataclasses import dataclass
from typing import IO

from misnomer.readers.tables.sources import ByteSource

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BLOCK = 1 << 20


def _windows_1252(problem: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 as Windows-1252, and the few that it lacks as Latin-1."""
    assert isinstance(problem, UnicodeDecodeError)
    wrong = problem.object[problem.start : problem.end]
    text = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in wrong)
    return text, problem.end


codecs.register_error("misnomer-windows-1252", _windows_1252)


@dataclass(frozen=True)
class TextSurvey:
    """What one look at every byte says: how to decode it, whether it has quotes, and how its lines end."""

    encoding: str
    bom_size: int
    valid: bool
    quote_count: int
    nul_count: int
    ends_lines_with_cr: bool

    @property
    def words(self) -> str:
        """The encoding for people; empty for plain UTF-8."""
        if not self.valid:
            return "Windows-1252"
        return "" if self.encoding == "utf-8" else self.encoding[:6].upper()


def survey_text(source: ByteSource) -> TextSurvey:
    """Read every byte once and say how to decode them."""
    encoding, bom_size = sniff_encoding(source.head(4096))
    decoder = codecs.getincrementaldecoder(encoding)()
    valid, quote_count, nul_count, has_newline, has_cr = True, 0, 0, False, False
    with source.open() as file:
        file.read(bom_size)
        while block := file.read(_BLOCK):
            quote_count += block.count(b'"')
            if encoding == "utf-8":
                nul_count += block.count(b"\0")
            has_newline = has_newline or b"\n" in block
            has_cr = has_cr or b"\r" in block
            valid = valid and _decodes(decoder, block)
    valid = valid and _decodes(decoder, b"", final=True)
    return TextSurvey(encoding, bom_size, valid, quote_count, nul_count, has_cr and not has_newline)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def is_utf8(head: bytes) -> bool:
    """Whether the beginning of a file, perhaps cut within a character, is UTF-8."""
    return _decodes(codecs.getincrementaldecoder("utf-8")(), head)


def sniff_encoding(head: bytes) -> tuple[str, int]:
    """The encoding by byte order mark or by where the NULs are, and the size of the mark."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, len(bom)
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        high, low = head[first:64:2], head[1 - first : 64 : 2]
        if len(high) > 1 and high.count(0) > 0.9 * len(high) and low.count(0) == 0:
            return encoding, 0
    return "utf-8", 0


def open_utf8(source: ByteSource, survey: TextSurvey) -> IO[bytes]:
    """The text as UTF-8 without byte order mark and NULs, every line ended by a newline."""
    return io.BufferedReader(_Utf8(source.open(), survey), _BLOCK)


class _Utf8(io.RawIOBase):
    def __init__(self, file: IO[bytes], survey: TextSurvey) -> None:
        self._file = file
        self._plain = survey.encoding == "utf-8" and survey.valid
        self._nuls = survey.nul_count > 0
        self._ends_lines_with_cr = survey.ends_lines_with_cr
        self._decoder = codecs.getincrementaldecoder(survey.encoding)(
            "misnomer-windows-1252" if survey.encoding == "utf-8" else "replace"
        )
        self._ready = b""
        self._ended = False
        file.read(survey.bom_size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._ended:
            self._ready = self._next_block()
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _next_block(self) -> bytes:
        block = self._file.read(_BLOCK)
        self._ended = not block
        if not self._plain:
            block = self._decoder.decode(block, self._ended).encode()
        if self._nuls:
            block = block.replace(b"\0", b"")
        if self._ends_lines_with_cr:
            block = block.replace(b"\r", b"\n")
        return block + b"\n" if self._ended else block

    def close(self) -> None:
        self._file.close()
        super().close()

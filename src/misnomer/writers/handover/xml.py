"""Text as XML 1.0 can hold it."""

from xml.sax.saxutils import escape, quoteattr

_LINE_ENDS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def content(text: str) -> str:
    """Text between two tags."""
    return escape(_holdable(text))


def attribute(text: str) -> str:
    r"""Text as an attribute's value with its quotes; line ends stay, what XML cannot hold becomes U+FFFD.

    >>> attribute('a "b"\n<c>\x00')
    '\'a "b"&#10;&lt;c&gt;\ufffd\''
    """
    return quoteattr(_holdable(text), _LINE_ENDS)


def _holdable(text: str) -> str:
    return "".join(character if _is_xml(ord(character)) else "\ufffd" for character in text)


def _is_xml(code: int) -> bool:
    return (code >= 0x20 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)) or code in (9, 10, 13)

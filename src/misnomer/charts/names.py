"""Names that can be drawn: what a user calls a class may hold anything, what a chart shows may not.

A control character in a drawn text ends the whole process inside vl-convert 1.9 (it is not valid XML), an
empty name vanishes, and two equal names fall into one row.
"""

import unicodedata
from collections.abc import Sequence

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, bidi and other format, surrogates, unassigned
_KEPT = {"\u200c", "\u200d"}  # joiners, which scripts and emoji need
_LONGEST = 100


def shown_name(name: str, longest: int = _LONGEST) -> str:
    r"""The name with what cannot be drawn written out, cut after ``longest`` characters.

    >>> shown_name("tab\there")
    'tab\\there'
    >>> shown_name("")
    '(no name)'
    """
    drawn = "".join(c if _is_drawable(c) else c.encode("unicode_escape").decode() for c in name[:longest])
    if len(name) > longest:
        drawn += "…"
    return drawn if drawn.strip() else f"(no name{drawn})"


def _is_drawable(character: str) -> bool:
    return character in _KEPT or unicodedata.category(character) not in _UNSAFE


def shown_text(text: str) -> str:
    """A title or sentence that may hold names, with what cannot be drawn written out."""
    return shown_name(text, longest=2000)


def shown_names(names: Sequence[str]) -> list[str]:
    """The names as drawn, made distinct.

    >>> shown_names(["other", "cat", "other"])
    ['other', 'cat', 'other (2)']
    """
    taken: set[str] = set()
    shown: list[str] = []
    for name in names:
        first = distinct = shown_name(name)
        count = 1
        while distinct in taken:
            count += 1
            distinct = f"{first} ({count})"
        taken.add(distinct)
        shown.append(distinct)
    return shown

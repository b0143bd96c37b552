"""Where output goes: results to stdout, all else to stderr; colours only in a terminal that wants them."""

import contextlib
import json
import os
import sys
import unicodedata
from typing import Any, TextIO

_LONGEST_LINE = 4000


def in_terminal(stream: TextIO) -> bool:
    """Whether a person reads this stream."""
    return stream.isatty()


def one_line(text: str) -> str:
    """A name as it may be printed: control characters, which could move the cursor, are escaped; no endless line.

    >>> one_line("two\\nlines")
    'two\\\\nlines'
    """
    if len(text) > _LONGEST_LINE:
        text = f"{text[:_LONGEST_LINE]}… ({len(text):,} characters)"
    return "".join(c.encode("unicode_escape").decode() if _is_control(c) else c for c in text)


def _is_control(character: str) -> bool:
    return unicodedata.category(character).startswith("C") and character != "\u200d"  # which joins emoji


def say(text: str = "") -> None:
    """A line of the result."""
    sys.stdout.write(text + "\n")


def say_heading(text: str) -> None:
    """A line that introduces what follows."""
    say(f"\x1b[1m{text}\x1b[0m" if _coloured(sys.stdout) else text)


def say_section(text: str) -> None:
    """A heading after an empty line."""
    say()
    say_heading(text)


def say_json(document: Any) -> None:
    """A result as one JSON document: on one line for programs, indented for people."""
    indent = 2 if in_terminal(sys.stdout) else None
    say(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=indent))


def tell(text: str) -> None:
    """A message; not part of the result, but in order with it."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    sys.stderr.write(text + "\n")


def tell_error(message: str, hint: str) -> None:
    """What was wrong, and what to do."""
    word = "\x1b[31merror:\x1b[0m" if _coloured(sys.stderr) else "error:"
    tell(f"{word} {message}" + (f"\nhint: {hint}" if hint else ""))


def _coloured(stream: TextIO) -> bool:
    return in_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

"""Numbers and lists as people read them."""

from collections.abc import Iterable
from itertools import islice

from misnomer.cli.console import one_line


def counted(count: int, word: str, plural: str | None = None) -> str:
    """A count and its word.

    >>> counted(1, "sample"), counted(1200, "sample"), counted(2, "class", "classes")
    ('1 sample', '1,200 samples', '2 classes')
    """
    return f"{count:,} {word if count == 1 else plural or word + 's'}"


def rounded(value: float | None, digits: int = 3) -> str:
    """A number; a dash for none.

    >>> rounded(0.78787), rounded(1234.5), rounded(None), rounded(0.0000123)
    ('0.788', '1,234.5', '–', '1.23e-05')
    """
    if value is None:
        return "–"
    if value != 0 and abs(value) < 10**-digits:
        return f"{value:.{digits}g}"
    return f"{value:.{digits}f}" if abs(value) < 100 else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def with_interval(value: float, interval: tuple[float, float] | None, digits: int = 3) -> str:
    """A value and its interval, which has no space in it.

    >>> with_interval(0.78787, (0.719, 0.843))
    '0.788 [0.719,0.843]'
    """
    if interval is None:
        return rounded(value, digits)
    low, high = (rounded(end, digits) for end in interval)
    return f"{rounded(value, digits)} [{low},{high}]"


def first_of(names: Iterable[str], total: int, limit: int = 5) -> str:
    """The first names, and that there are more.

    >>> first_of(["a", "b", "c"], 3, limit=2)
    'a, b, … (1 more)'
    """
    shown = [one_line(name) for name in islice(names, limit)]
    more = total - len(shown)
    return ", ".join([*shown, f"… ({more:,} more)"] if more > 0 else shown)

"""Tables: by Rich in a terminal; in a pipe aligned text of a line a row, whatever the width."""

import sys
from collections.abc import Sequence

from misnomer.cli.console import in_terminal, one_line, say


def say_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, text_columns: int = 1) -> None:
    """Print a table whose first ``text_columns`` columns are text, the others numbers."""
    lines = [[one_line(cell) for cell in row] for row in (columns, *rows)]
    if in_terminal(sys.stdout):
        _say_with_rich(lines[0], lines[1:], text_columns)
    else:
        _say_plain(lines, text_columns)


def _say_plain(lines: Sequence[Sequence[str]], text_columns: int) -> None:
    from rich.cells import cell_len

    widths = [max(map(cell_len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        padded = []
        for position, (cell, width) in enumerate(zip(line, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            padded.append(cell + space if position < text_columns else space + cell)
        say("  ".join(padded).rstrip())


def _say_with_rich(columns: Sequence[str], rows: Sequence[Sequence[str]], text_columns: int) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for column, cells in zip(columns, zip(columns, *rows, strict=True), strict=True):
        is_text = len(table.columns) < text_columns
        longest_word = max(len(word) for cell in cells for word in (cell.split() or [""]))
        table.add_column(
            Text(column),
            justify="left" if is_text else "right",
            overflow="fold",
            min_width=None if is_text else longest_word,  # a number is never cut in two
        )
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)

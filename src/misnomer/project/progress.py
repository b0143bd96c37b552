"""How long work tells how far it is: a bar on stderr in a terminal, a bar in a notebook, else nothing."""

import contextlib
from collections.abc import Callable, Iterator

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much is done, and how much there is in all."""

STEP_TITLES = {
    "pixels": "Measuring images",
    "embeddings": "Embedding images",
    "neighbors": "Finding similar images",
    "duplicates": "Comparing look-alikes",
    "labels": "Checking labels",
    "vectors": "Reading vectors",
    "map": "Drawing the map",
    "predictions": "Reading predictions",
    "probabilities": "Looking up labels",
    "report": "Writing the report",
}


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar with the count, the rate and the time left for each step that has anything to do."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, disable=not (console.is_terminal or console.is_jupyter)) as bar:
        tasks: dict[str, int] = {}

        def tell(step: str, done: int, total: int) -> None:
            if not total:
                return
            if step not in tasks:
                tasks[step] = bar.add_task(STEP_TITLES[step], total=total)
            bar.update(tasks[step], completed=done, total=total)  # type: ignore[arg-type]

        yield tell

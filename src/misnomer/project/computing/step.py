"""What a step of computing is."""

from collections.abc import Callable
from dataclasses import dataclass

from misnomer.features.engine import Engine
from misnomer.project.progress import Progress
from misnomer.store.database import Database


@dataclass(frozen=True)
class Step:
    """Long work that is resumable, does only what is missing, and is committed in chunks.

    Attributes:
        name: what the command line, Python and HTTP call it; ``progress.STEP_TITLES`` has its title.
        run: does what is missing; takes who measures and embeds images, and tells its progress under the
            step's name. Whatever it needs of another step and does not find, it leaves for later.
        count: how much is done, and how much there is in all.
    """

    name: str
    run: Callable[[Database, Engine, Progress], None]
    count: Callable[[Database], tuple[int, int]]

"""Every step of computing, in the order in which they build on each other, and running them."""

from misnomer.errors import UnknownName
from misnomer.features.engine import EngineName, engine_of
from misnomer.project.agreeing import refresh_agreement
from misnomer.project.computing.duplicates import DUPLICATES
from misnomer.project.computing.embeddings import EMBEDDINGS
from misnomer.project.computing.labels import LABELS
from misnomer.project.computing.map import MAP
from misnomer.project.computing.neighbors import NEIGHBORS
from misnomer.project.computing.pixels import PIXELS
from misnomer.project.computing.step import Step
from misnomer.project.progress import Progress
from misnomer.store.database import Database

STEPS: dict[str, Step] = {step.name: step for step in (PIXELS, EMBEDDINGS, NEIGHBORS, DUPLICATES, LABELS, MAP)}


def compute(
    database: Database, steps: tuple[str, ...], *, engine: EngineName, workers: int | None, progress: Progress
) -> None:
    """Do what is missing of the steps (none named: all), in their order, whatever the order of the names.

    What neighbours say about samples follows from the steps, and is brought up to date after them.

    Raises:
        UnknownName: there is no such step or engine.
        InputError: the engine is not installed.
    """
    for name in steps:
        check_step(name)
    with engine_of(engine, workers) as chosen:
        for name, step in STEPS.items():
            if not steps or name in steps:
                step.run(database, chosen, progress)
    refresh_agreement(database)


def check_step(name: str) -> None:
    """Raise UnknownName if there is no such step."""
    if name not in STEPS:
        raise UnknownName("step", name, STEPS)

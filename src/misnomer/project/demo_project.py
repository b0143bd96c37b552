"""The demo project: the shipped pictures, their labels, and both models' predictions."""

from pathlib import Path

from misnomer.project.computing import STEPS
from misnomer.project.demo import extract_demo
from misnomer.project.progress import Progress
from misnomer.project.project import Project, create


def create_demo(directory: str | Path, *steps: str, progress: Progress | None = None) -> Project:
    """Unpack the demo data into ``directory`` and make ``emoji.misnomer`` of them beside; run twice it changes nothing.

    Args:
        steps: of computing that are done (none named: all).

    Raises:
        InputError: the package was built without demo data, or they are damaged.
        StorageFailure: the directory cannot be written.
    """
    files = extract_demo(directory)
    project = create(files.directory / "emoji.misnomer", images=files.images, skip=tuple(STEPS))
    try:
        for model, predictions in files.predictions.items():
            project.add_predictions(predictions, model=model, progress=progress)
        project.compute(*steps, progress=progress)
    except BaseException:
        project.close()
        raise
    return project

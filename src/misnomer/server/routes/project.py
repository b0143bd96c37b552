"""What the project holds."""

from fastapi import Response

from misnomer.evaluation.results import Result
from misnomer.project.results import FieldInfo, ProjectInfo
from misnomer.server.operations import Operations
from misnomer.server.served import Answering, Serving
from misnomer.writers.formats import EXPORT_FORMATS

router = Operations("project")


class ServedFormat(Result):
    """A format that samples can be exported to."""

    name: str
    title: str
    description: str


class ServedProject(ProjectInfo):
    """What is in a project, and how it is served.

    Attributes:
        name: for people.
        version: of misnomer.
        fields: what a filter, a sort or a chart may name.
        export_formats: what ``export`` takes.
        image_root_missing: a folder of images that is not there any more, if there is one.
    """

    name: str
    version: str
    read_only: bool
    fields: tuple[FieldInfo, ...]
    export_formats: tuple[ServedFormat, ...]
    image_root_missing: str | None = None


@router.get("/project", response_model=ServedProject)
def get_project(answering: Answering, serving: Serving) -> Response:
    """What is in the project, what is computed, what was odd at import, and what can be named in a filter."""
    from misnomer import __version__

    return answering(
        lambda project: ServedProject(
            **dict(project.info()),
            name=project.path.resolve().stem,
            version=__version__,
            read_only=serving.read_only,
            fields=project.fields(),
            export_formats=tuple(
                ServedFormat(name=format.name, title=format.title, description=format.description)
                for format in EXPORT_FORMATS.values()
                if not format.places_images
            ),
            image_root_missing=project.missing_image_root(),
        )
    )

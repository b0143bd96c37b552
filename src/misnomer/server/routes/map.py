"""The map, as Arrow: bulk for the page's WebGL."""

from typing import Annotated, Any

from fastapi import Query, Response

from misnomer.project import Project
from misnomer.server.operations import Operations
from misnomer.server.parameters import Chosen
from misnomer.server.served import Answering

router = Operations("map")

ARROW = "application/vnd.apache.arrow.stream"
_ARROW_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "sample_id, x, y, label, prediction, outcome, and color where it is asked for.",
        "content": {ARROW: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/map", response_class=Response, responses=_ARROW_ANSWER)
def get_map(
    answering: Answering,
    chosen: Chosen,
    color: Annotated[str | None, Query(description="A metric or column to colour by.")] = None,
) -> Response:
    """The samples of a filter that are on the map, as an Arrow IPC stream."""
    return answering(lambda project: _ipc(project, color, **chosen), ARROW)


def _ipc(project: Project, color: str | None, **chosen: Any) -> bytes:
    import pyarrow as pa

    table = project.map(color=color, **chosen)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]

"""Samples to a file."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from misnomer.filters import Filter
from misnomer.schema import LabelVersion
from misnomer.server.operations import Operations
from misnomer.server.parameters import Body, BodyFilter
from misnomer.server.served import Serving
from misnomer.writers.formats import ExportFormat, find_export_format

router = Operations("export")

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file; of a format that is a folder, a ZIP archive.",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _MEDIA_TYPES.values()},
    }
}


class Export(Body):
    """Which samples, in which of the project's ``export_formats``."""

    format: str
    filter: BodyFilter = Filter()
    model: str | None = None
    labels: LabelVersion = "given"


@router.post("/export", response_class=FileResponse, responses=_FILES)
def export_samples(serving: Serving, body: Export) -> FileResponse:
    """The samples of a filter with everything known about them, or as another tool takes them, as a file."""
    format = find_export_format(body.format)
    stem = f"{serving.project.path.resolve().stem}-samples"
    directory = Path(tempfile.mkdtemp(prefix="misnomer-"))
    try:
        path = directory / f"{stem}{format.ending}"
        serving.project.export(path, to=format.name, model=body.model, where=body.filter, labels=body.labels)
        path = path if format.ending else _zipped(path, format)
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    return FileResponse(
        path,
        media_type=_MEDIA_TYPES[path.suffix],
        filename=path.name,
        background=BackgroundTask(shutil.rmtree, directory, ignore_errors=True),
    )


def _zipped(folder: Path, format: ExportFormat) -> Path:
    archive = shutil.make_archive(str(folder.with_name(f"{folder.name}-{format.name}")), "zip", folder)
    return Path(archive)

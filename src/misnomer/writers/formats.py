"""Every format that samples are exported to: one list for the command line, Python, HTTP and the docs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from misnomer.errors import UnknownName
from misnomer.writers.handover.class_folders import write_class_folders
from misnomer.writers.handover.cvat import write_cvat
from misnomer.writers.handover.encord import write_encord
from misnomer.writers.handover.fiftyone import write_fiftyone
from misnomer.writers.handover.imagenet_list import write_imagenet_list
from misnomer.writers.handover.item import Handover, Written
from misnomer.writers.handover.label_studio import write_label_studio
from misnomer.writers.handover.plain_list import write_plain_list

HandoverWriter = Callable[[Handover, Path], Written]


@dataclass(frozen=True)
class ExportFormat:
    """One format.

    Attributes:
        name: as ``--to`` takes it.
        title: for people.
        description: what it is for, one sentence.
        ending: of the file; empty for a folder.
        write: writes a Handover; None: a table of samples, which ``writers.tables`` writes.
        options: which of images, image_prefix and paths it takes.
        places_images: it is made of the images themselves.
    """

    name: str
    title: str
    description: str
    ending: str = ""
    write: HandoverWriter | None = None
    options: tuple[str, ...] = ()
    places_images: bool = False


_ALL = (
    ExportFormat("csv", "CSV", "A table of everything known about each sample.", ".csv"),
    ExportFormat("parquet", "Parquet", "A table of everything known about each sample.", ".parquet"),
    ExportFormat("json", "JSON", "A list of everything known about each sample.", ".json"),
    ExportFormat(
        "list", "Plain list", "One key a line, or with paths one image's place.", ".txt", write_plain_list, ("paths",)
    ),
    ExportFormat(
        "label-studio",
        "Label Studio",
        "Labelling configuration and tasks with suggestions.",
        write=write_label_studio,
        options=("image_prefix",),
    ),
    ExportFormat("cvat", "CVAT for images 1.1", "A tag an image, suggestions as automatic.", ".xml", write_cvat),
    ExportFormat("imagenet", "ImageNet list", "Lists of paths and classes, also for CVAT.", write=write_imagenet_list),
    ExportFormat(
        "fiftyone", "FiftyOne", "A dataset to load with a line of Python.", write=write_fiftyone, options=("images",)
    ),
    ExportFormat("encord", "Encord", "A CSV of titles, suggested classes and reasons.", ".csv", write_encord),
    ExportFormat(
        "folders",
        "Folder per class",
        "The images, linked or copied.",
        write=write_class_folders,
        options=("images",),
        places_images=True,
    ),
)

EXPORT_FORMATS: Mapping[str, ExportFormat] = {format.name: format for format in _ALL}


def find_export_format(name: str) -> ExportFormat:
    """A format by its name.

    Raises:
        UnknownName: there is none.
    """
    if name not in EXPORT_FORMATS:
        raise UnknownName("format", name, EXPORT_FORMATS)
    return EXPORT_FORMATS[name]

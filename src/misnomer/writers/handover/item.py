"""What is handed over: samples with their images, labels and suggestions, whatever the tool."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Placing = Literal["link", "copy"]


@dataclass(frozen=True)
class Item:
    """One sample.

    Attributes:
        key: of the sample.
        location: absolute path or URL of the image; None without one.
        label: its class; None: unlabelled.
        suggestion: the class that a model says; None: no model, or no prediction.
        score: confidence of the suggestion, 0 to 1; None: not known.
        reason: why a person should look, one sentence.
        width_px, height_px: of the image; None: not measured.
    """

    key: str
    location: str | None
    label: str | None = None
    suggestion: str | None = None
    score: float | None = None
    reason: str = ""
    width_px: int | None = None
    height_px: int | None = None


@dataclass(frozen=True)
class Handover:
    """Everything that a writer may need.

    Attributes:
        items: to be taken once, in order.
        class_names: every class of the project, in its order.
        title: of the project.
        created: when.
        root: folder that all local images lie below; None: there is none.
        model: whose suggestions they are.
        images: how to place the images beside what is written; None: they stay where they are.
        image_prefix: what stands before an image's path below ``root`` in a URL; None: the tool's usual.
        paths: name samples by the places of their images instead of their keys.
    """

    items: Iterator[Item]
    class_names: tuple[str, ...]
    title: str
    created: datetime
    root: str | None = None
    model: str | None = None
    images: Placing | None = None
    image_prefix: str | None = None
    paths: bool = False


@dataclass(frozen=True)
class Written:
    """What a writer did: samples written, and a sentence for everything that it left out or that comes next."""

    sample_count: int
    notes: tuple[str, ...] = ()

"""The metrics that a file's header gives."""

from typing import TYPE_CHECKING

from misnomer.features.definition import Definitions

if TYPE_CHECKING:
    from misnomer.features.decode import Decoded

header_metric: "Definitions[Decoded]" = Definitions("header")


@header_metric(title="Width", formula="pixels from left to right, upright", low=1, unit="px")
def width(image: "Decoded") -> int:
    """Width of the original image as a person sees it."""
    return image.width_px


@header_metric(title="Height", formula="pixels from top to bottom, upright", low=1, unit="px")
def height(image: "Decoded") -> int:
    """Height of the original image as a person sees it."""
    return image.height_px


@header_metric(title="Area", formula="width · height", low=1, unit="px")
def area(image: "Decoded") -> int:
    """Number of pixels of the original image."""
    return image.width_px * image.height_px


@header_metric(title="Aspect Ratio", formula="width / height")
def aspect_ratio(image: "Decoded") -> float:
    """Width relative to height: above 1 is landscape, below 1 is portrait."""
    return image.width_px / image.height_px


@header_metric(title="File Size", formula="bytes of the file", low=1, unit="bytes")
def file_size(image: "Decoded") -> int:
    """Size of the image's file."""
    return image.size_bytes

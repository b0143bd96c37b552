"""Samples from whatever people keep their images in: folders, tables, FiftyOne, COCO, Hugging Face; by content."""

from misnomer.readers.images.listing import ImageListing
from misnomer.readers.images.read import read_images

__all__ = ["ImageListing", "read_images"]

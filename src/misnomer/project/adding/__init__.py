"""Images, labels, predictions and vectors into the project, in any order; the same again changes nothing.

A key of labels or predictions that matches no sample yet is kept aside and finds its sample when that is added.
"""

from misnomer.project.adding.corrections import add_corrections
from misnomer.project.adding.embeddings import add_embeddings
from misnomer.project.adding.images import add_images
from misnomer.project.adding.labels import add_labels
from misnomer.project.adding.predictions import add_predictions

__all__ = ["add_corrections", "add_embeddings", "add_images", "add_labels", "add_predictions"]

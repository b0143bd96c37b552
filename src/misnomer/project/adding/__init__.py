"""Images, labels and predictions into the project, in any order; the same again changes nothing.

A key that matches no sample yet is kept aside and finds its sample when that is added.
"""

from misnomer.project.adding.images import add_images
from misnomer.project.adding.labels import add_labels
from misnomer.project.adding.predictions import add_predictions

__all__ = ["add_images", "add_labels", "add_predictions"]

"""What follows from labels, predictions and images, kept up to date with what is added."""

from misnomer.project.adding.label_columns import refresh_label_columns
from misnomer.project.agreeing import refresh_agreement
from misnomer.project.computing.labels import recheck_labels
from misnomer.project.progress import Progress, silent
from misnomer.store.database import Database


def refresh_derived(database: Database, progress: Progress = silent) -> None:
    """Probabilities of the labels, what neighbours say, and checks of labels that have been made before."""
    refresh_label_columns(database, progress)
    refresh_agreement(database)
    recheck_labels(database, progress)

"""``misnomer add-labels``"""

from misnomer.cli.import_report import answer_import
from misnomer.cli.options import Json, ProjectPath, Source


def add_labels(directory: ProjectPath, source: Source, json: Json = False) -> None:
    """Give samples labels, splits and columns from a file.

    \b
    Example: misnomer add-labels pets.misnomer labels.csv
    """
    from misnomer.project import open_project

    with open_project(directory) as project:
        summary = project.add_labels(source)
    answer_import(summary, json=json)

"""The Python API: Project joins readers, store, features and evaluation."""

from misnomer.project.project import Project, create, open_project

__all__ = ["Project", "create", "open_project"]

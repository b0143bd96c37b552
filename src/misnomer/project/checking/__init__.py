"""Rules that scores must keep: read from a file, held against a project."""

from misnomer.project.checking.check import check_project
from misnomer.project.checking.read import read_rules

__all__ = ["check_project", "read_rules"]

"""Long work, in steps: a file each, which defines a ``Step`` that ``steps.py`` lists."""

from misnomer.project.computing.locations import resolve_locations
from misnomer.project.computing.steps import STEPS, check_step, compute

__all__ = ["STEPS", "check_step", "compute", "resolve_locations"]

"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

ProjectPath = Annotated[Path, typer.Argument(metavar="PROJECT", help="Directory of the project.")]
Source = Annotated[str, typer.Argument(metavar="FILE", help="A path or fsspec URL.")]
ModelName = Annotated[str, typer.Option("--model", metavar="NAME", help="Name of the model that predicted.")]
ChosenModel = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="Which model; needed where there are several.")
]
Labels = Annotated[
    str, typer.Option("--labels", metavar="given|corrected", help="As given, or as corrected in a review.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]

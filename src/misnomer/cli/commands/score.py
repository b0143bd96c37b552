"""``misnomer score``"""

from typing import Annotated

import typer

from misnomer.cli.console import say_json
from misnomer.cli.options import Json, Source
from misnomer.cli.row_limit import RowLimit, row_limit


def score(
    source: Source,
    label: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of labels, if it is not recognised.")
    ] = None,
    prediction: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of predictions, likewise.")
    ] = None,
    limit: RowLimit = 20,
    json: Json = False,
) -> None:
    """Scores of one file; no project, no images.

    Reads labels and predictions: a table (CSV, JSON, Parquet, Arrow) with a class or one column per class, or an
    .npz with y_true and y_pred or probabilities.

    \b
    Example: misnomer score results.csv --label y_true --prediction y_pred
    """
    from misnomer.cli.evaluation_tables import say_evaluations
    from misnomer.project.scoring import score_file

    evaluation = score_file(source, label=label, prediction=prediction)
    if json:
        say_json(evaluation.to_dict())
    else:
        say_evaluations([evaluation], limit=row_limit(limit))

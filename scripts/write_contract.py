"""Write the contract: the JSON Schema of everything that ``--json`` prints, and the description of the HTTP API.

python -m scripts.write_contract
"""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from misnomer.evaluation.comparison import Comparison
from misnomer.evaluation.outlier_report import OutlierReport
from misnomer.evaluation.results import Evaluation
from misnomer.evaluation.rules import CheckReport
from misnomer.evaluation.slice_report import SliceReport
from misnomer.project.acquisition_results import AcquisitionPage
from misnomer.project.duplicate_results import DeduplicatedEvaluation, DuplicateReport
from misnomer.project.results import ExportSummary, ImportSummary, ProjectInfo, SamplePage
from misnomer.project.similar_results import SimilarPage
from misnomer.server.api import api

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = ROOT / "docs" / "results.schema.json"
OPENAPI = ROOT / "web" / "openapi.json"
PRINTED = (
    *(Evaluation, SamplePage, ProjectInfo, ImportSummary, ExportSummary),
    CheckReport,
    *(OutlierReport, Comparison, SliceReport, DuplicateReport, DeduplicatedEvaluation),
    AcquisitionPage,
    SimilarPage,
)


def contract() -> dict[str, Any]:
    """The schema, with one definition a result type."""
    _, schema = models_json_schema([(result, "serialization") for result in PRINTED], title="What --json prints")
    return schema


def contract_text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(contract(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def openapi_text() -> str:
    """The API's description as it stands in the file; the web app's types are generated from it."""
    return json.dumps(api().openapi(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    CONTRACT.write_text(contract_text(), encoding="utf-8")
    OPENAPI.parent.mkdir(exist_ok=True)
    OPENAPI.write_text(openapi_text(), encoding="utf-8")

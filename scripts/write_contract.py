"""Write ``docs/results.schema.json``: the JSON Schema of everything that ``--json`` prints.

python -m scripts.write_contract
"""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from misnomer.evaluation.results import Evaluation
from misnomer.project.results import ImportSummary, ProjectInfo, SamplePage

CONTRACT = Path(__file__).resolve().parent.parent / "docs" / "results.schema.json"
PRINTED = (Evaluation, SamplePage, ProjectInfo, ImportSummary)


def contract() -> dict[str, Any]:
    """The schema, with one definition a result type."""
    _, schema = models_json_schema([(result, "serialization") for result in PRINTED], title="What --json prints")
    return schema


def contract_text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(contract(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    CONTRACT.write_text(contract_text(), encoding="utf-8")

import json

import pytest

from misnomer.cli.import_report import answer_import
from misnomer.project.results import ImportFinding, ImportSummary

SUMMARY = ImportSummary(
    content="predictions",
    source="a.csv",
    model="m",
    format="CSV, separated by ';'",
    counts={"rows": 3, "matched": 0, "replaced": 0},
    findings=(
        ImportFinding(
            kind="extra_key",
            count=3,
            sentence="3 match no sample",
            detail="",
            keys=("a\n.png", "b.png", "c.png"),
        ),
    ),
    changed=False,
)


def test_the_report_says_what_matched_and_what_did_not(capsys: pytest.CaptureFixture[str]) -> None:
    answer_import(SUMMARY, json=False)
    assert capsys.readouterr().out.splitlines() == [
        "predictions of m from a.csv",
        "  CSV, separated by ';'",
        "  3 rows, 0 matched",
        "  - 3 match no sample: a\\n.png, b.png, c.png",
        "  nothing changed: all of it was there already",
    ]


def test_the_report_as_json_is_its_to_dict(capsys: pytest.CaptureFixture[str]) -> None:
    answer_import(SUMMARY, json=True)
    assert json.loads(capsys.readouterr().out) == SUMMARY.to_dict()

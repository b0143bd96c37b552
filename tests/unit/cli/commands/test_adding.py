"""add-images, add-labels and add-predictions."""

import json
from pathlib import Path

from tests.unit.cli.conftest import Command, write_images


def test_add_images_reports_what_was_added(command: Command, folder: Path, project: Path) -> None:
    more = write_images(folder / "more" / "sub")
    answer = command("add-images", project, more.parent, "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["counts"]["added"] == 6


def test_add_labels_reports_changed_labels(command: Command, folder: Path, project: Path) -> None:
    labels = folder / "labels.csv"
    labels.write_text('file,label\ncat/2.png,"dog, wild"\n')
    answer = command("add-labels", project, labels)
    assert answer.code == 0
    assert any("label changed (cat → dog, wild): cat/2.png" in line for line in answer.out.splitlines())


def test_add_predictions_of_another_model(command: Command, folder: Path, project: Path) -> None:
    answer = command("add-predictions", project, folder / "predictions.csv", "--model", "n", "--missing", "wrong")
    assert answer.code == 0
    models = json.loads(command("info", project, "--json").out)["models"]
    assert [(model["name"], model["missing_policy"]) for model in models] == [
        ("m", "exclude"),
        ("n", "wrong"),
    ]


def test_an_unknown_policy_is_refused(command: Command, folder: Path, project: Path) -> None:
    answer = command("add-predictions", project, folder / "predictions.csv", "--model", "n", "--missing", "rong")
    assert answer.code == 2
    assert "Did you mean 'wrong'?" in answer.err
    assert len(json.loads(command("info", project, "--json").out)["models"]) == 1

import json
from pathlib import Path

import misnomer
from tests.unit.cli.conftest import Command


def test_evaluate_as_json_is_the_evaluation_of_the_one_model(command: Command, project: Path) -> None:
    answer = command("evaluate", project, "--classes", "cat", "--json")
    assert answer.code == 0
    with misnomer.open(project) as opened:
        assert json.loads(answer.out) == opened.evaluate(classes=["cat"]).to_dict()


def test_several_models_stand_side_by_side(command: Command, folder: Path, project: Path) -> None:
    command("add-predictions", project, folder / "predictions.csv", "--model", "n")
    lines = command("evaluate", project).out.splitlines()
    assert ["score", "m", "n"] in [line.split() for line in lines]
    document = json.loads(command("evaluate", project, "--json").out)
    assert [evaluation["model"] for evaluation in document["evaluations"]] == ["m", "n"]


def test_one_of_several_models_is_one_evaluation(command: Command, folder: Path, project: Path) -> None:
    command("add-predictions", project, folder / "predictions.csv", "--model", "n")
    assert json.loads(command("evaluate", project, "--model", "n", "--json").out)["model"] == "n"


def test_by_prints_a_line_a_bin(command: Command, project: Path) -> None:
    answer = command("evaluate", project, "--by", "brightness", "--bins", 2)
    lines = answer.out.splitlines()
    assert lines[0].startswith("recall by Brightness; overall 0.667")
    assert lines[1].split() == ["from", "to", "samples", "recall"]
    assert [line.split()[2] for line in lines[2:-1]] == ["2", "4"]


def test_by_is_in_the_json(command: Command, project: Path) -> None:
    document = json.loads(command("evaluate", project, "--by", "width", "--rate", "precision", "--json").out)
    assert document["by_metric"]["metric"] == "width"
    assert document["by_metric"]["rate"] == "precision"
    assert "accuracy" in document["scores"]


def test_the_level_changes_the_intervals(command: Command, project: Path) -> None:
    wide, narrow = (
        json.loads(command("evaluate", project, "--level", level, "--json").out)["scores"]["accuracy"]["interval"]
        for level in (0.95, 0.5)
    )
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_a_level_outside_0_to_1_is_an_error(command: Command, project: Path) -> None:
    answer = command("evaluate", project, "--level", 95)
    assert answer.code == 2
    assert "0.95" in answer.err


def test_a_project_without_models_is_an_error(command: Command, folder: Path) -> None:
    command("create", folder / "new.misnomer", "--images", folder / "images", "--skip", "pixels")
    answer = command("evaluate", folder / "new.misnomer")
    assert answer.code == 2
    assert "add-predictions" in answer.err

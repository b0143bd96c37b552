import json
from pathlib import Path

import misnomer
from tests.unit.cli.conftest import Command


def test_samples_are_listed_in_the_order_of_a_metric(command: Command, project: Path) -> None:
    answer = command("samples", project, "--sort", "-brightness", "--outcome", "fp")
    lines = [line.split() for line in answer.out.splitlines()]
    assert lines[0] == ["key", "label", "prediction", "outcome", "split", "tags", "confidence", "brightness"]
    assert lines[1][-1] == "0.863"  # (60 + 80 · 2) / 255
    assert len(lines) == 3


def test_the_rest_is_told_on_stderr(command: Command, project: Path) -> None:
    answer = command("samples", project, "--limit", 2)
    assert len(answer.out.splitlines()) == 3
    assert answer.err == "2 of 6 samples; --limit 0 shows all\n"


def test_limit_0_is_all(command: Command, project: Path) -> None:
    answer = command("samples", project, "--limit", 0)
    assert len(answer.out.splitlines()) == 7
    assert answer.err == ""


def test_samples_as_json_are_the_page(command: Command, project: Path) -> None:
    document = json.loads(command("samples", project, "--text", "CAT/0", "--json").out)
    with misnomer.open(project) as opened:
        assert document == opened.samples(text="CAT/0").to_dict()
    (sample,) = document["samples"]
    assert (sample["key"], sample["split"], sample["outcome"]) == ("cat/0.png", None, "tp")


def test_several_models_are_told(command: Command, folder: Path, project: Path) -> None:
    command("add-predictions", project, folder / "predictions.csv", "--model", "n")
    assert "2 models (m, n): --model NAME" in command("samples", project).err
    answer = command("samples", project, "--outcome", "fp")
    assert answer.code == 2
    assert "m, n" in answer.err

import json
from pathlib import Path

import pytest

import misnomer
from tests.unit.cli.conftest import Command


@pytest.fixture
def two_models(command: Command, folder: Path, project: Path) -> Path:
    """Model "m" is wrong on the last sample of each class; "n" on all of "dog, wild" but the last."""
    rows = ["cat/0.png,cat", "cat/1.png,cat", "cat/2.png,cat"]
    rows += [f'"dog, wild/{number}.png",{name}' for number, name in enumerate(("cat", "cat", '"dog, wild"'))]
    (folder / "n.csv").write_text("\n".join(["filename,prediction", *rows]) + "\n")
    assert command("add-predictions", project, folder / "n.csv", "--model", "n").code == 0
    return project


def test_models_are_compared_sample_by_sample(command: Command, two_models: Path) -> None:
    lines = [line.split() for line in command("compare", two_models, "m", "n").out.splitlines()]
    assert ["m", "right", "2", "2"] in lines
    assert ["m", "wrong", "2", "0"] in lines


def test_the_samples_that_only_one_model_gets_right_are_found_by_a_filter(command: Command, two_models: Path) -> None:
    document = json.loads(command("compare", two_models, "m", "n", "--json").out)
    for name, right, wrong in (("only_a_right", "m", "n"), ("only_b_right", "n", "m")):
        conditions = ("--where", f"correct@{right} = true", "--where", f"correct@{wrong} = false")
        page = json.loads(command("samples", two_models, "--model", "m", *conditions, "--json").out)
        assert page["total"] == document[name] == 2


def test_json_is_the_comparison(command: Command, two_models: Path) -> None:
    document = json.loads(command("compare", two_models, "m", "n", "--classes", "cat", "--json").out)
    with misnomer.open(two_models) as opened:
        assert document == opened.compare("m", "n", classes=["cat"]).to_dict()
    assert document["sample_count"] == 3


def test_predictions_of_the_other_model_can_be_asked_for(command: Command, two_models: Path) -> None:
    filter = ("--where", "prediction@n = cat", "--where", "prediction@m = 'dog, wild'", "--where", "label = cat")
    page = json.loads(command("samples", two_models, "--model", "m", *filter, "--json").out)
    assert [sample["key"] for sample in page["samples"]] == ["cat/2.png"]


def test_a_model_with_itself_and_unknown_models_are_refused(command: Command, two_models: Path) -> None:
    assert "compared with itself" in command("compare", two_models, "m", "m").err
    assert "Unknown model 'x'" in command("compare", two_models, "m", "x").err
    assert "Unknown model 'x'" in command("samples", two_models, "--model", "m", "--where", "correct@x = true").err


def test_samples_without_one_of_the_predictions_are_left_out_and_told(command: Command, folder: Path) -> None:
    project = folder / "pets.misnomer"
    (folder / "o.csv").write_text("filename,prediction\ncat/0.png,cat\n")
    command("add-predictions", project, folder / "o.csv", "--model", "o")
    assert (
        "1 sample with label and both predictions; 5 with label lack one" in command("compare", project, "m", "o").out
    )
    command("add-predictions", project, folder / "o.csv", "--model", "o", "--missing", "wrong")
    assert "6 samples with label and both predictions\n" in command("compare", project, "m", "o").out

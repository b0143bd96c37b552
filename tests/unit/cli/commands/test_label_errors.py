"""``misnomer label-errors``, and both versions of the labels on the command line."""

import csv
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import misnomer
from tests.unit.cli.conftest import Command


@pytest.fixture
def noisy(tmp_path: Path) -> Path:
    """Forty samples, the twentieth a cat that is labelled dog, and a model that is sure of each."""
    keys = [f"{number:02}.jpg" for number in range(40)]
    labels = ["cat"] * 19 + ["dog"] * 21
    cat = np.array([0.9 + 0.001 * number for number in range(20)] + [0.1 - 0.001 * number for number in range(20)])
    directory = tmp_path / "pets.misnomer"
    with misnomer.create(directory, images=pd.DataFrame({"key": keys, "label": labels})) as project:
        predicted = {"keys": keys, "probabilities": np.stack([cat, 1 - cat], axis=1), "class_names": ["cat", "dog"]}
        project.add_predictions(predicted, model="sure")
    return directory


def test_the_headline_the_list_and_the_noise_are_printed(command: Command, noisy: Path) -> None:
    lines = command("label-errors", noisy).out.splitlines()
    assert lines[0].startswith("1 of 40 labels are suspected. The accuracy is 97.5% as labelled, and between ")
    assert ["19.jpg", "dog", "cat", "0.081"] in [line.split() for line in lines]
    assert any(line.split() == ["dog", "cat", "(1)", "21", "1", "4.8%"] for line in lines)


def test_json_is_what_python_gives(command: Command, noisy: Path) -> None:
    document = json.loads(command("label-errors", noisy, "--json").out)
    with misnomer.open(noisy) as project:
        assert document == project.label_errors(limit=20).to_dict()


def test_corrected_labels_can_be_evaluated_and_listed(command: Command, noisy: Path) -> None:
    with misnomer.open(noisy) as project:
        project.decide("19.jpg", "correct", "cat")
    given = json.loads(command("evaluate", noisy, "--json").out)["scores"]["accuracy"]["value"]
    corrected = json.loads(command("evaluate", noisy, "--labels", "corrected", "--json").out)
    assert (given, corrected["scores"]["accuracy"]["value"]) == (0.975, 1.0)
    page = json.loads(command("samples", noisy, "--labels", "corrected", "--text", "19.jpg", "--json").out)
    assert (page["samples"][0]["label"], page["samples"][0]["given_label"]) == ("cat", "dog")
    assert command("evaluate", noisy, "--labels", "new").code == 2


def test_an_export_has_both_versions_of_the_labels_after_a_review(command: Command, noisy: Path) -> None:
    assert "given_label" not in command("export", noisy, "--to", "csv").out.splitlines()[0]
    with misnomer.open(noisy) as project:
        project.decide("19.jpg", "correct", "cat")
    (row,) = csv.DictReader(command("export", noisy, "--to", "csv", "--text", "19.jpg").out.splitlines())
    assert (row["given_label"], row["corrected_label"]) == ("dog", "cat")

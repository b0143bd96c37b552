import json
from pathlib import Path

import misnomer
from tests.unit.cli.conftest import Command


def test_score_as_json_is_the_evaluation(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "results.csv"
    file.write_text("label,prediction\ncat,cat\ndog,cat\ndog,dog\n")
    expected = misnomer.score(["cat", "dog", "dog"], ["cat", "cat", "dog"])
    answer = command("score", file, "--json")
    assert answer.code == 0
    assert json.loads(answer.out) == expected.to_dict()


def test_columns_can_be_named(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "results.csv"
    file.write_text("was;ist\ncat;cat\ndog;cat\n")
    answer = command("score", file, "--label", "was", "--prediction", "ist")
    assert answer.code == 0
    assert "accuracy            0.5000" in answer.out


def test_a_file_without_labels_is_an_error(command: Command, folder: Path) -> None:
    answer = command("score", folder / "predictions.csv")
    assert answer.code == 2
    assert "--label COLUMN" in answer.err

import json
from pathlib import Path

from tests.unit.cli.conftest import Command


def test_create_prints_a_report_of_each_part_and_what_is_computed(command: Command, folder: Path) -> None:
    new = folder / "new.misnomer"
    predictions = folder / "predictions.csv"
    answer = command("create", new, "--images", folder / "images", "--predictions", predictions, "--model", "m")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == f"images from {folder / 'images'}"
    assert f"predictions of m from {predictions}" in lines
    assert "  7 rows, 6 matched, 6 added" in lines
    assert any(line.startswith("  - 1 matches no sample") and line.endswith("gone.png") for line in lines)
    assert "pixels: 6 of 6 done" in lines


def test_create_again_changes_nothing_and_says_so(command: Command, folder: Path) -> None:
    arguments = (
        *("create", folder / "new.misnomer", "--images", folder / "images"),
        *("--predictions", folder / "predictions.csv", "--model", "m"),
    )
    command(*arguments)
    answer = command(*arguments)
    assert answer.code == 0
    assert answer.out.count("nothing changed") == 2


def test_a_skipped_step_is_left_for_later(command: Command, folder: Path) -> None:
    new = folder / "new.misnomer"
    answer = command("create", new, "--images", folder / "images", "--skip", "pixels")
    assert "pixels: 0 of 6 done" in answer.out.splitlines()
    assert "pixels: 6 of 6 done" in command("compute", new).out.splitlines()


def test_create_as_json_is_one_document_the_projects_info(command: Command, folder: Path, project: Path) -> None:
    answer = command("create", project, "--images", folder / "images", "--json")
    assert json.loads(answer.out) == json.loads(command("info", project, "--json").out)


def test_predictions_without_a_model_are_refused_before_anything_is_made(command: Command, folder: Path) -> None:
    new = folder / "new.misnomer"
    answer = command("create", new, "--images", folder / "images", "--predictions", folder / "predictions.csv")
    assert answer.code == 2
    assert not new.exists()


def test_an_unreadable_image_is_told_after_measuring(command: Command, folder: Path) -> None:
    (folder / "images" / "cat" / "3.png").write_bytes(b"not an image")
    answer = command("create", folder / "new.misnomer", "--images", folder / "images")
    assert answer.code == 0
    assert any("cat/3.png" in line for line in answer.out.splitlines()[-3:])

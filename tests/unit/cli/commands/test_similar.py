import json
from pathlib import Path

from tests.unit.cli.conftest import Command


def test_similar_lists_the_nearest_first(command: Command, project: Path) -> None:
    answer = command("similar", project, "cat/0.png", "--limit", 2)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].split() == ["key", "label", "prediction", "distance"]
    assert lines[1].startswith("dog, wild/0.png  dog, wild  dog, wild")
    assert answer.err.endswith("most similar image is labelled dog, wild.\n") or "most similar images" in answer.err


def test_similar_among_a_filter_as_json(command: Command, project: Path) -> None:
    answer = command("similar", project, "cat/0.png", "--where", "label = cat", "--json")
    page = json.loads(answer.out)
    assert sorted(sample["key"] for sample in page["samples"]) == ["cat/1.png", "cat/2.png"]
    assert page["embedding"] == "efficientnet-lite0"


def test_similar_to_what_bears_a_tag_or_to_an_image(command: Command, folder: Path, project: Path) -> None:
    command("tag", project, "mine", "--text", "cat/2")
    by_tag = command("similar", project, "--like-tag", "mine", "--limit", 1)
    by_image = command("similar", project, "--image", folder / "images" / "cat" / "2.png", "--limit", 2)
    assert "dog, wild/2.png" in by_tag.out
    assert "cat/2.png" in by_image.out and "dog, wild/2.png" in by_image.out


def test_similar_to_nothing_says_how(command: Command, project: Path) -> None:
    answer = command("similar", project)
    assert answer.code == 2
    assert "in one way" in answer.err

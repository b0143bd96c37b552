import json
from pathlib import Path

import misnomer
from tests.unit.cli.conftest import Command


def unlabelled(folder: Path) -> Path:
    """A project of the same images without labels, and the model's predictions."""
    paths = sorted(folder.glob("images/*/*.png"))
    lines = ["path", *(f'"{path.relative_to(folder)}"' for path in paths)]
    (folder / "samples.csv").write_text("\n".join(lines) + "\n")
    misnomer.create(folder / "u.misnomer", images=folder / "samples.csv").close()
    return folder / "u.misnomer"


def test_annotate_next_lists_with_reasons_and_tags(command: Command, folder: Path) -> None:
    project = unlabelled(folder)
    answer = command("annotate-next", project, "--limit", 2, "--tag-as", "round 1")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert len(lines) == 3
    assert "None of the 20 images most similar to it is labelled." in lines[1]
    assert answer.err.endswith("2 samples tagged 'round 1'\n")
    tagged = json.loads(command("samples", project, "--tag", "round 1", "--json").out)
    assert tagged["total"] == 2


def test_annotate_next_as_json_of_a_labelled_pool(command: Command, project: Path) -> None:
    page = json.loads(command("annotate-next", project, "--text", "cat", "--json").out)
    assert (page["candidate_count"], page["pool_is_labelled"], page["model"]) == (3, True, "m")


def test_annotate_next_where_everything_is_labelled_says_to_name_a_pool(command: Command, project: Path) -> None:
    answer = command("annotate-next", project)
    assert (answer.code, answer.out) == (2, "")
    assert "--split pool" in answer.err

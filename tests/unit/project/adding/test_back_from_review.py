"""Out to a tool, changed there, and back: the project shows what was changed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import misnomer
from misnomer.errors import UnknownName
from misnomer.project import Project
from misnomer.project.computing import STEPS
from misnomer.project.results import ImportSummary

KEYS = ("cat/1 é.png", "cat/2.png", 'dog/"3".png')


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Three samples whose images are never opened; the model takes the second for a dog."""
    for key in KEYS:
        (tmp_path / "images" / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "images" / key).write_bytes(b"")
    predictions = {"keys": list(KEYS), "predictions": ["cat", "dog", "dog"]}
    with misnomer.create(
        tmp_path / "pets.misnomer",
        images=tmp_path / "images",
        predictions=predictions,
        model="m",
        skip=tuple(STEPS),
    ) as made:
        yield made


def labels(project: Project, version: str = "given") -> list[str | None]:
    return [sample.label for sample in project.samples(labels=version).samples]  # type: ignore[arg-type]


def changes(summary: ImportSummary) -> dict[str, tuple[str, ...]]:
    return {f.detail: f.keys for f in summary.findings if f.kind == "changed_label"}


def annotated(folder: Path) -> Path:
    """Label Studio's export after someone has accepted every suggestion in these tasks."""
    tasks = json.loads((folder / "tasks-0001.json").read_text("utf-8"))
    for number, task in enumerate(tasks):
        results = [{**result, "id": f"r{number}"} for result in task["predictions"][0]["result"]]
        task["annotations"] = [{"id": number, "result": results, "was_cancelled": False, "lead_time": 1.0}]
    (folder.parent / "export.json").write_text(json.dumps(tasks), "utf-8")
    return folder.parent / "export.json"


def test_from_label_studio_as_labels(project: Project, tmp_path: Path) -> None:
    project.export(tmp_path / "out", to="label-studio")
    summary = project.add_labels(annotated(tmp_path / "out"))
    assert summary.counts["matched"] == 3
    assert changes(summary) == {"cat → dog": ("cat/2.png",)}
    assert labels(project) == ["cat", "dog", "dog"]
    assert project.add_labels(tmp_path / "export.json").changed is False


def test_from_label_studio_as_corrections_the_given_labels_stay(project: Project, tmp_path: Path) -> None:
    project.export(tmp_path / "out", to="label-studio")
    summary = project.add_labels(annotated(tmp_path / "out"), as_="corrections")
    assert (summary.content, summary.counts["decisions"], summary.counts["changed"]) == ("corrections", 3, 1)
    assert changes(summary) == {"cat → dog": ("cat/2.png",)}
    assert labels(project) == ["cat", "cat", "dog"]
    assert labels(project, "corrected") == ["cat", "dog", "dog"]
    page = project.decisions()
    assert (page.kept, page.corrected) == (2, 1)
    again = project.add_labels(tmp_path / "export.json", as_="corrections")
    assert (again.changed, again.counts["decisions"]) == (False, 0)


def test_from_cvat(project: Project, tmp_path: Path) -> None:
    project.export(tmp_path / "out.xml", to="cvat")
    unchanged = project.add_labels(tmp_path / "out.xml")
    assert changes(unchanged) == {}
    text = (tmp_path / "out.xml").read_text("utf-8").replace('"auto"', '"manual"')
    (tmp_path / "back.xml").write_text(text, "utf-8")
    assert changes(project.add_labels(tmp_path / "back.xml")) == {"cat → dog": ("cat/2.png",)}


def test_from_fiftyone_and_encord(project: Project, tmp_path: Path) -> None:
    project.export(tmp_path / "out", to="fiftyone")
    labels_file = tmp_path / "out/labels.json"
    document = json.loads(labels_file.read_text("utf-8"))
    assert changes(project.add_labels(labels_file)) == {}
    document["labels"]["cat/2"] = {"label": "dog", "attributes": {}}
    labels_file.write_text(json.dumps(document))
    assert changes(project.add_labels(labels_file, as_="corrections")) == {"cat → dog": ("cat/2.png",)}
    (tmp_path / "back.csv").write_text('title,label\n"cat/1 é.png",bird\n', "utf-8")
    summary = project.add_labels(tmp_path / "back.csv", as_="corrections")
    assert changes(summary) == {"cat → bird": ("cat/1 é.png",)}
    assert labels(project, "corrected") == ["bird", "dog", "dog"]


def test_what_matches_no_sample_is_told_and_not_used(project: Project, tmp_path: Path) -> None:
    (tmp_path / "back.csv").write_text("key,label\ngone.png,cat\ncat/2.png,\n")
    summary = project.add_labels(tmp_path / "back.csv", as_="corrections")
    assert {f.kind: f.keys for f in summary.findings}["unknown_sample"] == ("gone.png",)
    assert summary.changed is False


def test_another_kind_of_labels_is_an_error(project: Project) -> None:
    with pytest.raises(UnknownName, match="correction"):
        project.add_labels({"key": ["x"], "label": ["y"]}, as_="correction")  # type: ignore[arg-type]

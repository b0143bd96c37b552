"""Similar samples: of one, several, a filter, an image from outside; among all or those of a filter."""

from pathlib import Path

import pytest

import misnomer
from misnomer.errors import InputError, UnknownName, UnreadableSource
from misnomer.project import similar
from tests.unit.project.colours import project_of_reds, write_colour

REDS = {"a/0": 0, "a/1": 20, "a/2": 40, "b/3": 120, "b/4": 150, "b/5": 190}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> misnomer.Project:
    similar._loaded.cache_clear()
    return project_of_reds(tmp_path, REDS, monkeypatch)


def keys_of(page: similar.SimilarPage) -> list[str]:
    return [sample.key.removesuffix(".png") for sample in page.samples]


def test_the_nearest_come_first_and_the_sample_itself_is_left_out(project: misnomer.Project) -> None:
    page = project.similar("a/0.png")
    assert keys_of(page) == ["a/1", "a/2", "b/3", "b/4", "b/5"]
    assert page.samples[0].distance == pytest.approx(1 - 100 / (100**2 + 20**2) ** 0.5, abs=1e-3)
    assert (page.candidate_count, page.embedding, page.query_count) == (5, "mean-colour", 1)


def test_what_the_nearest_are_labelled_is_told_in_a_sentence(project: misnomer.Project) -> None:
    assert project.similar("a/0.png").sentence == "3 of the 5 most similar images are labelled “b”."
    assert project.similar("a/0.png", limit=2).sentence == "2 of the 2 most similar images are labelled “a”."
    assert project.similar("a/0.png", "a/1.png").sentence == ""


def test_each_is_near_to_one_of_several(project: misnomer.Project) -> None:
    page = project.similar("a/0.png", "b/5.png", limit=2)
    assert [(sample.key, sample.similar_to) for sample in page.samples] == [
        ("b/4.png", "b/5.png"),
        ("a/1.png", "a/0.png"),
    ]


def test_a_filter_asks_and_a_filter_limits(project: misnomer.Project) -> None:
    project.tag("failing", keys=["b/5.png"])
    page = project.similar(to=misnomer.where(tags=["failing"]), among=misnomer.where("label = a"))
    assert keys_of(page) == ["a/2", "a/1", "a/0"]


def test_of_many_queries_some_are_drawn(project: misnomer.Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "MAX_QUERIES", 1)
    page = project.similar(to=misnomer.where("label = a"))
    assert page.query_count == 3
    assert sorted(keys_of(page)) == ["b/3", "b/4", "b/5"]
    assert len({sample.similar_to for sample in page.samples}) == 1


def test_an_image_from_outside_by_path_or_content(project: misnomer.Project, tmp_path: Path) -> None:
    write_colour(tmp_path / "outside.png", 160)
    for image in (tmp_path / "outside.png", (tmp_path / "outside.png").read_bytes()):
        page = project.similar(image=image, limit=2)
        assert keys_of(page) == ["b/4", "b/5"]
        assert page.samples[0].similar_to is None


def test_an_image_that_cannot_be_read_is_told(project: misnomer.Project, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"cannot be read"):
        project.similar(image=b"no image")
    with pytest.raises(UnreadableSource, match=r"no file"):
        project.similar(image=tmp_path / "gone.png")


def test_one_way_of_asking_is_needed(project: misnomer.Project) -> None:
    for given in ({}, {"image": b"x", "to": misnomer.where()}):
        with pytest.raises(InputError, match=r"in one way"):
            project.similar(**given)  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match=r"a/0\.png"):
        project.similar("a/00.png")
    with pytest.raises(InputError, match=r"No sample"):
        project.similar(to=misnomer.where("width > 1000"))


def test_a_sample_without_a_vector_is_told_and_left_out_of_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "broken.png").write_bytes(b"broken")
    project = project_of_reds(tmp_path, {"0": 0, "1": 10}, monkeypatch)
    with pytest.raises(InputError, match=r"'broken\.png' has no vector"):
        project.similar("broken.png")
    assert project.similar("broken.png", "0.png").without_vector == ("broken.png",)


def test_without_embeddings_the_command_is_told(tmp_path: Path) -> None:
    write_colour(tmp_path / "images" / "0.png", 1)
    project = misnomer.create(tmp_path / "p.misnomer", images=tmp_path / "images", skip=["embeddings"])
    with pytest.raises(InputError, match=r"misnomer compute PROJECT embeddings"):
        project.similar("0.png")


def test_a_sample_tells_how_its_neighbors_are_labelled(project: misnomer.Project) -> None:
    votes = project.sample(0).neighbors
    assert votes is not None
    assert (votes.counted, votes.agreeing, votes.majority, votes.majority_count) == (5, 2, "b", 3)
    assert votes.sentence == "3 of the 5 most similar images are labelled “b”."

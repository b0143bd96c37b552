"""What to annotate next in a project whose failures lie in one corner."""

from pathlib import Path

import pytest

import misnomer
from misnomer.errors import InputError
from tests.unit.project.colours import project_of_reds

# Labelled by folder; what lies in no folder is unlabelled. The model fails on the very red.
REDS = {f"a/{n}": n for n in range(0, 60, 5)} | {f"b/{n}": n for n in range(180, 240, 5)}
UNLABELLED = {"dark": 31, "red": 207, "between": 110, "between too": 120}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> misnomer.Project:
    rows = [f"images/{key}.png,{key[0]}" for key in REDS] + [f"images/{key}.png," for key in UNLABELLED]
    (tmp_path / "samples.csv").write_text("\n".join(["path,label", *rows]) + "\n")
    project_of_reds(tmp_path, REDS | UNLABELLED, monkeypatch).close()
    return misnomer.create(tmp_path / "table.misnomer", images=tmp_path / "samples.csv")


def predict(project: misnomer.Project) -> None:
    keys = [f"images/{key}.png" for key in [*REDS, *UNLABELLED]]
    project.add_predictions(
        {"keys": keys, "predictions": ["a"] * len(keys), "confidence": [0.9] * len(keys)}, model="m"
    )


def keys_of(page: object) -> list[str]:
    return [Path(sample.key).stem for sample in page.samples]  # type: ignore[attr-defined]


def test_without_a_model_what_is_unlike_the_labelled_comes_first(project: misnomer.Project) -> None:
    page = project.annotate_next()
    assert keys_of(page)[0].startswith("between")
    assert page.candidate_count == 4
    assert page.samples[0].reasons == (
        f"The nearest labelled image is at a distance of {page.samples[0].distance:.2f}.",
    )


def test_likeness_to_failures_is_worth_more(project: misnomer.Project) -> None:
    predict(project)
    page = project.annotate_next(limit=4)
    by_key = {Path(sample.key).stem: sample for sample in page.samples}
    assert by_key["red"].failure_risk > by_key["dark"].failure_risk  # type: ignore[operator]
    assert by_key["red"].uncertainty == pytest.approx(0.1)
    assert by_key["red"].reasons[0].startswith("The model is wrong on 1")
    assert by_key["red"].reasons[1] == "The model says “a” with a confidence of 0.90."
    assert [sample.score for sample in page.samples] == sorted((s.score for s in page.samples), reverse=True)


def test_a_filter_limits_the_candidates(project: misnomer.Project) -> None:
    page = project.annotate_next(where=misnomer.where("label is null", text="between"))
    assert sorted(keys_of(page)) == ["between", "between too"]
    assert page.samples[1].reasons[-1].startswith("The nearest image higher in this list")


def test_a_pool_whose_labels_are_known_is_chosen_from_as_if_they_were_not(
    project: misnomer.Project, tmp_path: Path
) -> None:
    lines = (tmp_path / "samples.csv").read_text().splitlines()
    (tmp_path / "samples.csv").write_text(
        "\n".join([*lines[:1], *(f"{line}b" * line.endswith(",") or line for line in lines[1:])])
    )
    labelled = misnomer.create(tmp_path / "labelled.misnomer", images=tmp_path / "samples.csv")
    predict(project)
    predict(labelled)
    unlabelled_page = project.annotate_next(limit=4)
    page = labelled.annotate_next(keys=[f"images/{key}.png" for key in UNLABELLED], limit=4)
    assert page.pool_is_labelled and not unlabelled_page.pool_is_labelled
    assert keys_of(page) == keys_of(unlabelled_page)
    for one, other in zip(page.samples, unlabelled_page.samples, strict=True):
        assert (one.score, one.failure_risk, one.distance) == (other.score, other.failure_risk, other.distance)
    assert page.sentence == (
        "4 of the 4 samples of the filter, taken as if they had no label, like the failures of m, of which it is "
        "unsure, and unlike what is labelled outside it or listed."
    )
    assert page.samples[0].reasons[-1].startswith("The nearest labelled image outside the pool is at a distance of")


def test_a_filter_that_is_labelled_in_part_has_the_rest_as_its_pool(project: misnomer.Project) -> None:
    page = project.annotate_next(where=misnomer.where("key != images/dark.png"))
    assert sorted(keys_of(page)) == ["between", "between too", "red"]
    assert not page.pool_is_labelled
    assert page.labelled_count == len(REDS)
    assert page.sentence == (
        f"3 of 3 unlabelled samples, unlike what is labelled or listed. Left out: {len(REDS)} that have a label."
    )


def test_all_labelled_images_as_a_pool_are_covered_from_nothing(project: misnomer.Project) -> None:
    page = project.annotate_next(where=misnomer.where("label is not null"), limit=2)
    assert (page.candidate_count, page.labelled_count) == (len(REDS), 0)
    assert page.samples[0].reasons == ("None of the 20 images most similar to it is labelled outside the pool.",)
    assert {sample.key.split("/")[1] for sample in page.samples} == {"a", "b"}  # two ends of the reds


def test_where_everything_is_labelled_a_pool_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "images").mkdir()
    project = project_of_reds(tmp_path, {"a/0": 1, "b/0": 90}, monkeypatch)
    with pytest.raises(InputError, match=r"Every sample has a label(.|\n)*--split pool(.|\n)*misnomer add-images"):
        project.annotate_next()


def test_an_empty_pool_is_an_error(project: misnomer.Project) -> None:
    with pytest.raises(InputError, match="no samples to choose from"):
        project.annotate_next(where=misnomer.where("label = a", text="between"))


def test_a_pool_without_embeddings_is_an_error(project: misnomer.Project, tmp_path: Path) -> None:
    (tmp_path / "images" / "torn.png").write_bytes(b"no image")
    (tmp_path / "more.csv").write_text("path,label\nimages/torn.png,\n")
    project.add_images(tmp_path / "more.csv")
    project.compute()
    with pytest.raises(InputError, match="None of the 1 samples to choose from has an embedding"):
        project.annotate_next(text="torn")


def test_neighbors_are_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_of_reds(tmp_path, {"0": 1, "1": 90}, monkeypatch)
    project.add_embeddings([[1, 0], [0, 1]], name="mine", in_order=True)
    with pytest.raises(InputError, match=r"compute PROJECT neighbors"):
        project.annotate_next()

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import misnomer
from misnomer.errors import InvalidFilter, UnknownName
from misnomer.filters import Filter
from misnomer.project import Project
from misnomer.project.computing import STEPS
from misnomer.store.embeddings import add_vectors, set_version, use_embedding
from misnomer.store.map_points import set_map

KEYS = tuple(f"{n % 2}/{n}.png" for n in range(6))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Six samples whose images are never opened, of which five lie on a line of the map."""
    for key in KEYS:
        (tmp_path / "images" / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "images" / key).write_bytes(b"")
    predictions = {"keys": list(KEYS), "predictions": ["0"] * 6, "confidence": [n / 10 for n in range(6)]}
    directory = tmp_path / "p.misnomer"
    with misnomer.create(
        directory, images=tmp_path / "images", predictions=predictions, model="m", skip=tuple(STEPS)
    ) as made:
        points = np.column_stack([np.arange(5), np.zeros(5)]).astype(np.float32)
        set_map(made._database, np.arange(5, dtype=np.int32), points, "here")
        yield made


def test_a_table_has_the_place_and_what_a_colour_may_show(project: Project) -> None:
    table = project.map(color="confidence")
    assert table.column_names == ["sample_id", "x", "y", "label", "prediction", "outcome", "color"]
    assert table["x"].to_pylist() == [0, 1, 2, 3, 4]
    assert table["outcome"].to_pylist() == ["tp", "tp", "tp", "fp", "fp"]
    assert table["color"].to_pylist() == pytest.approx([0, 0.2, 0.4, 0.1, 0.3])
    assert project.map(color="split")["color"].to_pylist() == [None] * 5
    assert project.map(outcome="fp")["x"].to_pylist() == [3, 4]


def test_a_region_is_a_filter_like_any_other(project: Project) -> None:
    square = Filter(region=((0.5, -1), (2.5, -1), (2.5, 1), (0.5, 1)))
    assert project.map(where=square)["x"].to_pylist() == [1, 2]
    keys = [sample.key for sample in project.samples(where=square).samples]
    assert keys == [project.samples().samples[n].key for n in (1, 2)]
    assert Filter.from_dict(square.to_dict()) == square


def test_a_region_may_be_of_any_shape(project: Project) -> None:
    # A "U" over 0 and 4: what is between its legs is outside.
    corners = ((-0.5, -2), (4.5, -2), (4.5, 1), (3.5, 1), (3.5, -1), (0.5, -1), (0.5, 1), (-0.5, 1))
    assert project.map(region=corners)["x"].to_pylist() == [0, 4]


@pytest.mark.parametrize("region", [[[0, 0], [1, 1]], "x", [[0, 0, 0]] * 3, [[float("nan"), 0]] * 3, [[0, 0]] * 501, 3])
def test_what_is_no_polygon_is_an_error(region: object) -> None:
    with pytest.raises(InvalidFilter, match="no polygon"):
        Filter.from_dict({"region": region})


def test_without_a_map_the_error_says_how_to_make_it(project: Project) -> None:
    project._database.execute("delete from map_points")
    for ask in (project.map, lambda: project.samples(region=((0, 0), (1, 0), (0, 1)))):
        with pytest.raises(InvalidFilter) as raised:
            ask()
        assert "misnomer compute" in raised.value.hint


def test_an_unknown_colour_is_an_error(project: Project) -> None:
    with pytest.raises(UnknownName, match="colour"):
        project.map(color="colour")


def test_the_step_makes_the_map_of_the_vectors_and_again_when_they_change(project: Project) -> None:
    vectors = np.random.default_rng(0).normal(size=(6, 4)).astype(np.float16)
    database, sample_ids = project._database, np.arange(6, dtype=np.int32)
    own = use_embedding(database, "own", "1", 4, of_user=True)
    add_vectors(database, own, sample_ids, vectors)
    project.compute("map")
    first = project.map()
    assert first.num_rows == 6
    project.compute("map")
    assert project.map().equals(first)
    add_vectors(database, set_version(database, own, "2"), sample_ids, vectors[::-1])
    assert {step.step: step.done for step in project.info().computed}["map"] == 0
    project.compute("map")
    assert not project.map().equals(first)

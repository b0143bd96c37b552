"""What is asked of Ray, and what is made of its answers, with a Ray that runs each task when it is waited for.

The real one is asked the same in ``benchmarks/ray_engine.py``.
"""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from misnomer.errors import InputError
from misnomer.features import ray_engine, ray_session, ray_work
from misnomer.features.embedders import find
from misnomer.features.embedders.user_function import FunctionEmbedder
from misnomer.features.engine import Engine, LocalEngine, engine_of
from misnomer.features.scan import scan_schema


class RayError(Exception):
    """Base of Ray's errors."""


class WorkerCrashedError(RayError):
    """A worker died."""


class RayTaskError(RayError):
    """A task raised ``cause``."""

    def __init__(self, cause: Exception) -> None:
        super().__init__()
        self.cause = cause


class FakeRay(ModuleType):
    """As much of Ray as is asked for; ``deadly`` says of which locations a worker dies."""

    exceptions = SimpleNamespace(RayError=RayError, RayTaskError=RayTaskError)

    def __init__(self) -> None:
        super().__init__("ray")
        self.calls: list[str] = []
        self.given: dict[str, Any] = {}
        self.sizes: list[int] = []
        self.most_running = 0
        self.deadly: Callable[[list[str]], bool] = lambda locations: False
        self.connected = False

    def is_initialized(self) -> bool:
        return self.connected

    def init(self, **given: Any) -> None:
        self.connected, self.given = True, given | {"token": os.environ.get("RAY_AUTH_TOKEN")}

    def shutdown(self) -> None:
        self.connected = False
        self.calls.append("shutdown")

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def remote(self, **options: Any) -> Callable[[Callable[..., Any]], Any]:
        return lambda work: _Task(self, work)

    def wait(self, references: list[Any], num_returns: int) -> tuple[list[Any], list[Any]]:
        self.most_running = max(self.most_running, len(references))
        return references[-1:], references[:-1]  # the last first

    def get(self, reference: Any) -> Any:
        work, locations, argument = reference
        self.sizes.append(len(locations))
        if self.deadly(list(locations)):
            raise WorkerCrashedError
        try:
            return work(locations, argument)
        except Exception as cause:
            raise RayTaskError(cause) from cause

    def cancel(self, reference: Any) -> None:
        self.calls.append("cancel")


class _Task:
    def __init__(self, ray: FakeRay, work: Callable[..., Any]) -> None:
        self._ray, self._work = ray, work

    def options(self, **options: Any) -> "_Task":
        return self

    def remote(self, locations: list[str], argument: Any) -> Any:
        return self._work, tuple(locations), argument


@pytest.fixture
def ray(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRay]:
    fake = FakeRay()
    monkeypatch.delitem(sys.modules, "ray", raising=False)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setattr(ray_session, "import_module", lambda name: fake)
    ray_session._private.cache_clear()
    yield fake
    ray_session._private.cache_clear()


@pytest.fixture
def images(tmp_path: Path) -> list[str]:
    """Twenty, of which the fourth is broken; parts are of eight."""
    for number in range(20):
        Image.new("RGB", (9, number + 1), (number * 9, 200, 10)).save(tmp_path / f"{number:02}.png")
    (tmp_path / "03.png").write_bytes(b"broken")
    return [str(tmp_path / f"{number:02}.png") for number in range(20)]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_engine, "_MEASURED_PART", 8)
    monkeypatch.setattr(ray_engine, "_EMBEDDED_PART", 8)


def measured(engine: Engine, images: list[str]) -> pa.Table:
    return pa.Table.from_batches(engine.measure(images), scan_schema()).sort_by("row")


def test_the_rows_are_those_of_this_machine(ray: FakeRay, images: list[str]) -> None:
    with ray_engine.RayEngine(2) as engine:
        assert measured(engine, images).equals(measured(LocalEngine(1), images))
    assert sorted(ray.sizes) == [4, 8, 8]
    assert ray.most_running == 2
    assert ray.calls == ["shutdown"]


def test_only_the_image_that_workers_die_of_is_lost(ray: FakeRay, images: list[str]) -> None:
    ray.deadly = lambda locations: images[10] in locations
    with ray_engine.RayEngine(3) as engine:
        table = measured(engine, images)
    assert table["problem"].to_pylist() == [{3: "not_an_image", 10: "unreadable_image"}.get(row) for row in range(20)]
    assert table["problem_detail"][10].as_py() == "The Ray worker that decoded it died, each time."
    assert table["width"].to_pylist() == [None if row in (3, 10) else 9 for row in range(20)]


def test_no_image_is_blamed_for_workers_that_die_of_nothing(ray: FakeRay, images: list[str]) -> None:
    ray.deadly = lambda locations: True
    with ray_engine.RayEngine(2) as engine, pytest.raises(InputError, match="before they look at an image"):
        measured(engine, images)
    assert ray.calls == ["cancel", "shutdown"]


def test_another_version_of_a_metric_on_a_worker_is_an_error(
    ray: FakeRay, images: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_engine, "metric_versions", lambda: (*ray_work.metric_versions(), ("green_excess", 3)))
    with ray_engine.RayEngine(1) as engine, pytest.raises(InputError, match="green_excess, or none"):
        measured(engine, images)


def test_what_a_worker_raises_is_told_with_its_kind(
    ray: FakeRay, images: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(paths: object, **options: object) -> None:
        raise ModuleNotFoundError("No module named 'cv2'")

    monkeypatch.setattr(ray_work, "scan_images", fail)
    with ray_engine.RayEngine(1) as engine, pytest.raises(InputError, match="ModuleNotFoundError: No module named"):
        measured(engine, images)


def mean_colour(images: np.ndarray) -> np.ndarray:
    return np.asarray(images.mean(axis=(1, 2)))


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> Iterator[FunctionEmbedder]:
    monkeypatch.setattr(find, "registered_functions", lambda: {"mean": lambda: mean_colour})
    ray_work._embedder.cache_clear()
    yield FunctionEmbedder("mean", mean_colour)
    ray_work._embedder.cache_clear()


def embedded(engine: Engine, images: list[str], embedder: FunctionEmbedder) -> dict[int, list[float]]:
    return {
        row: vector.tolist()
        for rows, vectors in engine.embed(images, embedder)
        for row, vector in zip(rows.tolist(), vectors, strict=True)
    }


def test_the_vectors_are_those_of_this_machine(ray: FakeRay, images: list[str], embedder: FunctionEmbedder) -> None:
    with ray_engine.RayEngine(2) as engine:
        found = embedded(engine, images, embedder)
    assert found == embedded(LocalEngine(1), images, embedder)
    assert sorted(found) == [row for row in range(20) if row != 3]


def test_an_image_that_workers_die_of_has_no_vector(
    ray: FakeRay, images: list[str], embedder: FunctionEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    ray.deadly = lambda locations: images[10] in locations
    with ray_engine.RayEngine(2) as engine:
        assert sorted(embedded(engine, images, embedder)) == [row for row in range(20) if row not in (3, 10)]
    assert images[10] in caplog.text


def test_another_version_of_the_embedder_on_a_worker_is_an_error(
    ray: FakeRay, images: list[str], embedder: FunctionEmbedder
) -> None:
    embedder.version = "2"
    with ray_engine.RayEngine(1) as engine, pytest.raises(InputError, match="version '1' of the embedder mean"):
        embedded(engine, images, embedder)


def test_an_embedder_that_a_worker_does_not_have_is_an_error(
    ray: FakeRay, images: list[str], embedder: FunctionEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "registered_functions", dict)
    with ray_engine.RayEngine(1) as engine, pytest.raises(InputError, match="cannot load the embedder mean"):
        embedded(engine, images, embedder)


def test_stopping_early_cancels_what_is_running(ray: FakeRay, images: list[str]) -> None:
    with ray_engine.RayEngine(2) as engine:
        chunks = engine.measure(images)
        next(chunks)
        chunks.close()
    assert ray.calls == ["cancel", "shutdown"]


def test_no_images_start_no_ray(ray: FakeRay) -> None:
    with ray_engine.RayEngine(2) as engine:
        assert list(engine.measure([])) == []
    assert ray.given == {}


def test_the_steps_of_one_run_share_a_private_ray(
    ray: FakeRay, images: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("misnomer.features.engine.find_spec", lambda name: object())
    with engine_of("ray", 3) as engine:
        measured(engine, images)
        measured(engine, images)
        assert ray.connected
        assert (ray.given["address"], ray.given["num_cpus"], len(ray.given["token"])) == ("local", 3, 64)
    assert ray.calls == ["shutdown"]
    assert "RAY_AUTH_TOKEN" not in os.environ


def test_a_cluster_is_found_by_its_address_and_gives_all_its_processors(
    ray: FakeRay, images: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as cluster:
        address = f"127.0.0.1:{cluster.getsockname()[1]}"
        monkeypatch.setenv("RAY_ADDRESS", address)
        with ray_engine.RayEngine(0) as engine:
            measured(engine, images)
    assert (ray.given["address"], ray.given["token"]) == (address, None)
    assert "num_cpus" not in ray.given
    assert ray.most_running == 2


def test_a_cluster_that_does_not_answer_is_an_error(
    ray: FakeRay, images: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**given: object) -> None:
        raise ConnectionError("nobody\nthere")

    monkeypatch.setattr(ray, "init", refuse)
    with ray_engine.RayEngine(1) as engine, pytest.raises(InputError, match=r"Ray does not start: nobody there"):
        measured(engine, images)
    monkeypatch.setenv("RAY_ADDRESS", "auto")
    with ray_engine.RayEngine(1) as engine, pytest.raises(InputError, match=r"answers at auto: nobody there"):
        measured(engine, images)


@pytest.mark.parametrize("scheme", ["", "ray://"])
def test_an_address_where_nobody_listens_is_an_error_before_ray_is_asked(
    scheme: str, ray: FakeRay, images: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("RAY_ADDRESS", f"{scheme}127.0.0.1:{port}")
    with ray_engine.RayEngine(1) as engine, pytest.raises(InputError, match=r"No Ray cluster answers at .*refused"):
        measured(engine, images)
    assert ray.given == {}


def test_a_ray_that_the_program_has_connected_is_used_and_stays(ray: FakeRay, images: list[str]) -> None:
    ray.connected = True
    with ray_engine.RayEngine(1) as engine:
        measured(engine, images)
    assert ray.connected
    assert ray.given == {}


def test_a_model_in_a_file_is_found_from_any_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert ray_engine._from_anywhere("onnx:net.onnx") == f"onnx:{tmp_path / 'net.onnx'}"
    assert ray_engine._from_anywhere("timm:resnet18") == "timm:resnet18"

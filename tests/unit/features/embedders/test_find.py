"""Embedders by name, and what is said when one cannot be had."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from misnomer.errors import InputError, UnknownName, UnreadableSource
from misnomer.features.embedders import find as finding
from misnomer.features.embedders import torch_model
from misnomer.features.embedders.find import find_embedder

RED = np.zeros((2, 8, 8, 3), np.uint8)
RED[..., 0] = 255


def write_model(path: Path, shape: list[int | str], kind: int = TensorProto.FLOAT) -> Path:
    """A model that gives the mean of each channel of what it sees."""
    axes = [2, 3] if shape[1] == 3 else [1, 2]
    nodes = [
        helper.make_node("Cast", ["pictures"], ["real"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["real"], ["means"], axes=axes, keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "means",
        [helper.make_tensor_value_info("pictures", kind, shape)],
        [helper.make_tensor_value_info("means", TensorProto.FLOAT, [shape[0], 3])],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    return path


def test_a_model_of_floats_sees_the_colours_as_networks_of_imagenet_do(tmp_path: Path) -> None:
    embedder = find_embedder(f"onnx:{write_model(tmp_path / 'm.onnx', ['n', 3, 8, 8])}")
    assert (embedder.input_px, embedder.dimensions) == (8, 3)
    np.testing.assert_allclose(
        embedder.embed(RED), [[(1 - 0.485) / 0.229, -0.456 / 0.224, -0.406 / 0.225]] * 2, rtol=1e-5
    )


def test_a_model_of_bytes_sees_the_pixels(tmp_path: Path) -> None:
    embedder = find_embedder(f"onnx:{write_model(tmp_path / 'm.onnx', ['n', 8, 8, 3], TensorProto.UINT8)}")
    assert embedder.embed(RED).tolist() == [[255, 0, 0]] * 2


def test_a_model_of_any_size_sees_224_pixels(tmp_path: Path) -> None:
    assert find_embedder(f"onnx:{write_model(tmp_path / 'm.onnx', ['n', 3, 'h', 'w'])}").input_px == 224


def test_a_model_of_one_picture_is_called_for_each(tmp_path: Path) -> None:
    embedder = find_embedder(f"onnx:{write_model(tmp_path / 'm.onnx', [1, 8, 8, 3], TensorProto.UINT8)}")
    assert embedder.embed(RED).tolist() == [[255, 0, 0]] * 2


def test_the_version_is_the_files_content(tmp_path: Path) -> None:
    one = find_embedder(f"onnx:{write_model(tmp_path / 'one.onnx', ['n', 3, 8, 8])}")
    other = find_embedder(f"onnx:{write_model(tmp_path / 'other.onnx', ['n', 3, 9, 9])}")
    assert one.version != other.version


@pytest.mark.parametrize("shape", [["n", 3, 8, 9], [4, 3, 8, 8]])
def test_a_model_that_takes_no_squares_in_any_number_is_refused(tmp_path: Path, shape: list[int | str]) -> None:
    with pytest.raises(InputError, match=r"takes"):
        find_embedder(f"onnx:{write_model(tmp_path / 'm.onnx', shape)}")


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(b"not a model")
    with pytest.raises(UnreadableSource, match=r"ONNX Runtime cannot read"):
        find_embedder(f"onnx:{tmp_path / 'm.onnx'}")
    with pytest.raises(UnreadableSource, match=r"Cannot read"):
        find_embedder(f"onnx:{tmp_path / 'gone.onnx'}")


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"efficientnet-lite0"):
        find_embedder("efficientnet-lite")


def mean_colour(images: np.ndarray) -> np.ndarray:
    return np.asarray(images.mean(axis=(1, 2)))


def test_a_registered_function_is_an_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "registered_functions", lambda: {"mean-colour": lambda: mean_colour})
    embedder = find_embedder("mean-colour")
    assert (embedder.dimensions, embedder.input_px, embedder.version) == (3, 224, "1")
    assert embedder.embed(RED).tolist() == [[255, 0, 0]] * 2


def test_a_function_that_returns_something_else_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        finding, "registered_functions", lambda: {"flat": lambda: lambda images: images.mean(axis=(1, 2, 3))}
    )
    with pytest.raises(InputError, match=r"shape \(1,\) for 1 pictures"):
        find_embedder("flat")


@pytest.mark.parametrize(("name", "extra"), [("timm:resnet18", "timm"), ("open_clip:ViT-B-32/openai", "open_clip")])
def test_what_is_not_installed_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch, name: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, extra, None)
    with pytest.raises(InputError, match=rf"{extra} is not installed\.\npip install 'misnomer\[{extra}\]'"):
        find_embedder(name)


class FakeTensor:
    """As much of a tensor as the embedder uses."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def float(self) -> "FakeTensor":
        return self

    def numpy(self) -> np.ndarray:
        return self.values


class FakeNetwork:
    """Gives the mean of each channel."""

    visual = SimpleNamespace(image_size=(8, 8), image_mean=(0.5, 0.5, 0.5), image_std=(0.5, 0.5, 0.5))

    def eval(self) -> "FakeNetwork":
        return self

    def __call__(self, pictures: FakeTensor) -> FakeTensor:
        return FakeTensor(pictures.values.mean(axis=(2, 3)))

    encode_image = __call__


@pytest.fixture
def fake_torch(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    import contextlib

    torch = SimpleNamespace(inference_mode=contextlib.nullcontext, from_numpy=FakeTensor)
    monkeypatch.setitem(sys.modules, "torch", torch)  # type: ignore[arg-type]
    monkeypatch.setattr(torch_model, "version", lambda package: "1.0")
    return monkeypatch


def test_a_network_of_timm_sees_what_it_was_trained_with(fake_torch: pytest.MonkeyPatch) -> None:
    def create_model(name: str, **options: Any) -> FakeNetwork:
        assert (name, options) == ("resnet18", {"pretrained": True, "num_classes": 0})
        return FakeNetwork()

    config = {"input_size": (3, 8, 8), "mean": (0.5, 0.5, 0.5), "std": (0.25, 0.25, 0.25)}
    timm = SimpleNamespace(
        is_model=lambda name: name == "resnet18",
        list_models=lambda pretrained: ["resnet18"],
        create_model=create_model,
        data=SimpleNamespace(resolve_model_data_config=lambda model: config),
    )
    fake_torch.setitem(sys.modules, "timm", timm)  # type: ignore[arg-type]
    embedder = find_embedder("timm:resnet18")
    assert (embedder.input_px, embedder.dimensions, embedder.version) == (8, 3, "timm 1.0")
    np.testing.assert_allclose(embedder.embed(RED), [[2, -2, -2]] * 2, rtol=1e-6)
    with pytest.raises(UnknownName, match=r"resnet18"):
        find_embedder("timm:resnet81")


def test_open_clip_takes_the_first_weights_unless_others_are_named(fake_torch: pytest.MonkeyPatch) -> None:
    asked = []

    def create_model(name: str, pretrained: str) -> FakeNetwork:
        asked.append((name, pretrained))
        return FakeNetwork()

    open_clip = SimpleNamespace(
        list_pretrained=lambda: [("ViT-B-32", "openai"), ("ViT-B-32", "laion2b")], create_model=create_model
    )
    fake_torch.setitem(sys.modules, "open_clip", open_clip)  # type: ignore[arg-type]
    np.testing.assert_allclose(find_embedder("open_clip:ViT-B-32").embed(RED), [[1, -1, -1]] * 2, rtol=1e-6)
    find_embedder("open_clip:ViT-B-32/laion2b")
    assert asked == [("ViT-B-32", "openai"), ("ViT-B-32", "laion2b")]
    with pytest.raises(UnknownName, match=r"ViT-B-32/openai"):
        find_embedder("open_clip:ViT-B-32/openia")


def test_weights_that_cannot_be_downloaded_are_told(fake_torch: pytest.MonkeyPatch) -> None:
    def create_model(name: str, **options: Any) -> FakeNetwork:
        raise OSError("no network")

    timm = SimpleNamespace(is_model=lambda name: True, create_model=create_model)
    fake_torch.setitem(sys.modules, "timm", timm)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"cannot be had: no network"):
        find_embedder("timm:resnet18")

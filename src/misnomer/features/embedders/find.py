"""An embedder by its name."""

import hashlib
from pathlib import Path

import numpy as np

from misnomer.errors import UnknownName, UnreadableSource
from misnomer.features.embedders.embedder import Embedder
from misnomer.features.embedders.user_function import FunctionEmbedder, registered_functions

DEFAULT = "efficientnet-lite0"

_OF_IMAGENET = (np.array([123.675, 116.28, 103.53], np.float32), 1 / np.array([58.395, 57.12, 57.375], np.float32))


def find_embedder(name: str) -> Embedder:
    """Load an embedder: ``efficientnet-lite0``, ``onnx:FILE``, ``timm:MODEL``, ``open_clip:MODEL/WEIGHTS``, or one that
    a package registers.

    Raises:
        UnknownName: there is none of this name.
        InputError: what it needs is not installed.
    """
    kind, _, rest = name.partition(":")
    if name == DEFAULT:
        return _default()
    if kind == "onnx" and rest:
        return _onnx_file(name, Path(rest))
    if kind in ("timm", "open_clip") and rest:
        from misnomer.features.embedders.torch_model import open_clip_embedder, timm_embedder

        return timm_embedder(name) if kind == "timm" else open_clip_embedder(name)
    registered = registered_functions()
    if name not in registered:
        known = [DEFAULT, *registered, "onnx:FILE", "timm:MODEL", "open_clip:MODEL/WEIGHTS"]
        raise UnknownName("embedder", name, known)
    return FunctionEmbedder(name, registered[name]())


def _default() -> Embedder:
    from misnomer.features.embedders.efficientnet_lite import WEIGHTS_SHA256, efficientnet_lite0
    from misnomer.features.embedders.onnx_model import OnnxEmbedder

    return OnnxEmbedder(efficientnet_lite0(), name=DEFAULT, version=f"1 {WEIGHTS_SHA256[:16]}")


def _onnx_file(name: str, path: Path) -> Embedder:
    from misnomer.features.embedders.onnx_model import OnnxEmbedder

    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UnreadableSource(f"Cannot read {str(path)!r}: {problem.strerror}.") from problem
    mean, scale = _OF_IMAGENET
    digest = hashlib.sha256(content).hexdigest()[:16]
    return OnnxEmbedder(content, name=name, version=f"1 {digest}", mean=mean, scale=scale, file=str(path))

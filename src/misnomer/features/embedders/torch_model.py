"""Networks that PyTorch runs: those of timm and OpenCLIP, which are installed on request."""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np

from misnomer.errors import InputError, UnknownName


class TorchEmbedder:
    """A network of PyTorch on the processor.

    Args:
        encode: (n, 3, px, px) float32 tensor → (n, d) tensor.
        input_px: side of the square it takes.
        mean, deviation: of the colours 0–1 by channel, which the network was trained with.
    """

    def __init__(
        self,
        name: str,
        version: str,
        encode: Callable[[Any], Any],
        input_px: int,
        mean: Sequence[float],
        deviation: Sequence[float],
    ) -> None:
        self.name, self.version, self.input_px = name, version, input_px
        self._encode = encode
        self._torch = _required("torch", name.partition(":")[0])
        self._mean = np.array(mean, np.float32) * 255
        self._scale = 1 / (np.array(deviation, np.float32) * 255)
        self.dimensions = int(self.embed(np.zeros((1, input_px, input_px, 3), np.uint8)).shape[1])

    def embed(self, images: np.ndarray) -> np.ndarray:
        """(n, px, px, 3) uint8 → (n, d) float32."""
        colours = (images.astype(np.float32) - self._mean) * self._scale
        with self._torch.inference_mode():
            pictures = self._torch.from_numpy(np.ascontiguousarray(colours.transpose(0, 3, 1, 2)))
            vectors: np.ndarray = self._encode(pictures).float().numpy()
        return vectors


def timm_embedder(name: str) -> TorchEmbedder:
    """``timm:MODEL``: the features of a network of timm before its classifier.

    Raises:
        InputError: timm is not installed, or its weights cannot be had.
        UnknownName: timm has no such model.
    """
    model_name = name.partition(":")[2]
    timm = _required("timm", "timm")
    if not timm.is_model(model_name):
        raise UnknownName("timm model", model_name, timm.list_models(pretrained=True))
    model = _with_weights(name, lambda: timm.create_model(model_name, pretrained=True, num_classes=0)).eval()
    config = timm.data.resolve_model_data_config(model)
    return TorchEmbedder(
        name, f"timm {version('timm')}", model, int(config["input_size"][-1]), config["mean"], config["std"]
    )


def open_clip_embedder(name: str) -> TorchEmbedder:
    """``open_clip:MODEL/WEIGHTS``: what OpenCLIP's network sees in a picture; without weights the first there are.

    Raises:
        InputError: open_clip is not installed, or its weights cannot be had.
        UnknownName: OpenCLIP has no such model.
    """
    model_name, _, weights = name.partition(":")[2].partition("/")
    open_clip = _required("open_clip", "open_clip")
    known = open_clip.list_pretrained()
    of_model = [tag for model, tag in known if model == model_name]
    if not of_model or (weights and weights not in of_model):
        raise UnknownName("OpenCLIP model", f"{model_name}/{weights}", [f"{model}/{tag}" for model, tag in known])
    weights = weights or of_model[0]
    model = _with_weights(name, lambda: open_clip.create_model(model_name, pretrained=weights)).eval()
    side = model.visual.image_size
    return TorchEmbedder(
        name,
        f"open_clip {version('open_clip_torch')} {weights}",
        model.encode_image,
        int(side if isinstance(side, int) else side[0]),
        model.visual.image_mean,
        model.visual.image_std,
    )


def _required(module: str, extra: str) -> Any:
    try:
        return import_module(module)
    except ImportError as problem:
        raise InputError(
            f"{module} is not installed.", hint=f"pip install 'misnomer[{extra}]'   (it brings PyTorch)"
        ) from problem


def _with_weights(name: str, load: Callable[[], Any]) -> Any:
    try:
        return load()
    except Exception as problem:  # what the download raises is not of one kind
        raise InputError(
            f"The weights of {name} cannot be had: {' '.join(str(problem).split())}",
            hint="They are downloaded the first time; run the same command once with a network.",
        ) from problem

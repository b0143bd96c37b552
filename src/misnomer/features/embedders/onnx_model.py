"""An ONNX model as an embedder, run by ONNX Runtime on the processor."""

from typing import Any

import numpy as np

from misnomer.errors import InputError, UnreadableSource


class OnnxEmbedder:
    """A model with one input of pictures and, as its first output, vectors.

    Each call runs on one thread, and the calls run beside each other: on two cores that takes a tenth less processor
    time than two threads that share each picture.

    Args:
        content: of the file.
        name: what the user called it.
        version: of the content.
        mean, scale: a float input sees (pixel − mean) · scale, by channel; an input of uint8 sees the pixels.
        file: its path; where the weights lie beside the model.

    Raises:
        UnreadableSource: ONNX Runtime cannot read it.
        InputError: its input or output is of another shape.
    """

    def __init__(
        self,
        content: bytes,
        *,
        name: str,
        version: str,
        mean: np.ndarray | None = None,
        scale: np.ndarray | None = None,
        file: str | None = None,
    ) -> None:
        import onnxruntime

        self.name, self.version = name, version
        self._mean, self._scale = mean, scale
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(file or content, options, providers=["CPUExecutionProvider"])
        except Exception as problem:  # ONNX Runtime's errors have no common base
            reason = " ".join(str(problem).split())
            raise UnreadableSource(
                f"ONNX Runtime cannot read {name}: {reason}", hint="Name a model that ONNX Runtime runs on the CPU."
            ) from problem
        self._input = self._session.get_inputs()[0]
        self._output = self._session.get_outputs()[0].name
        self.channels_first, self.input_px, self._batch = _layout(self._input, name)
        self.dimensions = self._probe()

    def embed(self, images: np.ndarray) -> np.ndarray:
        """(n, px, px, 3) uint8 → (n, d) float32."""
        if self._batch == 1 and len(images) > 1:
            return np.concatenate([self._run(images[row : row + 1]) for row in range(len(images))])
        return self._run(images)

    def _run(self, images: np.ndarray) -> np.ndarray:
        given = images
        if self._input.type != "tensor(uint8)":
            given = images.astype(np.float32)
            if self._mean is not None and self._scale is not None:
                given = (given - self._mean) * self._scale
            if self._input.type == "tensor(float16)":
                given = given.astype(np.float16)
        if self.channels_first:
            given = np.ascontiguousarray(given.transpose(0, 3, 1, 2))
        output: np.ndarray = self._session.run([self._output], {self._input.name: given})[0]
        return output.reshape(len(images), -1) if output.ndim != 4 else output.mean(axis=(2, 3))

    def _probe(self) -> int:
        return int(self.embed(np.zeros((1, self.input_px, self.input_px, 3), np.uint8)).shape[1])


def _layout(tensor: Any, name: str) -> tuple[bool, int, int | None]:
    """Whether channels come before pixels, the side of the square (224 if any will do), and a fixed batch."""
    shape = list(tensor.shape)
    if len(shape) != 4 or 3 not in (shape[1], shape[3]):
        raise InputError(
            f"{name} takes an input of shape {shape}.",
            hint="Pictures are (n, 3, height, width) or (n, height, width, 3); export the model so.",
        )
    channels_first = shape[1] == 3
    sides = {side for side in (shape[2:] if channels_first else shape[1:3]) if isinstance(side, int)}
    if len(sides) > 1:
        raise InputError(f"{name} takes pictures of {sides} pixels.", hint="Export the model for square pictures.")
    batch = shape[0] if isinstance(shape[0], int) else None
    if batch not in (None, 1):
        raise InputError(f"{name} takes exactly {batch} pictures.", hint="Export it with a dynamic first dimension.")
    return channels_first, sides.pop() if sides else 224, batch

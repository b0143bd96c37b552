"""Tensors in a PyTorch file; read by PyTorch itself, with weights only."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from misnomer.errors import InputError, UnreadableSource

_HINT = "In Python: numpy.savez('predictions.npz', probabilities=p.numpy(), keys=file_names), and give that file."


def read_torch(path: str) -> dict[str, Any]:
    """The tensors and lists of a .pt file as arrays by name; a single tensor is called ``probabilities``.

    Raises:
        InputError: PyTorch is not installed, or the file holds more than tensors and lists.
    """
    if find_spec("torch") is None:
        raise InputError(f"{path} is a PyTorch file, and PyTorch is not installed here.", hint=_HINT)
    torch = import_module("torch")
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as problem:  # whatever its unpickler raises
        first_line = str(problem).partition("\n")[0]
        raise UnreadableSource(f"PyTorch cannot read {path} with weights only: {first_line}", hint=_HINT) from None
    named = content if isinstance(content, Mapping) else {"probabilities": content}
    return {str(name): _as_numpy(torch, part) for name, part in named.items()}


def _as_numpy(torch: Any, part: Any) -> Any:
    if not torch.is_tensor(part):
        return np.asarray(part)
    tensor = part.detach()
    return (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).numpy()

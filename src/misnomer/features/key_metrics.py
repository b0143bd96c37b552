"""Random: the control, computed from a sample's key alone."""

import hashlib
from collections.abc import Iterable

import numpy as np

from misnomer.schema import Metric

RANDOM = Metric(
    "random",
    "Random",
    "A number that has nothing to do with the image: any ranking must put it at the bottom.",
    "hash of the sample's key",
    0.0,
    1.0,
    "",
    "key",
)


def random_of_key(keys: Iterable[str]) -> np.ndarray:
    """A number in [0, 1) for each key, the same on every machine.

    Returns:
        (n,) float64: the upper 53 bits of the 64-bit BLAKE2b hash of the key in UTF-8.
    """
    hashes = b"".join(hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=8).digest() for key in keys)
    return (np.frombuffer(hashes, ">u8") >> np.uint64(11)).astype(np.float64) / (1 << 53)

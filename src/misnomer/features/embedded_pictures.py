"""What embeddings say of pictures whose hashes agree, on the scale of how different the pictures of a data set are."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from misnomer.features.links import Links

USUAL_SPREAD = 0.8  # mean cosine distance of two photos of different things
REFUTED_DISTANCE = 0.3  # of copies of 120 photos, resized, recompressed or brighter, none has more than 0.28
_PRIOR_PICTURES = 100  # as many of usual spread are added: a few pictures, perhaps copies, do not tell it
_SPREAD_ROWS = 10_000
_BLOCK_ROWS = 8192
_REFUTED_SHARE, _LEAST_REFUTED = 0.1, 10


@dataclass(frozen=True)
class EmbeddedPictures:
    """Vectors of pictures.

    Attributes:
        vectors: (n, d) float16 of length 1, in memory or memory-mapped.
        rows: (N,) int64, the vector of each picture; −1: none.
    """

    vectors: np.ndarray
    rows: np.ndarray

    @cached_property
    def scale(self) -> float:
        """What a cosine distance is multiplied by: 1 for photos of all kinds, more where all pictures are alike.

        Digits, or X-rays, are near to one another by any fixed cosine: at 0.92, 7,111 of MNIST's 10,000 test images
        were copies. The mean distance of two random pictures, 1 − |mean vector|², is brought to that of photos, 0.8.
        """
        count = len(self.vectors)
        if not count:
            return 1.0
        drawn = self.vectors[np.unique(np.linspace(0, count - 1, min(count, _SPREAD_ROWS)).astype(np.int64))]
        mean = drawn.mean(axis=0, dtype=np.float64)
        spread = (count * (1 - mean @ mean) + _PRIOR_PICTURES * USUAL_SPREAD) / (count + _PRIOR_PICTURES)
        return max(1.0, USUAL_SPREAD / float(spread))

    def distances(self, links: Links) -> np.ndarray:
        """(l,) scaled cosine distances of linked pictures; NaN where one has no vector."""
        found = np.full(len(links), np.nan)
        known = np.flatnonzero((self.rows[links.first] >= 0) & (self.rows[links.second] >= 0))
        for start in range(0, len(known), _BLOCK_ROWS):
            block = known[start : start + _BLOCK_ROWS]
            first, second = (self.vectors[self.rows[ends[block]]] for ends in (links.first, links.second))
            found[block] = self.scale * (1 - np.einsum("ij,ij->i", first, second, dtype=np.float32))
        return found


def without_refuted(links: Links, embedded: EmbeddedPictures) -> Links:
    """Links by hash, in bits, but for those between pictures that the embedding says are different.

    Where it says so of more than a tenth of them, hashes agree by chance, as those of digits do, and only equal ones
    are a link.
    """
    refuted = embedded.distances(links) > REFUTED_DISTANCE
    is_chance = refuted.sum() > max(_LEAST_REFUTED, _REFUTED_SHARE * len(links))
    return links.of_rows(~refuted & (links.distances == 0) if is_chance else ~refuted)

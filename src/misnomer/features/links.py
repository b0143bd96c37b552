"""Links between images that look the same, as a forest: the links that hold groups together at any threshold.

Of all links, a minimum spanning forest keeps at most one fewer than there are images, and the groups at every threshold
(single linkage) are those of all links: Gower & Ross 1969.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree


@dataclass(frozen=True)
class Links:
    """Pairs of images with their distance.

    Attributes:
        first, second: (n,) int64 rows of images, first < second.
        distances: (n,) float64, at least 0.
    """

    first: np.ndarray
    second: np.ndarray
    distances: np.ndarray

    @classmethod
    def of(cls, first: np.ndarray, second: np.ndarray, distances: np.ndarray) -> "Links":
        """Pairs in either direction."""
        low, high = np.minimum(first, second).astype(np.int64), np.maximum(first, second).astype(np.int64)
        return cls(low, high, np.asarray(distances, np.float64))

    def __len__(self) -> int:
        return len(self.first)

    def __add__(self, other: "Links") -> "Links":
        return Links(
            np.concatenate([self.first, other.first]),
            np.concatenate([self.second, other.second]),
            np.concatenate([self.distances, other.distances]),
        )

    def within(self, distance: float) -> "Links":
        """Those of at most this distance."""
        return self.of_rows(self.distances <= distance)

    def of_rows(self, kept: np.ndarray) -> "Links":
        """Those where the (n,) bool is True."""
        return Links(self.first[kept], self.second[kept], self.distances[kept])


NO_LINKS = Links(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


def spanning_forest(links: Links, image_count: int) -> Links:
    """The links that suffice for the groups at every threshold; of a pair linked twice, the shorter."""
    order = np.lexsort((links.distances, links.second, links.first))
    first, second, distances = links.first[order], links.second[order], links.distances[order]
    new = np.append(True, (np.diff(first) != 0) | (np.diff(second) != 0))[: len(first)]
    # One more than the distance: to SciPy, a link of length 0 is none.
    graph = coo_array((distances[new] + 1, (first[new], second[new])), (image_count, image_count))
    forest = minimum_spanning_tree(csr_array(graph)).tocoo()
    return Links.of(forest.row, forest.col, forest.data - 1)


def components(links: Links, image_count: int) -> np.ndarray:
    """(N,) int32: the number of the group that each image is in; one that is linked to none has its own."""
    graph = coo_array((np.ones(len(links), np.int8), (links.first, links.second)), (image_count, image_count))
    return np.asarray(connected_components(csr_array(graph), directed=False)[1])

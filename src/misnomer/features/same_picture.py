"""Which images show the same picture: candidates for equal pixels, and links by perceptual hash or embedding."""

from dataclasses import dataclass

import numpy as np

from misnomer.features.links import Links, components, spanning_forest
from misnomer.features.near_hashes import near_hashes

HASH_BITS = 4  # two pictures whose 64-bit hashes differ in more are not near
EQUAL_BITS = 2  # equal pixels decoded at different scales differ in at most 2 of 120 photos' hashes
COLOUR_TOLERANCE = 0.15
LEAST_CONTRAST = 0.01  # of luma; the hash of a flatter picture, such as a blank page, says nothing
LEAST_SIMILARITY = 0.8  # links by embedding below it are not kept …
EMBEDDING_BITS = (
    12  # … nor those between hashes that differ in more; of unrelated pictures, 1 pair in 4 million does not
)


@dataclass(frozen=True)
class Pictures:
    """What is compared; one row an image.

    Attributes:
        hashes: (N,) uint64 perceptual hashes.
        mirrored_hashes: (N,) uint64, those of the pictures mirrored.
        colours: (N, 4) float64: the metrics red, green and blue values and saturation.
        contrasts: (N,) float64.
        sizes: (N, 2) int64, width and height.
    """

    hashes: np.ndarray
    mirrored_hashes: np.ndarray
    colours: np.ndarray
    contrasts: np.ndarray
    sizes: np.ndarray

    @property
    def plain(self) -> np.ndarray:
        """(N,) bool: too little to see in it to be called near to another."""
        return np.asarray(~(self.contrasts >= LEAST_CONTRAST))


def links_by_hash(pictures: Pictures, max_bits: int = HASH_BITS) -> Links:
    """Links of pictures within ``max_bits`` bits whose colours agree; the hash sees only light and dark.

    Among pictures of one hash the nearest in colour are linked. Distances are in bits.
    """
    order = np.lexsort(pictures.colours.T)
    found = near_hashes(pictures.hashes[order], max_bits)
    return _of_colour(Links.of(order[found.first], order[found.second], found.distances), pictures)


def _of_colour(links: Links, pictures: Pictures) -> Links:
    """The links whose colours agree."""
    differences = np.abs(pictures.colours[links.first] - pictures.colours[links.second])
    return links.of_rows((differences <= COLOUR_TOLERANCE).all(axis=1))


def possibly_equal(pictures: Pictures) -> np.ndarray:
    """(n,) rows of the images that must be decoded in full to know which have equal pixels.

    Those of one size in one group by hash; blank ones too.
    """
    groups = components(links_by_hash(pictures, EQUAL_BITS), len(pictures.hashes))
    _, codes, counts = np.unique(
        np.column_stack([groups, pictures.sizes]), axis=0, return_inverse=True, return_counts=True
    )
    return np.flatnonzero(counts[codes] > 1)


def near_links(pictures: Pictures) -> Links:
    """Links by hash, without plain pictures."""
    return without(links_by_hash(pictures), pictures.plain)


def mirrored_links_by_hash(pictures: Pictures) -> Links:
    """Links by hash of pictures with those that resemble them mirrored, unless they resemble them as much as they are.

    Where several are alike, one of them is linked to a mirrored one: the links of ``near_links`` hold them together.
    """
    count = len(pictures.hashes)
    order = np.lexsort(np.tile(pictures.colours, (2, 1)).T)
    both = np.concatenate([pictures.hashes, pictures.mirrored_hashes])
    found = near_hashes(both[order], HASH_BITS)
    first, second = order[found.first], order[found.second]
    across = (first < count) != (second < count)
    links = Links.of(first[across] % count, second[across] % count, found.distances[across])
    nearer = links.of_rows(_differing_bits(links, pictures) > links.distances)
    return spanning_forest(_of_colour(without(nearer, pictures.plain), pictures), count)


def _differing_bits(links: Links, pictures: Pictures) -> np.ndarray:
    """(n,) bits in which the hashes of linked pictures differ."""
    return np.asarray(np.bitwise_count(pictures.hashes[links.first] ^ pictures.hashes[links.second]))


@dataclass(frozen=True)
class NearestPictures:
    """The nearest others of some pictures by embedding, to which any two brick walls are alike.

    Attributes:
        rows: (n,) int64 rows of the pictures whose neighbours are given.
        neighbors: (n, k) int64 rows of their nearest others, −1 for none.
        distances: (n, k) float cosine distances, on the scale of ``EmbeddedPictures``; NaN for none.
    """

    rows: np.ndarray
    neighbors: np.ndarray
    distances: np.ndarray


def links_by_embedding(nearest: NearestPictures, pictures: Pictures) -> Links:
    """Links of pictures whose embeddings have a distance of at most 0.2, as a spanning forest.

    Colours must agree, and the hashes in all but 12 bits. Plain pictures are left out.
    """
    links = _alike_by_embedding(nearest)
    links = links.of_rows(_differing_bits(links, pictures) <= EMBEDDING_BITS)
    return _forest_by_embedding(links, pictures)


def mirrored_links_by_embedding(nearest: NearestPictures, pictures: Pictures) -> Links:
    """The same of pictures whose hashes agree so only when one of the two is mirrored."""
    links = _alike_by_embedding(nearest)
    mirrored_bits = np.bitwise_count(pictures.hashes[links.first] ^ pictures.mirrored_hashes[links.second])
    links = links.of_rows(mirrored_bits <= EMBEDDING_BITS)
    links = links.of_rows(_differing_bits(links, pictures) > EMBEDDING_BITS)
    return _forest_by_embedding(links, pictures)


def _alike_by_embedding(nearest: NearestPictures) -> Links:
    lists, places = np.nonzero((nearest.distances <= 1 - LEAST_SIMILARITY) & (nearest.neighbors >= 0))
    distances = np.maximum(nearest.distances[lists, places].astype(np.float64), 0)
    return Links.of(nearest.rows[lists], nearest.neighbors[lists, places], distances)


def _forest_by_embedding(links: Links, pictures: Pictures) -> Links:
    return spanning_forest(_of_colour(without(links, pictures.plain), pictures), len(pictures.hashes))


def equal_links(rows: np.ndarray, pixel_hashes: np.ndarray) -> Links:
    """Links between the images of equal pixels, each to the next.

    Args:
        rows: (n,) rows of images.
        pixel_hashes: (n,) their hashes.
    """
    order = np.argsort(pixel_hashes, kind="stable")
    equal = pixel_hashes[order][1:] == pixel_hashes[order][:-1]
    ordered = rows[order]
    return Links.of(ordered[:-1][equal], ordered[1:][equal], np.zeros(np.count_nonzero(equal)))


def without(links: Links, left_out: np.ndarray) -> Links:
    """The links between images that are not left out."""
    return links.of_rows(~(left_out[links.first] | left_out[links.second] | (links.first == links.second)))

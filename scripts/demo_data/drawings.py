"""The emoji of both packages as samples: which exist in both styles, their keys, and which depict the same thing."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

# The skin tones that the data lists as emoji of their own: colour patches, not drawings of a thing.
LEFT_OUT_CATEGORY = "Component"
SIZE_PX = 64

# Code points that change who is drawn and not what: man, woman, person, ♀, ♂, and the joiners.
_WHO = frozenset({"1F468", "1F469", "1F9D1", "2640", "2642", "200D", "FE0F"})


@dataclass(frozen=True)
class Emoji:
    """One emoji with its drawing (PNG bytes) in every style."""

    short_name: str
    name: str
    category: str
    subcategory: str
    unicode: str
    added_in: str
    drawings: Mapping[str, bytes]

    def key(self, style: str) -> str:
        """Key of its drawing in one style, e.g. ``google/animals-nature/dog.png``."""
        return f"{style}/{slug(self.category)}/{self.short_name}.png"


def slug(category: str) -> str:
    """Name of a folder for a category.

    >>> slug("Animals & Nature")
    'animals-nature'
    """
    return re.sub(r"[^a-z0-9]+", "-", category.lower()).strip("-")


def title(name: str) -> str:
    """A name that the data shouts, said; others as they are.

    >>> title("DOG FACE"), title("Egypt Flag")
    ('Dog face', 'Egypt Flag')
    """
    return name.capitalize() if name.isupper() else name


def pair_drawings(packages: Mapping[str, Mapping[str, bytes]]) -> list[Emoji]:
    """The emoji that every style draws, sorted by category and short name.

    Args:
        packages: contents of each style's package by name; ``emoji.json`` and ``img/<style>/64/*.png``.
    """
    entries = json.loads(next(iter(packages.values()))["emoji.json"])
    paired = []
    for entry in entries:
        paths = {style: f"img/{style}/{SIZE_PX}/{entry['image']}" for style in packages}
        drawn = all(entry[f"has_img_{style}"] and paths[style] in packages[style] for style in packages)
        if drawn and entry["category"] != LEFT_OUT_CATEGORY:
            paired.append(_emoji(entry, {style: packages[style][path] for style, path in paths.items()}))
    return sorted(paired, key=lambda emoji: (emoji.category, emoji.short_name))


def _emoji(entry: Mapping[str, str], drawings: Mapping[str, bytes]) -> Emoji:
    return Emoji(
        short_name=entry["short_name"],
        name=title(entry["name"]),
        category=entry["category"],
        subcategory=entry["subcategory"],
        unicode=entry["unified"],
        added_in=entry["added_in"],
        drawings=drawings,
    )


def subject(unicode: str) -> str:
    """What an emoji depicts, whoever does it: its code points without man, woman, person and joiners.

    >>> subject("1F468-200D-1F33E") == subject("1F469-200D-1F33E")  # man farmer, woman farmer
    True
    >>> subject("1F468")  # man: nothing else is left
    '1F468'
    """
    return "-".join(point for point in unicode.split("-") if point not in _WHO) or unicode


def subject_groups(emoji: Sequence[Emoji]) -> np.ndarray:
    """Number of each emoji's group: same subject, or the same bytes in some style (chained).

    Returns:
        (N,) int32; two emoji with equal numbers must not be on both sides of a train/test cut.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    members: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(emoji):
        members[subject(one.unicode)].append(row)
        for style, drawing in one.drawings.items():
            members[f"{style} {hashlib.sha256(drawing).hexdigest()}"].append(row)
    links = [(rows[0], row) for rows in members.values() for row in rows]
    first, second = np.array(links).T
    shape = (len(emoji), len(emoji))
    _, group = connected_components(coo_array((np.ones(len(links)), (first, second)), shape), directed=False)
    return group


def decode(drawings: Iterable[bytes]) -> np.ndarray:
    """(N, 64, 64, 3) uint8 pictures in RGB, transparency on white, from PNG bytes."""
    return np.stack([_on_white(Image.open(BytesIO(drawing)).convert("RGBA")) for drawing in drawings])


def _on_white(drawing: Image.Image) -> np.ndarray:
    white = Image.new("RGBA", drawing.size, "white")
    white.alpha_composite(drawing)
    return np.asarray(white.convert("RGB"))

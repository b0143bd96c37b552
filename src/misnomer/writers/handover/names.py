"""Names for files: safe as one component of a path, and unique where case does not count."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_LONGEST_BYTES = 200


def safe_component(name: str) -> str:
    """A name as one component of a path on any system; what is unsafe is percent-encoded.

    >>> safe_component("a/b"), safe_component(".."), safe_component("dog, wild"), safe_component("x.")
    ('a%2Fb', '%2E%2E', 'dog, wild', 'x%2E')
    """
    name = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", name)
    if name.startswith(".") or not name:
        name = f"%2E{name[1:]}" if name else "%"
    if name[-1] in ". ":
        name = f"{name[:-1]}%{ord(name[-1]):02X}"
    cut = name.encode(errors="surrogateescape")[:_LONGEST_BYTES].decode(errors="ignore")
    return name if cut == name else f"{cut}~"


def safe_path(key: str) -> str:
    """A key as a relative path that cannot leave the folder it is put into.

    >>> safe_path("../a//b.jpg"), safe_path("/x/y.jpg"), safe_path("https://host/a.jpg")
    ('%2E%2E/a/b.jpg', 'x/y.jpg', 'https%3A/host/a.jpg')
    """
    return "/".join(safe_component(part) for part in key.split("/") if part) or "%"


def unique_names() -> Callable[[str], str]:
    """A function that gives each path back once: one that it gave already, case ignored, gets a number."""
    taken: set[str] = set()

    def unique(path: str) -> str:
        candidate, number = path, 1
        while candidate.casefold() in taken:
            number += 1
            pure = PurePosixPath(path)
            candidate = str(pure.with_name(f"{pure.stem}-{number}{pure.suffix}"))
        taken.add(candidate.casefold())
        return candidate

    return unique

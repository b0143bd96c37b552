"""Which sample a file's key means: exact path, then normalised path, then unique suffix, then unique stem.

Every key is judged alone against all samples, so the order of a file's rows, or which rows it has, changes nothing.
Case is never folded: two files whose names differ in case are two files.
"""

import posixpath
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Only these endings are dropped to get a stem: "img.001" and "img.002" are two images, not one.
DROPPED_EXTENSIONS = (
    *(
        "jpg",
        "jpeg",
        "jpe",
        "jfif",
        "png",
        "webp",
        "gif",
        "bmp",
        "ppm",
        "pgm",
        "tif",
        "tiff",
        "avif",
        "heic",
        "jp2",
        "dcm",
    ),
    *("txt", "json", "xml", "cls", "npy", "npz", "pt"),
)
_EXTENSION = rf"(?i)([^/])\.(?:{'|'.join(DROPPED_EXTENSIONS)})$"
_NOT_NORMAL = r"\\|//|(^|/)\.\.?(/|$)|^file:|^\s|\s$|/$|[^\x00-\x7f]"


class JoinRule(IntEnum):
    """How a key found its sample, strongest first; the last two found none."""

    EXACT = 0
    NORMALISED = 1
    SUFFIX = 2
    STEM = 3
    UNMATCHED = 4
    AMBIGUOUS = 5


@dataclass(frozen=True)
class Join:
    """The sample of each of n keys.

    Attributes:
        sample_rows: (n,) int64, row in the sample keys, or −1.
        rules: (n,) uint8, a JoinRule each.
        candidates: for each ambiguous row two of the samples that it could mean.
    """

    sample_rows: np.ndarray
    rules: np.ndarray
    candidates: Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class _Candidates:
    """Up to two sample rows for each key; −1 for none."""

    first: np.ndarray
    second: np.ndarray

    @classmethod
    def none(cls, count: int) -> "_Candidates":
        return cls(np.full(count, -1, np.int64), np.full(count, -1, np.int64))

    def add(self, rows: np.ndarray, found: "_Candidates") -> None:
        """Add what was ``found`` for these rows; the samples found are others than those already here."""
        empty = self.first[rows] < 0
        self.second[rows] = np.where(
            self.second[rows] >= 0, self.second[rows], np.where(empty, found.second, found.first)
        )
        self.first[rows] = np.where(empty, found.first, self.first[rows])


def join_keys(file_keys: pa.ChunkedArray, sample_keys: pa.ChunkedArray) -> Join:
    """Find the sample that each key of a file means.

    The rules, each tried on the keys that the stronger ones left over; a key for which a rule has two candidates
    is ambiguous and gets none:

    - exact: equal text;
    - normalised: equal after ``normalised_key``;
    - suffix: one of the two paths ends with the whole other path, component by component
      (``data/val/cat/1.jpg`` or ``1.jpg`` for the sample ``cat/1.jpg``, never ``train/cat/1.jpg`` for
      ``val/cat/1.jpg``);
    - stem: normalised or suffix, with the extensions of images dropped on both sides.

    Args:
        file_keys: n strings; null or blank keys match nothing.
        sample_keys: strings, unique, without null.
    """
    file, samples = _one_text_type(file_keys, sample_keys)
    sample_rows = _integers(pc.index_in(file, value_set=samples, skip_nulls=True))
    rules = np.where(sample_rows >= 0, JoinRule.EXACT, JoinRule.UNMATCHED).astype(np.uint8)
    candidates: dict[int, tuple[int, int]] = {}
    open_rows = np.flatnonzero(sample_rows < 0)
    open_rows = open_rows[_flags(pc.match_substring_regex(file.take(pa.array(open_rows)), r"[^\s]"))]
    if open_rows.size:
        for rule, found in _weaker_rules(file.take(pa.array(open_rows)), samples):
            undecided = rules[open_rows] == JoinRule.UNMATCHED
            unique = undecided & (found.first >= 0) & (found.second < 0)
            sample_rows[open_rows[unique]] = found.first[unique]
            rules[open_rows[unique]] = rule
            several = np.flatnonzero(undecided & (found.second >= 0))
            rules[open_rows[several]] = JoinRule.AMBIGUOUS
            candidates.update((int(open_rows[i]), (int(found.first[i]), int(found.second[i]))) for i in several)
            if not (rules[open_rows] == JoinRule.UNMATCHED).any():
                break
    return Join(sample_rows, rules, candidates)


def normalised_key(key: str) -> str:
    r"""The path in unicode NFC with POSIX separators, without ``file://``, outer whitespace, ``.``, ``..`` and ``//``.

    >>> normalised_key(" file:///data//val/../cat\\1.jpg ")
    '/data/cat/1.jpg'
    """
    text = key.strip()
    if text.lower().startswith("file:"):
        text = unquote(text[len("file:") :]).removeprefix("//localhost").removeprefix("//")
    text = posixpath.normpath(text.replace("\\", "/"))
    return unicodedata.normalize("NFC", text[1:] if text.startswith("//") else text)


def _weaker_rules(file: pa.Array, samples: pa.Array) -> Iterator[tuple[JoinRule, _Candidates]]:
    """Candidates of each key, rule by rule, computed only as far as the caller asks."""
    file, samples = _normalised(file), _normalised(samples)
    yield JoinRule.NORMALISED, _equal(file, samples)
    yield JoinRule.SUFFIX, _one_ends_with_other(file, samples)
    file, samples = (pc.replace_substring_regex(keys, _EXTENSION, "\\1") for keys in (file, samples))
    by_stem = _one_ends_with_other(file, samples)
    by_stem.add(np.arange(len(file)), _equal(file, samples))
    yield JoinRule.STEM, by_stem


def _normalised(keys: pa.Array) -> pa.Array:
    unusual = pc.match_substring_regex(keys, _NOT_NORMAL)
    if not pc.any(unusual).as_py():
        return keys
    replaced = [normalised_key(key) for key in keys.filter(unusual).to_pylist()]
    return pc.replace_with_mask(keys, unusual, pa.array(replaced, keys.type))


def _equal(keys: pa.Array, samples: pa.Array) -> _Candidates:
    """The samples equal to each key."""
    encoded = samples.dictionary_encode()
    codes, rows = _integers(encoded.indices), np.arange(len(samples))
    first = np.zeros(len(encoded.dictionary) + 1, np.int64)
    first[codes[::-1]] = rows[::-1]
    second = np.full_like(first, -1)
    repeated = first[codes] != rows
    second[codes[repeated]] = rows[repeated]
    first[-1] = -1  # where a key that no sample equals, code −1, looks itself up
    found = _integers(pc.index_in(keys, value_set=encoded.dictionary))
    return _Candidates(first[found], second[found])


def _one_ends_with_other(keys: pa.Array, samples: pa.Array) -> _Candidates:
    """The samples of another depth than the key, where the deeper path ends with all of the less deep one."""
    candidates = _Candidates.none(len(keys))
    key_depths, sample_depths = _depths(keys), _depths(samples)
    for depth in np.unique(sample_depths):
        deeper = np.flatnonzero(key_depths > depth)
        ends = _last_components(keys.take(pa.array(deeper)), depth)
        _add_equal(candidates, deeper, ends, samples, np.flatnonzero(sample_depths == depth))
    for depth in np.unique(key_depths):
        deeper = np.flatnonzero(sample_depths > depth)
        ends = _last_components(samples.take(pa.array(deeper)), depth)
        rows = np.flatnonzero(key_depths == depth)
        found = _equal(keys.take(pa.array(rows)), ends)
        candidates.add(rows, _Candidates(*(_row_of(deeper, local) for local in (found.first, found.second))))
    return candidates


def _add_equal(
    candidates: _Candidates, rows: np.ndarray, keys: pa.Array, samples: pa.Array, sample_rows: np.ndarray
) -> None:
    if rows.size:
        found = _equal(keys, samples.take(pa.array(sample_rows)))
        candidates.add(rows, _Candidates(*(_row_of(sample_rows, local) for local in (found.first, found.second))))


def _row_of(rows: np.ndarray, local: np.ndarray) -> np.ndarray:
    """Row in the whole of each row in a selection; −1 stays −1."""
    return np.asarray(np.append(rows, -1)[local])


def _depths(keys: pa.Array) -> np.ndarray:
    """Separators in each path: one less than its components."""
    return _integers(pc.count_substring(keys, "/"))


def _last_components(paths: pa.Array, depth: int) -> pa.Array:
    """The last ``depth`` + 1 components of paths that have more."""
    count = int(depth) + 1
    split = pc.split_pattern(paths, "/", max_splits=count, reverse=True)
    return pc.binary_join(pc.list_slice(split, 1), pa.scalar("/", paths.type))


def _one_text_type(*keys: pa.ChunkedArray) -> list[pa.Array]:
    """Each as one array of strings, with 32-bit offsets (half the time of a look-up) where they suffice."""
    text_type = pa.string() if max(k.nbytes for k in keys) < 1 << 30 else pa.large_string()
    return [k.cast(text_type).combine_chunks() if isinstance(k, pa.ChunkedArray) else k.cast(text_type) for k in keys]


def _integers(values: pa.Array) -> np.ndarray:
    return np.asarray(pc.fill_null(values, -1).to_numpy(zero_copy_only=False), np.int64)


def _flags(values: pa.Array) -> np.ndarray:
    return np.asarray(pc.fill_null(values, False).to_numpy(zero_copy_only=False), bool)

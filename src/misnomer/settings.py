"""Every setting: its name, default, help. The command line, the environment and the docs read this one list.

A setting is read from the environment as ``MISNOMER_<NAME>``.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass

from misnomer.errors import InputError


@dataclass(frozen=True)
class Setting:
    """One setting; ``read`` turns the text of the environment into its value or raises ValueError."""

    name: str
    default: int | float | str
    help: str
    read: Callable[[str], int | float | str]

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return f"MISNOMER_{self.name.upper()}"


def _token(text: str) -> str:
    if text != "random" and not re.fullmatch(r"[A-Za-z0-9._~-]{16,}", text):
        raise ValueError
    return text


SETTINGS: tuple[Setting, ...] = (
    Setting("confidence_level", 0.95, "Coverage of every interval, between 0 and 1.", float),
    Setting("seed", 0, "Seed of everything random: permutations, resampling.", int),
    Setting("workers", 0, "Images that are decoded side by side; 0 means one per core.", int),
    Setting(
        "embedder", "auto", "What turns images into vectors; auto: the one in use, at first efficientnet-lite0.", str
    ),
    Setting("permutations", 200, "Permutations behind the noise floor of importance.", int),
    Setting(
        "importance_samples",
        100_000,
        "Importance is judged on about so many samples, drawn by their keys, where there are more; 0: on all.",
        int,
    ),
    Setting(
        "slice_samples",
        100_000,
        "Slices are searched on about so many samples, drawn by their keys, where there are twice as many; 0: on all.",
        int,
    ),
    Setting("calibration_bins", 15, "Bins of the expected calibration error.", int),
    Setting("top_k", 5, "k of the top-k accuracy.", int),
    Setting(
        "max_ranked_cells",
        500_000_000,
        "Probability matrices with more cells (samples × classes) get no ROC AUC and average precision.",
        int,
    ),
    Setting("max_image_pixels", 500_000_000, "Larger images are reported as broken instead of decoded.", int),
    Setting(
        "duplicate_threshold",
        0.92,
        "Cosine of two images' embeddings, on the data set's scale, from which they are near duplicates.",
        float,
    ),
    Setting(
        "mirrored_duplicates",
        0,
        "1: mirrored copies of images are duplicates; 0: only where they are asked for (--kind mirrored).",
        int,
    ),
    Setting("report_keys", 1000, "Keys listed for each kind of finding in an import report.", int),
    Setting("port", 5077, "Port of the pages; where it is taken, the next free one.", int),
    Setting(
        "token",
        "random",
        "What the pages ask for: 16 or more letters, digits, ._~-; random: a new one at every start.",
        _token,
    ),
    Setting(
        "answer_cache_mb", 64, "Memory for answers that pages have asked for, in MiB; as much again for maps.", int
    ),
    Setting(
        "column_memory_mb",
        0,
        "Memory for columns of a served project, in MiB; 0: what 32 columns of its samples take, at least 256 and, if "
        "that is more, an eighth of the machine's memory at most.",
        int,
    ),
    Setting("thumbnail_cache_mb", 1024, "Disk for thumbnails in the project's cache, in MiB; the oldest go.", int),
    Setting("debug", 0, "1: the command line shows the traceback of an error that is a bug.", int),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def get(name: str) -> int | float | str:
    """Value of a setting: the environment's, else the default.

    Raises:
        KeyError: no such setting.
        InputError: the environment's text cannot be read.
    """
    setting = _BY_NAME[name]
    text = os.environ.get(setting.variable)
    if text is None:
        return setting.default
    try:
        return setting.read(text)
    except ValueError:
        raise InputError(
            f"{setting.variable} is {text!r}.",
            hint=f"{setting.help} Default: {setting.default}.",
        ) from None


def get_str(name: str) -> str:
    """Value of a setting that is text."""
    return str(get(name))


def get_int(name: str) -> int:
    """Value of a setting that is a whole number."""
    return int(get(name))


def get_float(name: str) -> float:
    """Value of a setting that is a number."""
    return float(get(name))

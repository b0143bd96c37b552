"""Every setting: its name, default, help. The command line, the environment and the docs read this one list.

A setting is read from the environment as ``MISNOMER_<NAME>``.
"""

import os
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


SETTINGS: tuple[Setting, ...] = (
    Setting("confidence_level", 0.95, "Coverage of every interval, between 0 and 1.", float),
    Setting("seed", 0, "Seed of everything random: permutations, resampling.", int),
    Setting("workers", 0, "Threads that decode images; 0 means one per core.", int),
    Setting("permutations", 200, "Permutations behind the noise floor of importance.", int),
    Setting("calibration_bins", 15, "Bins of the expected calibration error.", int),
    Setting("top_k", 5, "k of the top-k accuracy.", int),
    Setting(
        "max_ranked_cells",
        500_000_000,
        "Probability matrices with more cells (samples × classes) get no ROC AUC and average precision.",
        int,
    ),
    Setting("max_image_pixels", 500_000_000, "Larger images are reported as broken instead of decoded.", int),
    Setting("report_keys", 1000, "Keys listed for each kind of finding in an import report.", int),
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


def get_int(name: str) -> int:
    """Value of a setting that is a whole number."""
    return int(get(name))


def get_float(name: str) -> float:
    """Value of a setting that is a number."""
    return float(get(name))

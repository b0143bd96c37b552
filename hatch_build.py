"""Build hook: a wheel or source distribution has the demo data in it, or is not built."""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WITHOUT = "MISNOMER_WITHOUT_DEMO_DATA"


class DemoDataHook(BuildHookInterface):
    """Refuses to build a distribution whose `misnomer demo` could not work."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Check for the demo data's last-written file; an editable install reads the checkout and needs no check."""
        provenance = Path(self.root) / "src" / "misnomer" / "demo_data" / "provenance.json"
        if version == "editable" or provenance.exists() or os.environ.get(WITHOUT) == "1":
            return
        raise SystemExit(
            "The demo data are missing, so `misnomer demo` would not work from this package.\n"
            "Run `make demo-data` first (it needs npm and takes about a minute), "
            f"or set {WITHOUT}=1 to build without them."
        )

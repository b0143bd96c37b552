"""Build hook: a wheel or source distribution has the demo data and the web app in it, or is not built."""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src") / "misnomer"


class MadeFilesHook(BuildHookInterface):
    """Refuses to build a distribution whose `misnomer demo` or `misnomer serve` could not work."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Check for what other programs make; an editable install reads the checkout and needs no check."""
        if version != "editable":
            self._need("demo_data/provenance.json", "The demo data are", "misnomer demo", "demo-data", "DEMO_DATA")
            self._need("server/web/index.html", "The web app is", "misnomer serve", "web", "WEB")

    def _need(self, file: str, what: str, command: str, target: str, name: str) -> None:
        without = f"MISNOMER_WITHOUT_{name}"
        if (Path(self.root) / PACKAGE / file).exists() or os.environ.get(without) == "1":
            return
        raise SystemExit(
            f"{what} missing, so `{command}` would not work from this package.\n"
            f"Run `make {target}` first (it needs npm and takes about a minute), or set {without}=1 to build without."
        )

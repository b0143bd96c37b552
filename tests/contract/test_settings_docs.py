"""docs/settings.md has every setting with its default and help, and no other."""

import re
from pathlib import Path

from misnomer.settings import SETTINGS

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_page_lists_the_settings_as_they_are() -> None:
    rows = re.findall(r"^\| `(MISNOMER_\w+)` \| (.+?) \| (.+) \|$", PAGE.read_text(), flags=re.MULTILINE)
    assert rows == [(setting.variable, str(setting.default), setting.help) for setting in SETTINGS]

"""Settings come from one list; the environment may change them."""

import pytest

from misnomer import settings
from misnomer.errors import InputError


def test_a_setting_has_its_default() -> None:
    assert settings.get_int("permutations") == 200


def test_the_environment_changes_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISNOMER_PERMUTATIONS", "50")
    assert settings.get_int("permutations") == 50


def test_what_cannot_be_read_is_an_error_with_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISNOMER_CONFIDENCE_LEVEL", "high")
    with pytest.raises(InputError, match=r"Default: 0\.95"):
        settings.get_float("confidence_level")


def test_names_are_unique_and_explained() -> None:
    names = [setting.name for setting in settings.SETTINGS]
    assert len(set(names)) == len(names)
    assert all(setting.help.endswith(".") for setting in settings.SETTINGS)

"""An engine by its name, and what is missing for it."""

import sys

import pytest

from misnomer.errors import InputError, UnknownName
from misnomer.features.engine import LocalEngine, engine_of


def test_an_unknown_engine_is_an_error_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'ray'"), engine_of("rays"):  # type: ignore[arg-type]
        pass


def test_without_ray_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"Ray is not installed") as raised, engine_of("ray"):
        pass
    assert raised.value.hint == "pip install 'misnomer[ray]'"


@pytest.mark.parametrize(("workers", "threads"), [(None, 3), (0, 0), (5, 5)])
def test_workers_are_the_settings_where_none_are_said(
    monkeypatch: pytest.MonkeyPatch, workers: int | None, threads: int
) -> None:
    monkeypatch.setenv("MISNOMER_WORKERS", "3")
    assert LocalEngine(workers).threads == threads

import importlib
from importlib.metadata import version

import misnomer

PUBLIC_NAMES = [
    "Filter",
    "MisnomerError",
    "Project",
    "__version__",
    "charts",
    "create",
    "open",
    "score",
    "where",
]


def test_the_public_names_are_exactly_these() -> None:
    assert dir(misnomer) == sorted(PUBLIC_NAMES)
    assert sorted(misnomer.__all__) == sorted(PUBLIC_NAMES)


def test_every_public_name_is_there() -> None:
    for name in PUBLIC_NAMES:
        assert getattr(misnomer, name) is not None


def test_open_is_the_projects() -> None:
    assert misnomer.open is importlib.import_module("misnomer.project").open_project


def test_the_version_is_that_of_the_package() -> None:
    assert misnomer.__version__ == version("misnomer")


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(misnomer, "evaluate")

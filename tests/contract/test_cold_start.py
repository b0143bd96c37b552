"""What a fresh process imports."""

import subprocess
import sys

import pytest

HEAVY = (
    "numpy",
    "pyarrow",
    "duckdb",
    "altair",
    "pandas",
    "cv2",
    "PIL",
    "scipy",
    "pydantic",
    "rich",
    "fsspec",
    "onnx",
    "onnxruntime",
    "faiss",
    "ray",
)

RUN = """
import io, sys
from misnomer.cli.app import run
sys.stderr, kept = io.StringIO(), sys.stderr
run({})
sys.stderr = kept
"""


def imported_after(code: str) -> set[str]:
    """Names of the top-level modules that a fresh process has after running this."""
    report = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    answer = subprocess.run([sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True)
    return set(answer.stderr.split())


@pytest.mark.parametrize("code", ["import misnomer", "import misnomer; misnomer.__version__; dir(misnomer)"])
def test_import_misnomer_imports_nothing_heavy(code: str) -> None:
    assert imported_after(code).isdisjoint({*HEAVY, "typer"})


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert imported_after(RUN.format(arguments)).isdisjoint(HEAVY)


@pytest.mark.parametrize("arguments", [["evaluate", "--help"], ["evalute"]])
def test_help_of_a_command_imports_no_more_than_typer_does(arguments: list[str]) -> None:
    assert imported_after(RUN.format(arguments)).isdisjoint(set(HEAVY) - {"pydantic"})


def test_scoring_imports_neither_images_nor_charts() -> None:
    code = "import misnomer\nmisnomer.score(['a', 'b'], ['a', 'a'])"
    assert imported_after(code).isdisjoint({"altair", "cv2", "PIL", "duckdb", "simplejpeg"})


def test_serving_loads_neither_images_nor_charts_nor_foreign_files_before_they_are_asked_for() -> None:
    code = "import misnomer.server.serve\nfrom misnomer.server.api import api\napi()"
    unwanted = {"altair", "pandas", "cv2", "PIL", "scipy", "onnx", "onnxruntime", "faiss", "fsspec", "simplejpeg"}
    assert imported_after(code).isdisjoint(unwanted)


def test_the_pages_are_served_before_the_web_framework_is_loaded() -> None:
    assert "fastapi" not in imported_after("import misnomer.server.serve, misnomer.server.app")

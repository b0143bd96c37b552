"""What a process has imported when a page has its first rows, and when the page of a model's scores is whole."""

import subprocess
import sys
from pathlib import Path

import misnomer
from misnomer.project import Project

ASK = """
import sys
from fastapi.testclient import TestClient
from misnomer.project import open_project
from misnomer.server.access import Access
from misnomer.server.app import App

with open_project(sys.argv[1], shared=True) as project:
    client = TestClient(App(project, Access(None)), base_url="http://127.0.0.1")
    for path in sys.argv[2:]:
        assert client.get(path).status_code == 200, path
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


FIRST_ROWS = ("api/project", "api/samples?model=m&limit=100")
SCORES = ("api/evaluation", "api/importance", "api/slices", "api/charts/confusion_matrix", "api/charts/importance")
READ_AHEAD = ("api/outliers", "api/by-metric?metric=age", "api/charts/by_metric?metric=age", "api/samples/0?model=m")


def imported_after(project: Project, *paths: str) -> set[str]:
    """Names of the top-level modules that a fresh process has after answering these."""
    path = project.path
    project.close()
    command = [sys.executable, "-c", ASK, path, *paths]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_the_first_rows_need_neither_pandas_nor_scipy_nor_charts_nor_images(project: Project) -> None:
    unwanted = {"altair", "pandas", "cv2", "PIL", "scipy", "onnx", "onnxruntime", "faiss", "fsspec", "simplejpeg"}
    assert imported_after(project, *FIRST_ROWS).isdisjoint(unwanted)


def test_neither_the_scores_of_a_model_nor_what_is_read_ahead_need_pandas(tmp_path: Path) -> None:
    keys = [f"{number}.jpg" for number in range(40)]
    samples = {
        "key": keys,
        "label": ["cat", "dog", None, "cat"] * 10,
        "camera": ["phone", None] * 20,
        "age": [1.0, 2.0, 3.0, 4.0] * 10,
    }
    predictions = {"key": keys[1:], "prediction": (["cat", "dog"] * 20)[1:], "confidence": [0.8] * 39}
    project = misnomer.create(tmp_path / "pets.misnomer", images=samples, predictions=predictions, model="m")
    assert "pandas" not in imported_after(project, *FIRST_ROWS, *SCORES, *READ_AHEAD)

"""What a process has imported when a page has its first rows."""

import subprocess
import sys

from misnomer.project import Project

ASK = """
import sys
from fastapi.testclient import TestClient
from misnomer.project import open_project
from misnomer.server.access import Access
from misnomer.server.app import create_app

with open_project(sys.argv[1], shared=True) as project:
    client = TestClient(create_app(project, Access(None)), base_url="http://127.0.0.1")
    for path in ("api/project", "api/samples?model=m&limit=100"):
        assert client.get(path).status_code == 200, path
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_the_first_rows_need_neither_pandas_nor_scipy_nor_charts_nor_images(project: Project) -> None:
    path = project.path
    project.close()
    answer = subprocess.run([sys.executable, "-c", ASK, path], capture_output=True, text=True, check=True)
    unwanted = {"altair", "pandas", "cv2", "PIL", "scipy", "onnx", "onnxruntime", "faiss", "fsspec", "simplejpeg"}
    assert set(answer.stdout.split()).isdisjoint(unwanted)

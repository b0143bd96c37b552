"""The examples of docs/python.md run as they stand, one after the other."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    rows = ["filename,prediction,confidence"]
    for name in ("cat", "dog"):
        for number in range(30):
            path = tmp_path / "data" / "val" / name / f"{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(np.full((8, 8, 3), 4 * number, np.uint8)).save(path)
            rows.append(f"{name}/{number}.png,{'cat' if number % 3 else name},0.{number + 10}")
    (tmp_path / "resnet50.csv").write_text("\n".join(rows) + "\n")
    names: dict[str, object] = {}
    for example in re.findall(r"```python\n(.+?)```", PAGE.read_text(), flags=re.DOTALL):
        exec(compile(example, "docs/python.md", "exec"), names)
    assert (tmp_path / "relabel.csv").exists()
    assert (tmp_path / "pets.html").exists()
    assert (tmp_path / "confusion.png").exists()
    assert capsys.readouterr().out.startswith("project_not_found")

from pathlib import Path

import numpy as np

from tests.unit.cli.conftest import Command


def test_add_embeddings_prints_the_import_report(command: Command, project: Path, tmp_path: Path) -> None:
    keys = ["cat/0.png", "cat/1.png", "gone.png"]
    np.savez(tmp_path / "v.npz", keys=np.array(keys), embeddings=np.eye(3))
    answer = command("add-embeddings", project, tmp_path / "v.npz", "--name", "mine")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("embeddings of mine from ")
    assert lines[2] == "  3 rows, 2 matched, 2 added"
    assert "  - 1 matches no sample of the project; not used: gone.png" in lines


def test_an_order_must_be_declared(command: Command, project: Path, tmp_path: Path) -> None:
    np.save(tmp_path / "v.npy", np.eye(6))
    assert "--in-order" in command("add-embeddings", project, tmp_path / "v.npy", "--name", "mine").err
    answer = command("add-embeddings", project, tmp_path / "v.npy", "--name", "mine", "--in-order")
    assert answer.code == 0

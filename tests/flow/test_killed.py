"""A process killed at any moment loses at most a chunk; the same command again gives the undisturbed project."""

import random
import subprocess
import sys
import time
from pathlib import Path

import misnomer
from misnomer.project.computing import STEPS
from tests.flow.conftest import Pets
from tests.flow.snapshot import snapshot

MISNOMER = [sys.executable, "-m", "misnomer"]


def commands(directory: Path, pets: Pets, csv: Path) -> dict[str, list[object]]:
    """What makes the same project in one go, and in parts."""
    return {
        "create": ["create", directory, "--images", pets.images, "--predictions", csv, "--model", "linear"],
        "begin": ["create", directory, "--images", pets.images, *(f"--skip={step}" for step in STEPS)],
        "add-predictions": ["add-predictions", directory, csv, "--model", "linear"],
        "compute": ["compute", directory, "pixels"],
    }


def run(arguments: list[object]) -> float:
    """Seconds that a command takes, which must succeed."""
    started = time.monotonic()
    subprocess.run([*MISNOMER, *map(str, arguments)], check=True, capture_output=True)
    return time.monotonic() - started


def kill_then_run(arguments: list[object], duration: float, kills: int) -> None:
    moments = random.Random(kills)
    for _ in range(kills):
        process = subprocess.Popen(
            [*MISNOMER, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.3, 1) * duration)
        process.kill()
        process.wait()
    run(arguments)


def assert_same(one: Path, other: Path) -> None:
    with misnomer.open(one) as whole, misnomer.open(other) as killed:
        assert snapshot(killed) == snapshot(whole)
        assert killed.info().report == whole.info().report
        assert sorted(p.name for p in (other / "vectors").iterdir()) == sorted(
            p.name for p in (one / "vectors").iterdir()
        )


def test_create_killed_again_and_again_then_run_gives_the_same_project(pets: Pets, tmp_path: Path) -> None:
    csv = pets.write_csv(tmp_path / "linear.csv")
    duration = run(commands(tmp_path / "whole.misnomer", pets, csv)["create"])
    kill_then_run(commands(tmp_path / "killed.misnomer", pets, csv)["create"], duration, kills=8)
    assert_same(tmp_path / "whole.misnomer", tmp_path / "killed.misnomer")


def test_parts_killed_again_and_again_then_run_give_the_same_project(pets: Pets, tmp_path: Path) -> None:
    csv = pets.write_csv(tmp_path / "linear.csv")
    whole = commands(tmp_path / "whole.misnomer", pets, csv)
    killed = commands(tmp_path / "killed.misnomer", pets, csv)
    run(whole["begin"])
    run(killed["begin"])
    for part in ("add-predictions", "compute"):
        kill_then_run(killed[part], run(whole[part]), kills=4)
    assert_same(tmp_path / "whole.misnomer", tmp_path / "killed.misnomer")

"""A process killed at any moment loses at most a chunk; the same command again gives the undisturbed project."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import misnomer
from tests.flow.conftest import Pets
from tests.flow.snapshot import snapshot

KILLS = 8


def command(directory: Path, pets: Pets, csv: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "misnomer", "create", str(directory), "--images", str(pets.images)),
        *("--predictions", str(csv), "--model", "linear"),
    ]


@pytest.mark.parametrize("seed", range(2))
def test_killed_again_and_again_then_run_gives_the_same_project(pets: Pets, tmp_path: Path, seed: int) -> None:
    csv = pets.write_csv(tmp_path / "linear.csv")
    started = time.monotonic()
    subprocess.run(command(tmp_path / "whole.misnomer", pets, csv), check=True, capture_output=True)
    duration = time.monotonic() - started
    moments = random.Random(seed)
    for _ in range(KILLS):
        process = subprocess.Popen(
            command(tmp_path / "killed.misnomer", pets, csv), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.3, 1) * duration)
        process.kill()
        process.wait()
    subprocess.run(command(tmp_path / "killed.misnomer", pets, csv), check=True, capture_output=True)
    with (
        misnomer.open(tmp_path / "whole.misnomer") as whole,
        misnomer.open(tmp_path / "killed.misnomer") as killed,
    ):
        assert snapshot(killed) == snapshot(whole)
        assert killed.info().report == whole.info().report

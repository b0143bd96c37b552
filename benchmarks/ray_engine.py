"""``--engine ray`` on a real Ray of two workers: the same rows and vectors, killed, and with an image that kills.

    python benchmarks/make_photos.py build/photos
    python benchmarks/ray_engine.py build/photos/images

Checks that pixel metrics and vectors are equal bit for bit, that a run that is killed goes on where it was, and that an
image that its workers die of, in a metric that a package registers, is the only one without values. Prints the seconds
of both engines, Ray's start included. Needs misnomer[ray].
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
from PIL import Image

from misnomer.project.computing import STEPS
from misnomer.store.database import Database
from misnomer.store.embeddings import current_embedding, embedding_matrix

WORKERS = 2
DEADLY_METRIC = """
import os, signal

def green_share(rgb):
    if tuple(rgb[0, 0]) == (1, 2, 3):
        os.kill(os.getpid(), signal.SIGKILL)
    return float(rgb[..., 1].mean()) / 255
"""


KILLED_AT_HALF = f"""
import os, signal, sys
import misnomer

def kill(step, done, total):
    if 2 * done >= total:
        os.kill(os.getpid(), signal.SIGKILL)

with misnomer.open(sys.argv[1]) as project:
    project.compute(sys.argv[2], engine="ray", workers={WORKERS}, progress=kill)
"""


def misnomer(*arguments: object, packages: Path | None = None) -> list[str]:
    """Run the command line in a process of its own; what it prints."""
    command = [sys.executable, "-m", "misnomer", *map(str, arguments)]
    finished = subprocess.run(command, env=environment(packages), capture_output=True, text=True)
    if finished.returncode:
        sys.exit(f"misnomer {arguments[0]} failed:\n{finished.stderr[-2000:]}")
    return finished.stdout.splitlines()


def environment(packages: Path | None) -> dict[str, str]:
    path = [os.environ.get("PYTHONPATH", ""), *([str(packages)] if packages else [])]
    return {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"} | {
        "PYTHONPATH": os.pathsep.join(filter(None, path))
    }


def created(directory: Path, images: Path) -> Path:
    misnomer("create", directory, "--images", images, *(f"--skip={step}" for step in STEPS))
    return directory


def rows_and_vectors(directory: Path) -> tuple[pa.Table, np.ndarray]:
    """Everything that was measured, by sample, and the vectors (n, d) float16."""
    with contextlib.closing(Database(directory)) as database:
        embedding = current_embedding(database)
        vectors = np.array(embedding_matrix(database, embedding).vectors) if embedding else np.empty((0, 0))
        return database.arrow("select * from image_metrics order by sample_id"), vectors


def compare(work: Path, images: Path) -> tuple[pa.Table, np.ndarray]:
    """The same work by each engine; Ray's start is in its seconds, and shared by both steps where all are done."""
    seconds: dict[str, float] = {}
    results = {}
    for engine in ("local", "ray"):
        project = created(work / f"{engine}.misnomer", images)
        for step in ("pixels", "embeddings"):
            start = time.perf_counter()
            misnomer("compute", project, step, "--engine", engine, "--workers", WORKERS)
            seconds[f"{step} {engine}"] = time.perf_counter() - start
        results[engine] = rows_and_vectors(project)
    (rows, vectors), (ray_rows, ray_vectors) = results["local"], results["ray"]
    assert ray_rows.equals(rows)
    assert np.array_equal(ray_vectors.view(np.uint16), vectors.view(np.uint16))
    print(f"{rows.num_rows:,} rows and {len(vectors):,} vectors are equal bit for bit")
    print(", ".join(f"{name} {value:.1f} s" for name, value in seconds.items()))
    return rows, vectors


def kill_and_go_on(work: Path, images: Path, expected: tuple[pa.Table, np.ndarray]) -> None:
    """Kill each step at half of the images, Ray's workers at work; the same command again does the rest."""
    project = created(work / "killed.misnomer", images)
    for step in ("pixels", "embeddings"):
        killed = subprocess.run([sys.executable, "-c", KILLED_AT_HALF, project, step], env=environment(None))
        assert killed.returncode == -signal.SIGKILL
        kept = next(line for line in misnomer("compute", project, "labels") if line.startswith(step))
        misnomer("compute", project, step, "--engine", "ray", "--workers", WORKERS)
        print(f"killed at half ({kept}) and run again")
    rows, vectors = rows_and_vectors(project)
    assert rows.equals(expected[0])
    # Other batches multiply in another order: equal to the last digit of float16.
    np.testing.assert_allclose(vectors.astype(np.float32), expected[1].astype(np.float32), rtol=0, atol=2e-4)
    print("the rows of the killed are equal bit for bit, the vectors to a digit of float16")


def die_of_one(work: Path, images: Path, expected: pa.Table) -> None:
    """A metric that a package registers is measured on the workers, and one image ends them."""
    packages, copies = work / "packages", work / "copies"
    (packages / "green_share-1.dist-info").mkdir(parents=True)
    (packages / "green_share.py").write_text(DEADLY_METRIC)
    (packages / "green_share-1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: green_share\nVersion: 1\n"
    )
    entry_points = "[misnomer.metrics]\ngreen_share = green_share:green_share\n"
    (packages / "green_share-1.dist-info" / "entry_points.txt").write_text(entry_points)
    shutil.copytree(images, copies)
    Image.new("RGB", (40, 40), (1, 2, 3)).save(copies / "~deadly.png")  # after all others
    project = created(work / "deadly.misnomer", copies)
    start = time.perf_counter()
    misnomer("compute", project, "pixels", "--engine", "ray", "--workers", WORKERS, packages=packages)
    rows, _ = rows_and_vectors(project)
    assert rows.slice(0, expected.num_rows).select(expected.column_names).equals(expected)
    assert rows["green_share"].slice(0, expected.num_rows).null_count == 0
    (detail,) = [problem for problem in rows["problem_detail"].to_pylist() if problem]
    print(f"one of {rows.num_rows:,} images is lost in {time.perf_counter() - start:.1f} s: {detail}")


def main(images: Path) -> None:
    """Everything that is claimed, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        expected = compare(Path(folder), images)
        kill_and_go_on(Path(folder), images, expected)
        die_of_one(Path(folder), images, expected[0])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/photos/images"))

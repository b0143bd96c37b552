"""Images per second: embedding files beside ONNX Runtime alone on the same batches, already decoded.

    python benchmarks/make_photos.py build/photos
    python benchmarks/embeddings.py build/photos/images

Claim: embedding from files does at least 90% of what ONNX Runtime alone does, with as many calls at once. Both take
turns in one process and the ratio is that of the medians; processor time is told as well, since it does not depend on
who else uses the machine.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from misnomer.features.embedders.embed import BATCH_IMAGES, embed_images, square_picture
from misnomer.features.embedders.find import find_embedder

CLAIM = 0.9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=256, help="how many of the folder's")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    paths = [str(path) for path in sorted(options.folder.iterdir())[: options.images]]
    embedder = find_embedder("efficientnet-lite0")
    pictures = np.stack([square_picture(Path(path).read_bytes(), embedder.input_px) for path in paths])
    batches = [pictures[start : start + BATCH_IMAGES] for start in range(0, len(pictures), BATCH_IMAGES)]

    def alone() -> None:
        with ThreadPoolExecutor(options.jobs) as executor:
            list(executor.map(embedder.embed, batches))

    def from_files() -> None:
        assert sum(len(rows) for rows, _ in embed_images(paths, embedder, workers=options.jobs)) == len(paths)

    seconds: dict[str, list[tuple[float, float]]] = {"ONNX Runtime alone": [], "misnomer": []}
    for _ in range(options.rounds):
        seconds["ONNX Runtime alone"].append(measured(alone))
        seconds["misnomer"].append(measured(from_files))
    medians = {name: tuple(map(statistics.median, zip(*runs, strict=True))) for name, runs in seconds.items()}
    for name, (wall, processor) in medians.items():
        print(f"{name}: {len(paths) / wall:.0f} images/s, {1000 * processor / len(paths):.1f} ms of processor an image")
    by_wall, by_processor = (medians["ONNX Runtime alone"][i] / medians["misnomer"][i] for i in range(2))
    print(f"ratio: {by_wall:.2f} by the clock, {by_processor:.2f} by processor time (claim: {CLAIM})")
    return 0 if max(by_wall, by_processor) >= CLAIM else 1


def measured(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock and of processor time."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    sys.exit(main())

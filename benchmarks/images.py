"""Images per second: misnomer's scan beside CleanVision, fastdup and the bare decoding of the same photos.

    python benchmarks/make_photos.py /tmp/photos
    python benchmarks/images.py /tmp/photos/images --cleanvision VENV/bin/python --fastdup VENV/bin/python

Claims, with 2 jobs each: at least 12 times CleanVision, 5 times fastdup, half of what simplejpeg does when it
only decodes at 1/4 scale. Contenders take turns, each in a fresh process, so that the machine's load falls on all
alike; quote the ratios, which are printed of the medians. Peers are measured when their Python is given.
"""

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

JOBS = 2
CLAIMS = {"cleanvision": 12.0, "fastdup": 5.0, "decode": 0.5}


def measure_misnomer(folder: Path) -> Callable[[], object]:
    from misnomer.features.scan import scan_images

    names = sorted(path.name for path in folder.iterdir())
    return lambda: sum(chunk.num_rows for chunk in scan_images(names, str(folder), workers=JOBS))


def measure_decode(folder: Path) -> Callable[[], object]:
    from concurrent.futures import ThreadPoolExecutor

    import simplejpeg

    def decode_quarter(path: Path) -> None:
        data = path.read_bytes()
        height, width, _, _ = simplejpeg.decode_jpeg_header(data)
        simplejpeg.decode_jpeg(data, "RGB", min_height=height // 4, min_width=width // 4, min_factor=4)

    def decode_all() -> None:
        with ThreadPoolExecutor(JOBS) as executor:
            list(executor.map(lambda part: [decode_quarter(path) for path in part], parts))

    paths = sorted(folder.iterdir())
    parts = [paths[start : start + 16] for start in range(0, len(paths), 16)]
    return decode_all


def measure_cleanvision(folder: Path) -> Callable[[], object]:
    from cleanvision import Imagelab

    return lambda: Imagelab(data_path=str(folder)).find_issues(n_jobs=JOBS, verbose=False)


def measure_fastdup(folder: Path) -> Callable[[], object]:
    import fastdup

    work = tempfile.mkdtemp(prefix="fastdup-")
    run = fastdup.create(work_dir=work, input_dir=str(folder))
    return lambda: run.run(overwrite=True, num_threads=JOBS)


CONTENDERS: dict[str, Callable[[Path], Callable[[], object]]] = {
    "misnomer": measure_misnomer,
    "decode": measure_decode,
    "cleanvision": measure_cleanvision,
    "fastdup": measure_fastdup,
}


def peak_memory_mb() -> float:
    """Largest resident memory of this process since its start (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def run_here(contender: str, folder: Path) -> None:
    """Measure in this process; the last line printed is the result."""
    with contextlib.redirect_stdout(sys.stderr):
        run = CONTENDERS[contender](folder)
        start = time.perf_counter()
        run()
        seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak_mb": peak_memory_mb()}))


def run_fresh(python: str, contender: str, folder: Path) -> dict[str, float]:
    """Measure in a fresh process of the given Python."""
    command = [python, __file__, str(folder), "--run", contender]
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode:
        sys.exit(f"{contender} failed:\n{finished.stderr[-2000:]}")
    result: dict[str, float] = json.loads(finished.stdout.strip().splitlines()[-1])
    return result


def compare(folder: Path, pythons: dict[str, str], rounds: int, peer_rounds: int) -> None:
    image_count = sum(1 for _ in folder.iterdir())
    rates: dict[str, list[float]] = {contender: [] for contender in pythons}
    for number in range(rounds):
        for contender, python in pythons.items():
            if contender in ("cleanvision", "fastdup") and number >= peer_rounds:
                continue
            result = run_fresh(python, contender, folder)
            rates[contender].append(image_count / result["seconds"])
            print(f"{contender:12} {rates[contender][-1]:7.0f} images/s {result['peak_mb']:6.0f} MB", flush=True)
    ours = statistics.median(rates["misnomer"])
    for contender, claim in CLAIMS.items():
        if rates.get(contender):
            ratio = ours / statistics.median(rates[contender])
            print(f"misnomer is {ratio:.2f} × {contender} (claim: at least {claim:g} ×)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cleanvision", metavar="PYTHON", help="Python that has cleanvision installed")
    parser.add_argument("--fastdup", metavar="PYTHON", help="Python that has fastdup installed")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer-rounds", type=int, default=1)
    parser.add_argument("--run", choices=CONTENDERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        return run_here(arguments.run, arguments.folder)
    peers = {"cleanvision": arguments.cleanvision, "fastdup": arguments.fastdup}
    pythons = {"misnomer": sys.executable, "decode": sys.executable}
    pythons |= {name: python for name, python in peers.items() if python}
    return compare(arguments.folder, pythons, arguments.rounds, arguments.peer_rounds)


if __name__ == "__main__":
    main()

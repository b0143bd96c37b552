"""Odd images found, and how many others with them: misnomer's outliers and metrics beside CleanVision's issues.

    python benchmarks/make_photos.py build/photos
    python benchmarks/odd_images.py build/photos [--cleanvision VENV/bin/python]

Both have their defaults. For each planted kind: precision and recall of misnomer's moderate and severe outliers of one
metric on one side, and of CleanVision's issue; then the average precision of the order by the metric, or by
CleanVision's score, which is what one sees who looks through the list. Photos that are planted as another kind are
left out of it: what is nearly black is not sharp either. Claim: the order is at least as good as CleanVision's for
every kind but the grey ones, which are no metric of misnomer's.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

KINDS = {
    "dark": ("brightness", -1),
    "light": ("brightness", 1),
    "blurry": ("sharpness", -1),
    "low_information": ("entropy", -1),
    "odd_aspect_ratio": ("aspect_ratio", 1),
    "odd_size": ("area", -1),
    "grayscale": ("saturation", -1),
}
NO_METRIC = "grayscale"

Found = dict[str, dict[str, tuple[float, list[bool]]]]
"""By kind and name: a score, the oddest highest, and whether it is flagged, for each degree."""


def by_misnomer(folder: Path) -> Found:
    import misnomer

    with tempfile.TemporaryDirectory() as directory:
        skipped = ["embeddings", "neighbors", "duplicates", "labels", "map"]
        with misnomer.create(Path(directory) / "p.misnomer", images=folder, skip=skipped) as project:
            samples = project.samples(limit=None).samples
            fences = {one.metric: (one.moderate_fences, one.severe_fences) for one in project.outliers().metrics}
    found: Found = {}
    for kind, (metric, side) in KINDS.items():
        found[kind] = {}
        for sample in samples:
            value = sample.metrics[metric]
            flags = [limits is not None and side * value > side * limits[side > 0] for limits in fences[metric]]
            found[kind][Path(sample.key).name] = side * value, flags
    return found


def by_cleanvision(folder: Path) -> Found:
    from cleanvision import Imagelab

    lab = Imagelab(data_path=str(folder))
    lab.find_issues({kind: {} for kind in KINDS}, n_jobs=2, verbose=False)
    return {
        kind: {
            Path(str(path)).name: (-float(score), [bool(flag)])
            for path, score, flag in zip(
                lab.issues.index, lab.issues[f"{kind}_score"], lab.issues[f"is_{kind}_issue"], strict=True
            )
        }
        for kind in KINDS
    }


def average_precision(scores: list[float], odd: list[bool]) -> float:
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(odd, np.array(scores)))


def told(found: dict[str, tuple[float, list[bool]]], odd: set[str], others: set[str]) -> tuple[str, float]:
    """Precision, recall and number of what is flagged, for each degree; and the average precision."""
    parts = []
    for degree in range(len(next(iter(found.values()))[1])):
        flagged = {name for name, (_, flags) in found.items() if flags[degree]} - others
        precision = len(flagged & odd) / len(flagged) if flagged else float("nan")
        parts.append(f"{precision:.2f} {len(flagged & odd) / len(odd):.2f} ({len(flagged)})")
    kept = [name for name in found if name not in others]
    value = average_precision([found[name][0] for name in kept], [name in odd for name in kept])
    return "  ".join(parts) + f"  average precision {value:.3f}", value


def compare(folder: Path, cleanvision: str | None) -> int:
    planted = {
        kind: set(names) for kind, names in json.loads((folder / "planted.json").read_text()).items() if kind in KINDS
    }
    contenders = {"misnomer, moderate and severe": sys.executable} | (
        {"CleanVision": cleanvision} if cleanvision else {}
    )
    values: dict[str, dict[str, float]] = {}
    for contender, python in contenders.items():
        command = [python, __file__, str(folder), "--run", contender]
        finished = subprocess.run(command, capture_output=True, text=True)
        if finished.returncode:
            sys.exit(f"{contender} failed:\n{finished.stderr[-2000:]}")
        found: Found = json.loads(finished.stdout.strip().splitlines()[-1])
        print(f"{contender}: precision, recall (flagged)")
        for kind in KINDS:
            others = set().union(*(names for other, names in planted.items() if other != kind))
            text, values.setdefault(kind, {})[contender] = told(found[kind], planted[kind], others)
            print(f"  {kind:17} {text}", flush=True)
    held = [max(of.values()) == next(iter(of.values())) for kind, of in values.items() if kind != NO_METRIC]
    return 0 if all(held) else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cleanvision", metavar="PYTHON", help="Python that has CleanVision installed")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.run:
        return compare(options.folder, options.cleanvision)
    find = by_cleanvision if options.run == "CleanVision" else by_misnomer
    print(json.dumps(find(options.folder / "images")))
    return 0


if __name__ == "__main__":
    sys.exit(main())

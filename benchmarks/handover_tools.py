"""In an environment with Label Studio's SDK, FiftyOne and Datumaro: read what misnomer wrote, change it, export.

python handover_tools.py FOLDER    FOLDER has label-studio/, fiftyone/, cvat.xml, imagenet/, images/; writes back/
"""

import json
import runpy
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace


def through_label_studio(folder: Path, back: Path) -> None:
    """Validate configuration and tasks, accept every suggestion, and convert with Label Studio's own converter."""
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    config = (folder / "config.xml").read_text("utf-8")
    interface = LabelInterface(config)
    interface.validate()
    tasks = [task for path in sorted(folder.glob("tasks-*.json")) for task in json.loads(path.read_text("utf-8"))]
    for number, task in enumerate(tasks):
        assert interface.validate_task({"data": task["data"]}), task  # its own look at predictions lacks an argument
        for prediction in task["predictions"]:
            assert interface.validate_prediction(prediction), prediction
        annotation = {"id": number, "result": task["predictions"][0]["result"], "was_cancelled": False}
        times = {"created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "lead_time": 1.0}
        task |= {"id": number, "annotations": [annotation | times | {"completed_by": {"id": 1, "email": "a@b.c"}}]}
    (back / "label-studio.json").write_text(json.dumps(tasks), "utf-8")
    converter = Converter(config, str(back), download_resources=False)
    for name, convert in (("json-min", converter.convert_to_json_min), ("csv", converter.convert_to_csv)):
        options = {"sep": ","} if name == "csv" else {}
        convert(str(back / "label-studio.json"), str(back / name), is_dir=False, **options)
    print(f"Label Studio: {len(tasks):,} tasks valid, converted to JSON-MIN and CSV")


def through_fiftyone(folder: Path, back: Path) -> None:
    """Run the script beside the files, take every suggestion in the dataset, export as the script's comment says."""
    import fiftyone

    fiftyone.launch_app = lambda dataset: SimpleNamespace(wait=lambda: None)
    dataset = runpy.run_path(str(folder / "load.py"))["dataset"]
    assert all(Path(path).is_file() for path in dataset.values("filepath"))
    dataset.set_values("label.label", dataset.values("suggestion.label"))
    comment = (folder / "load.py").read_text("utf-8").split("dataset.export(")[1].splitlines()[0]
    arguments = comment.removesuffix(")").replace('"corrected"', repr(str(back)))
    kind = fiftyone.types.FiftyOneImageClassificationDataset
    eval(f"dataset.export({arguments})", {"dataset": dataset, "kind": kind})
    print(f"FiftyOne: {len(dataset):,} samples in a dataset, {dataset.count('suggestion'):,} suggestions, exported")


def through_datumaro(folder: Path, images: Path) -> None:
    """Read CVAT's XML and ImageNet's list with Datumaro, which CVAT reads the latter with."""
    from datumaro.components.annotation import AnnotationType
    from datumaro.components.dataset import Dataset

    for source, kind in ((folder / "cvat", "cvat"), (folder / "imagenet", "imagenet_txt")):
        (source / "images").unlink(missing_ok=True)
        (source / "images").symlink_to(images)
        dataset = Dataset.import_from(str(source), kind)
        names = [label.name for label in dataset.categories()[AnnotationType.label]]
        read = {item.id: names[item.annotations[0].label] for item in dataset}
        (folder / f"{kind}.json").write_text(json.dumps(read), "utf-8")
        print(f"Datumaro ({kind}): {len(read):,} images with a class each")


if __name__ == "__main__":
    root = Path(sys.argv[1]).resolve()
    shutil.rmtree(root / "back", ignore_errors=True)
    (root / "back").mkdir()
    through_label_studio(root / "label-studio", root / "back")
    through_fiftyone(root / "fiftyone", root / "back")
    through_datumaro(root, root / "images")

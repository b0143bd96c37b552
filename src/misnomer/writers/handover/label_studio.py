"""Label Studio: the labelling configuration and tasks with predictions, in files of a size that it takes."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from misnomer.errors import InputError
from misnomer.writers.handover.item import Handover, Item, Written
from misnomer.writers.handover.placing import left_out
from misnomer.writers.handover.xml import attribute

LOCAL_FILES = "/data/local-files/?d="
TASKS_PER_FILE = 2_500
BYTES_PER_FILE = 40_000_000
_CLASSES_AS_BUTTONS = 30

_README = """Label Studio: {count:,} tasks of {title}

1. Start it so that it may read the images:
   LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT='{parent}' label-studio start
2. Create a project, and paste config.xml under Labeling Interface, Code.
3. For images on this machine: Settings, Cloud Storage, Add Source Storage, Local files, absolute local path
   {root} (save it, no need to sync; Label Studio shows only what lies in a storage of the project,
   and a storage must be below the folder of step 1).
4. Import the tasks-*.json. Predictions show when Settings, Annotation, Use predictions to prelabel tasks is on.
5. Export as JSON, JSON-MIN or CSV, and give it back: misnomer add-labels PROJECT FILE
"""


def write_label_studio(handover: Handover, folder: Path) -> Written:
    """Write ``config.xml``, ``tasks-0001.json`` …, and ``README.txt``.

    Raises:
        InputError: an image lies outside of the folder that Label Studio would be shown.
    """
    (folder / "config.xml").write_text(labelling_config(handover.class_names), encoding="utf-8")
    tasks: list[str] = []
    count = without_image = file_count = size = 0
    for item in handover.items:
        if item.location is None:
            without_image += 1
            continue
        task = json.dumps(_task(handover, item), ensure_ascii=False)
        length = len(task.encode())
        if tasks and (len(tasks) == TASKS_PER_FILE or size + length > BYTES_PER_FILE):
            file_count += 1
            _write_tasks(folder, file_count, tasks)
            tasks, size = [], 0
        tasks.append(task)
        size += length + 2
        count += 1
    _write_tasks(folder, file_count + 1, tasks)
    root = _root(handover)
    readme = _README.format(count=count, title=handover.title, root=root, parent=root.parent)
    (folder / "README.txt").write_text(readme, encoding="utf-8")
    return Written(count, left_out(without_image))


def labelling_config(class_names: tuple[str, ...]) -> str:
    """The configuration: one image, one choice of the classes, and why it is here."""
    layout = "inline" if len(class_names) <= _CLASSES_AS_BUTTONS else "select"
    choices = "".join(f"    <Choice value={attribute(name)}/>\n" for name in class_names)
    return (
        '<View>\n  <Header value="$reason" size="5"/>\n  <Image name="image" value="$image"/>\n'
        f'  <Choices name="choice" toName="image" choice="single" showInLine="true" layout="{layout}">\n'
        f"{choices}  </Choices>\n</View>\n"
    )


def _write_tasks(folder: Path, number: int, tasks: list[str]) -> None:
    text = "[\n" + ",\n".join(tasks) + "\n]\n"
    (folder / f"tasks-{number:04}.json").write_text(text, encoding="utf-8")


def _task(handover: Handover, item: Item) -> dict[str, Any]:
    data = {"image": _url(handover, item), "key": item.key, "label": item.label or "", "reason": item.reason}
    task: dict[str, Any] = {"data": data}
    if item.suggestion is not None:
        choice = {"type": "choices", "from_name": "choice", "to_name": "image", "value": {"choices": [item.suggestion]}}
        prediction: dict[str, Any] = {
            "model_version": handover.model or "",
            "result": [{"id": "suggestion", **choice}],
        }
        if item.score is not None:
            prediction["score"] = item.score
        task["predictions"] = [prediction]
    return task


def _url(handover: Handover, item: Item) -> str:
    location = item.location or ""
    if "://" in location:
        return location
    root = _root(handover)
    if not Path(location).is_relative_to(root):
        raise InputError(f"{location} lies outside of {root}.", hint="Leave it out with a filter.")
    prefix = handover.image_prefix
    if prefix is None:
        return LOCAL_FILES + quote(Path(location).relative_to(root.parent).as_posix())
    relative = Path(location).relative_to(root).as_posix()
    return prefix + (quote(relative) if "?" in prefix or "://" in prefix else relative)


def _root(handover: Handover) -> Path:
    return Path(handover.root or "/")

"""A real Label Studio: import the tasks, look at every image, take every suggestion, export in its three formats.

    python handover_label_studio.py FOLDER    by the environment's Python; see handover.py

FOLDER/label-studio has what misnomer exported, FOLDER/images the images; FOLDER/server gets the exports.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import requests

START_SECONDS = 180


def main(folder: Path) -> None:
    """Every step asserts what a person would look at."""
    back = folder / "server"
    shutil.rmtree(back, ignore_errors=True)
    back.mkdir()
    port, token = free_port(), secrets.token_hex(20)
    server = start(folder, port, token)
    try:
        session = requests.Session()
        session.headers["Authorization"] = f"Token {token}"
        address = f"http://127.0.0.1:{port}"
        wait(address, server)
        walk(session, address, folder, back)
    finally:
        server.terminate()
        server.wait(30)


def start(folder: Path, port: int, token: str) -> subprocess.Popen[bytes]:
    """Label Studio as the exported README says, with a database of its own."""
    settings = {
        "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "true",
        "LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT": str(folder),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LATEST_VERSION_CHECK": "false",
        "COLLECT_ANALYTICS": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
    }
    command = [str(Path(sys.executable).with_name("label-studio")), "start", "--no-browser", "--port", str(port)]
    user = ["--username", "a@example.org", "--password", secrets.token_hex(8), "--user-token", token]
    log = (folder / "server.log").open("wb")
    data = ["--data-dir", str(folder / "database")]
    return subprocess.Popen([*command, *user, *data], env={**os.environ, **settings}, stdout=log, stderr=log)


def walk(session: requests.Session, address: str, folder: Path, back: Path) -> None:
    tasks = [
        task
        for path in sorted((folder / "label-studio").glob("tasks-*.json"))
        for task in json.loads(path.read_text("utf-8"))
    ]
    config = (folder / "label-studio" / "config.xml").read_text("utf-8")
    project = post(session, f"{address}/api/projects", {"title": "misnomer", "label_config": config})["id"]
    storage = {"project": project, "path": str(folder / "images"), "title": "images", "use_blob_urls": True}
    post(session, f"{address}/api/storages/localfiles", storage)
    imported = post(session, f"{address}/api/projects/{project}/import?return_task_ids=true", tasks)
    assert (imported["task_count"], imported["prediction_count"]) == (len(tasks), len(tasks)), imported
    for task_id, task in zip(imported["task_ids"], tasks, strict=True):
        image = session.get(address + task["data"]["image"], timeout=60)
        assert image.headers["content-type"] == "image/png", (task["data"], image.status_code)
        result = task["predictions"][0]["result"]
        post(session, f"{address}/api/tasks/{task_id}/annotations", {"result": result})
    for kind, name in (("JSON", "label-studio.json"), ("JSON_MIN", "json-min.json"), ("CSV", "result.csv")):
        url = f"{address}/api/projects/{project}/export?exportType={kind}"
        (back / name).write_bytes(unzipped(session.get(url, timeout=300)))
    shown = [choice.get("value") for choice in ElementTree.fromstring(config).iter("Choice")]
    print(f"Label Studio's server: {len(tasks):,} tasks, images and annotations, {len(shown)} choices, 3 exports")


def unzipped(answer: requests.Response) -> bytes:
    """The exported file itself, which comes alone or as the one file of an archive."""
    answer.raise_for_status()
    if not answer.content.startswith(b"PK"):
        return answer.content
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def post(session: requests.Session, url: str, body: Any) -> Any:
    answer = session.post(url, json=body, timeout=300)
    assert answer.ok, (url, answer.status_code, answer.text[:500])
    return answer.json()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until it answers."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, "Label Studio ended; see server.log"
        try:
            if requests.get(f"{address}/health", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(1)
    raise TimeoutError(f"Label Studio did not answer in {START_SECONDS} s; see server.log")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

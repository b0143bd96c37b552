"""A server in a process of its own: begins, tells, is named to others, ends cleanly."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import misnomer
from tests.unit.cli.conftest import write_images, write_predictions

TOKEN = "a-token-for-the-tests"


class Running:
    """`misnomer serve` of a project."""

    def __init__(self, project: Path, *options: str) -> None:
        command = [sys.executable, "-m", "misnomer", "serve", str(project), "--no-browser", *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "MISNOMER_TOKEN": TOKEN},
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        self.root = self.url.partition("?")[0]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the API answers."""
        with self.open(path, body) as answer:
            return json.load(answer)

    def open(self, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        return urllib.request.urlopen(urllib.request.Request(self.root + path, data, headers), timeout=30)

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """Exit code and what it said."""
        self.process.send_signal(how)
        _, told = self.process.communicate(timeout=30)
        return self.process.returncode, told


@pytest.fixture
def project(tmp_path: Path) -> Path:
    images, predictions = write_images(tmp_path / "images"), write_predictions(tmp_path / "predictions.csv")
    misnomer.create(tmp_path / "pets.misnomer", images=images, predictions=predictions, model="m").close()
    return tmp_path / "pets.misnomer"


@pytest.fixture
def running(project: Path) -> Iterator[Running]:
    server = Running(project, "--port", "0")
    yield server
    server.process.kill()
    server.process.communicate()


def program(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run another command beside the server."""
    command = [sys.executable, "-m", "misnomer", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_printed_url_has_the_token_and_only_who_has_it_is_answered(running: Running) -> None:
    assert running.url.startswith("http://127.0.0.1:")
    assert running.url.endswith(f"/?token={TOKEN}")
    assert running.ask("api/project")["sample_count"] == 6
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(running.root + "api/project", timeout=30)


def test_the_numbers_are_those_that_the_command_line_prints_beside_it(running: Running, project: Path) -> None:
    printed = json.loads(program("evaluate", project, "--json").stdout)
    served = running.ask("api/evaluation") | running.ask("api/importance")
    assert served == printed


def test_a_command_reads_what_the_page_has_just_written(running: Running, project: Path) -> None:
    assert running.ask("api/tags", {"tag": "odd", "filter": {"outcome": "fp"}})["changed"] == 2
    beside = program("samples", project, "--tag", "odd", "--json")
    assert json.loads(beside.stdout)["total"] == 2, beside.stderr


def test_a_command_that_writes_is_told_which_server_has_the_project(running: Running, project: Path) -> None:
    beside = program("tag", project, "odd")
    assert beside.returncode == 2
    assert f"`misnomer serve` (process {running.process.pid}) has it open at {running.root}" in beside.stderr
    running.end(signal.SIGTERM)
    assert program("tag", project, "odd").returncode == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_although_a_page_listens_and_lets_the_project_go(
    running: Running, project: Path, how: signal.Signals
) -> None:
    with running.open("api/events") as events:
        assert events.readline() == b": listening\n"
        started = time.monotonic()
        code, told = running.end(how)
    assert (code, told.splitlines()[-1]) == (0, "Stopped.")
    assert time.monotonic() - started < 5
    assert not (project / "cache" / "server.json").exists()
    misnomer.open(project).close()


def test_a_listening_page_learns_of_every_change(running: Running) -> None:
    with running.open("api/events") as events:
        events.readline()
        running.ask("api/tags", {"tag": "odd"})
        events.readline()
        assert events.readline() == b"event: changed\n"
        assert json.loads(events.readline().removeprefix(b"data: "))["changes"] > 0


def test_with_compute_what_is_missing_is_done_beside_the_pages(project: Path) -> None:
    server = Running(project, "--port", "0", "--compute")
    try:
        (job,) = server.ask("api/jobs")
        assert job["steps"] == []
        deadline = time.monotonic() + 60
        while job["state"] in ("waiting", "running") and time.monotonic() < deadline:
            time.sleep(0.1)
            (job,) = server.ask("api/jobs")
        assert job["state"] == "done"
    finally:
        server.process.kill()
        server.process.communicate()


def test_a_job_is_told_step_by_step_and_what_is_done_is_not_done_again(running: Running) -> None:
    with running.open("api/events") as events:
        job = running.ask("api/jobs", {"steps": ["pixels"]})
        states = []
        while not states or states[-1] not in ("done", "failed"):
            line = events.readline()
            if line.startswith(b"data: ") and b'"state"' in line:
                told = json.loads(line.removeprefix(b"data: "))
                assert told["id"] == job["id"]
                states.append(told["state"])
    assert states[-1] == "done"
    assert running.ask("api/jobs")[-1]["state"] == "done"


def test_killed_in_the_middle_the_project_opens_with_what_was_written(running: Running, project: Path) -> None:
    running.ask("api/tags", {"tag": "odd"})
    running.process.kill()
    running.process.wait()
    with misnomer.open(project) as opened:
        assert opened.info().tags == {"odd": 6}


def test_a_port_that_is_taken_is_told_if_it_was_asked_for_and_else_the_next_is_used(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = program("serve", project, "--port", port)
        assert refused.returncode == 2
        assert f"Cannot listen at 127.0.0.1, port {port}" in refused.stderr
        assert "--port 0" in refused.stderr


def test_served_for_reading_only_two_servers_share_a_project(project: Path) -> None:
    servers = [Running(project, "--port", "0", "--read-only") for _ in range(2)]
    try:
        assert [server.ask("api/project")["read_only"] for server in servers] == [True, True]
        with pytest.raises(urllib.error.HTTPError, match="403"):
            servers[0].ask("api/tags", {"tag": "odd"})
    finally:
        assert [server.end(signal.SIGTERM)[0] for server in servers] == [0, 0]


def test_a_notebook_shows_the_pages_and_the_project_stays_usable(project: Path) -> None:
    with misnomer.open(project) as opened:
        pages = opened.serve(port=0)
        shown = pages._repr_html_()
        assert "<iframe" in shown and "proxy/" in shown
        request = urllib.request.Request(pages.url.partition("?")[0] + "api/project")
        request.add_header("Authorization", f"Bearer {pages.url.partition('token=')[2]}")
        assert json.load(urllib.request.urlopen(request, timeout=30))["sample_count"] == 6
        opened.tag("odd")
        assert json.load(urllib.request.urlopen(request, timeout=30))["tags"] == {"odd": 6}
    with pytest.raises(urllib.error.URLError):  # the project is closed, and with it the pages
        urllib.request.urlopen(request, timeout=5)

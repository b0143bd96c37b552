"""Every endpoint that the pages call, of a real server: cold and warm, 50 clients at once, start-up, memory.

    python benchmarks/server.py [PROJECT …] [--samples N …] [--seconds S] [--clients C] [--pause S] [--look S]

Projects are given, or made of N samples (default 10,000 and 100,000) by make_project.py. After the first
rows the server is left alone for as long as somebody looks at them (3 s, or --look). Cold is the first time that a
server is asked this; each is asked with several filters, so that there is a distribution. Warm is the same again.
Times are from outside: one client, HTTP on the loopback. Then one client, and after it 50, ask all of it in turn for S
seconds, with a pause after each answer if one is given: without, they measure how many answers a second there are, and
with one, how long people wait. The server starts with compiled bytecode, as an installed package does; the second start
counts. What a browser makes of it is measured by first_rows.mjs.

Bounds are those of two idle cores: at 1 M samples warm p95 < 100 ms, cold p95 < 500 ms, memory < 1 GB; start to first
rows < 2 s; at 10,000 samples < 250 MB; at 10 M p95 < 1 s; 50 clients: no error, p95 below 5 times one client's.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import numpy as np

TOKEN = "benchmark-0123456789"
MADE_AT_ONCE = 1_000_000  # samples; more are copies of them
HEADERS = {"Authorization": f"Bearer {TOKEN}"}

ENDPOINTS = {
    "project": "/api/project",
    "evaluation": "/api/evaluation?model={model}&filter={filter}",
    "importance": "/api/importance?model={model}&filter={filter}",
    "by-metric": "/api/by-metric?metric={metric}&filter={filter}",
    "histogram": "/api/histogram?field={metric}&model={model}&filter={filter}",
    "samples": "/api/samples?model={model}&sort=-{metric}&limit=100&filter={filter}",
    "samples, far": "/api/samples?model={model}&sort={metric}&limit=100&offset=5000&filter={filter}",
    "sample": "/api/samples/{number}?model={model}",
    "outliers": "/api/outliers?model={model}&filter={filter}",
    "compare": "/api/compare?a=large&b=small&filter={filter}",
    "chart: confusion": "/api/charts/confusion_matrix?model={model}&bare=true&filter={filter}",
    "chart: by metric": "/api/charts/by_metric?metric={metric}&bare=true&filter={filter}",
    "chart: balance": "/api/charts/class_balance?model={model}&bare=true&filter={filter}",
    "jobs": "/api/jobs",
}
FILTERS: tuple[dict[str, object], ...] = (
    {},
    {"outcome": "fp"},
    {"classes": ["class 0003", "class 0004"]},
    {"where": ["metric_02 > 0.5"]},
    {"where": ["camera = phone"], "outcome": "tp"},
    {"splits": ["val"]},
    {"text": "123"},
)


class Server:
    """A server of a project in a process of its own."""

    def __init__(self, project: Path) -> None:
        started = time.perf_counter()
        environment = {**os.environ, "MISNOMER_TOKEN": TOKEN}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "misnomer", "serve", str(project), "--port", "0", "--no-browser"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for path in ("/api/project", "/api/samples?model=large&limit=100"):
            self.ask(path)
        self.start_seconds = time.perf_counter() - started

    def ask(self, path: str, connection: http.client.HTTPConnection | None = None) -> float:
        """Milliseconds that an answer takes; not 200 is an error."""
        connection = connection or self.connection
        started = time.perf_counter()
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {path}: {content[:300]!r}")
        return 1000 * (time.perf_counter() - started)

    @property
    def memory_mb(self) -> float:
        """Resident now."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self.process.terminate()
        self.process.wait(20)


def questions(endpoint: str) -> Iterator[str]:
    """The endpoint with every filter, each with another metric and model."""
    for number, filter in enumerate(FILTERS):
        yield endpoint.format(
            model=("large", "small")[number % 2],
            metric=f"metric_{number:02}",
            filter=quote(json.dumps(filter)),
            number=17 * number,
        )


def measure(project: Path, seconds: float, clients: int, pause: float, look: float) -> bool:
    """Print the figures of one project; whether every bound was kept."""
    Server(project).stop()
    server = Server(project)
    try:
        described = http.client.HTTPConnection("127.0.0.1", server.port)
        described.request("GET", "/api/openapi.json", headers=HEADERS)
        known = json.loads(described.getresponse().read())["paths"]
        asked = {
            name: e for name, e in ENDPOINTS.items() if e.partition("?")[0].replace("{number}", "{sample_id}") in known
        }
        print(f"\n{project.name}: first rows after {server.start_seconds:.2f} s, {server.memory_mb:.0f} MB", end="")
        time.sleep(look)
        server.connection.close()  # the server has closed its end after five seconds
        print(f"; {look:g} s later {server.memory_mb:.0f} MB")
        print(f"{'':18} {'cold p50':>9} {'p95':>7} {'warm p50':>9} {'p95':>7}  ms")
        worst_cold = worst_warm = 0.0
        for name, endpoint in asked.items():
            paths = list(questions(endpoint))
            cold = [server.ask(path) for path in dict.fromkeys(paths)]
            warm = [server.ask(path) for _ in range(5) for path in paths]
            figures = [float(np.percentile(times, share)) for times in (cold, warm) for share in (50, 95)]
            print(f"{name:18} {figures[0]:9.1f} {figures[1]:7.1f} {figures[2]:9.1f} {figures[3]:7.1f}", flush=True)
            worst_cold, worst_warm = max(worst_cold, figures[1]), max(worst_warm, figures[3])
        paths = [path for endpoint in asked.values() for path in questions(endpoint)]
        alone, _ = crowd(server, paths, seconds, 1, pause)
        together, failures = crowd(server, paths, seconds, clients, pause)
        print(
            f"{clients} clients for {seconds:g} s: {len(together):,} answers, {failures} errors, "
            f"p95 {np.percentile(together, 95):.1f} ms (one client {np.percentile(alone, 95):.1f}); "
            f"{server.memory_mb:.0f} MB"
        )
        return worst_cold < 500 and worst_warm < 100 and server.memory_mb < 1000 and not failures
    finally:
        server.stop()


def crowd(server: Server, paths: list[str], seconds: float, clients: int, pause: float) -> tuple[list[float], int]:
    """Times of all answers, and how many errors there were, with many clients at once."""
    times: list[float] = []
    failures: list[Exception] = []
    until = time.perf_counter() + seconds

    def ask(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        number = first
        time.sleep(pause * first / clients)  # people do not ask in step
        while time.perf_counter() < until:
            try:
                times.append(server.ask(paths[number % len(paths)], connection))
            except (RuntimeError, OSError, http.client.HTTPException) as problem:
                failures.append(problem)
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            number += 7
            time.sleep(pause)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for problem in failures[:3]:
        print(problem)
    return times, len(failures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", type=Path)
    parser.add_argument("--samples", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0, help="seconds between an answer and the next question")
    parser.add_argument("--look", type=float, default=3, help="seconds between the first rows and the next question")
    arguments = parser.parse_args()
    crowd_of = (arguments.seconds, arguments.clients, arguments.pause, arguments.look)
    if arguments.projects:
        kept = [measure(project, *crowd_of) for project in arguments.projects]
    else:
        maker = Path(__file__).with_name("make_project.py")
        with tempfile.TemporaryDirectory() as folder:
            kept = []
            for count in arguments.samples:
                project = Path(folder) / f"{count}.misnomer"
                copies = -(-count // MADE_AT_ONCE)
                made = [sys.executable, maker, str(count // copies), project, "--copies", str(copies)]
                subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
                kept.append(measure(project, *crowd_of))
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()

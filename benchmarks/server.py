"""Every endpoint that the pages call, of a real server: cold and warm, 50 clients at once, start-up, memory.

    python benchmarks/server.py [PROJECT …] [--samples N …] [--seconds S] [--clients C] [--pause S] [--look S]

Projects are given, or made of N samples (default 10,000 and 100,000) by make_project.py, those of a million and less
with images, vectors, and a matrix of probabilities of the model "small". After the first rows the server is left
alone for as long as somebody looks at them (3 s, or --look). Cold is the first time that a server is asked this; each
is asked with several filters, so that there is a distribution. Warm is the same again. Times are from outside: one
client, HTTP on the loopback; beside them the processor time of the server, in steps of 10 ms, which is what to
compare on a busy machine. What cannot be asked of a project, such as a map of one without vectors, has the server's
reason instead of times. Everything that the server describes is asked, or is named here with the reason why it is
not.

Then one client, and after it 50, ask all of it in turn for S seconds and look for half a second at each answer, as
people do. Without that pause 50 clients only wait for each other, whatever one answer takes: that tells how many
answers a second there are. At last what writes is timed; each undoes the one before. The server starts with compiled
bytecode, as an installed package does; the second start counts. What a browser makes of it is measured by
first_rows.mjs.

Bounds are those of two idle cores: at 1 M samples warm p95 < 100 ms, cold p95 < 500 ms, memory < 1 GB; start to first
rows < 2 s; at 10,000 samples < 250 MB; at 10 M p95 < 1 s; 50 clients: no error, p95 below 5 times one client's.
"""

import argparse
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

import numpy as np

TOKEN = "benchmark-0123456789"
MADE_AT_ONCE = 1_000_000  # samples; more are copies of them
DIMENSIONS = 1280  # of the vectors, as the default embedder's
HEADERS = {"Authorization": f"Bearer {TOKEN}"}

ENDPOINTS = {
    "project": "GET project",
    "evaluation": "GET evaluation?model={model}&filter={filter}",
    "importance": "GET importance?model={model}&filter={filter}",
    "by metric": "GET by-metric?metric={metric}&filter={filter}",
    "by metric, classes": "GET by-metric?metric={metric}&model={model}&by_class=true&filter={filter}",
    "slices": "GET slices?model={model}&filter={filter}",
    "histogram": "GET histogram?field={metric}&model={model}&filter={filter}",
    "values": "GET values?field=country&text={number}&model={model}",
    "samples": "GET samples?model={model}&sort=-{metric}&limit=100&filter={filter}",
    "samples, far": "GET samples?model={model}&sort={metric}&limit=100&offset=5000&filter={filter}",
    "sample": "GET samples/{number}?model={model}",
    "thumbnail": "GET samples/{number}/thumbnail?size=256",
    "image": "GET samples/{number}/image",
    "outliers": "GET outliers?model={model}&limit=1&filter={filter}",
    "compare": "GET compare?a=large&b=small&filter={filter}",
    "label errors": "GET label-errors?model={model}&filter={filter}",
    "decisions": "GET decisions",
    "duplicates": "GET duplicates?model={model}&filter={filter}",
    "scores without": "GET duplicates/evaluation?model={model}&filter={filter}",
    "acquisition": "GET acquisition?model={model}&limit=500&filter={filter}",
    "similar": 'POST similar {{"keys": ["0000/{number:07}.jpg"], "model": "{model}", "among": {body_filter}}}',
    "map": "GET map?model={model}&color={metric}&filter={filter}",
    "chart: confusion": "GET charts/confusion_matrix?model={model}&bare=true&filter={filter}",
    "chart: classes": "GET charts/precision_recall?model={model}&bare=true&filter={filter}",
    "chart: reliability": "GET charts/reliability?model={model}&bare=true&filter={filter}",
    "chart: importance": "GET charts/importance?model={model}&bare=true&filter={filter}",
    "chart: correlation": "GET charts/correlation?model={model}&bare=true&filter={filter}",
    "chart: by metric": "GET charts/by_metric?metric={metric}&bare=true&filter={filter}",
    "chart: histogram": "GET charts/metric_histogram?field={metric}&model={model}&bare=true&filter={filter}",
    "chart: balance": "GET charts/class_balance?model={model}&bare=true&filter={filter}",
    "jobs": "GET jobs",
}
WRITES = {
    "note": 'PUT samples/{number}/note {{"text": "seen"}}',
    "tag": 'POST tags {{"tag": "asked", "model": "{model}", "filter": {body_filter}}}',
    "untag": 'POST tags {{"tag": "asked", "remove": true}}',
    "tag copies": 'POST duplicates/tags {{"tag": "asked"}}',
    "untag copies": 'POST tags {{"tag": "asked", "remove": true}}',
    "decide": 'POST decisions {{"sample_id": {number}, "action": "keep"}}',
    "undo": "DELETE decisions/last",
}
"""Each undoes what the one before it did, but for the notes."""

LEFT_OUT = {
    "GET events": "a stream without an end",
    "POST export": "a file of as many samples as are asked for",
    "POST jobs": "begins long work",
    "DELETE jobs/{job_id}": "ends it",
    "POST similar/image": "what an embedder takes: embeddings.py",
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


class Refused(Exception):
    """The server has nothing to answer this from."""


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
        for question in ("GET project", "GET samples?model=large&limit=100"):
            self.ask(question)
        self.start_seconds = time.perf_counter() - started

    def ask(self, question: str, connection: http.client.HTTPConnection | None = None) -> float:
        """Milliseconds that an answer takes to a method, a path and a body, with blanks between."""
        connection = connection or self.connection
        method, _, rest = question.partition(" ")
        path, _, body = rest.partition(" ")
        headers = HEADERS | ({"Content-Type": "application/json"} if body else {})
        started = time.perf_counter()
        connection.request(method, f"/api/{path}", body=body or None, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        milliseconds = 1000 * (time.perf_counter() - started)
        if answer.status in (404, 422):
            raise Refused(json.loads(content)["message"])
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {question}: {content[:300]!r}")
        return milliseconds

    def operations(self) -> set[str]:
        """Everything that the server can be asked, by its description of itself."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", "/api/openapi.json", headers=HEADERS)
        paths = json.loads(connection.getresponse().read())["paths"]
        return {f"{method.upper()} {path.removeprefix('/api/')}" for path, of in paths.items() for method in of}

    @property
    def cpu_ms(self) -> float:
        """Processor time of all its threads so far; in steps of 10 ms."""
        times = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return 1000 * sum(map(int, times)) / os.sysconf("SC_CLK_TCK")

    @property
    def peak_mb(self) -> float:
        """Resident at most so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6

    @property
    def memory_mb(self) -> float:
        """Resident now."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self.process.terminate()
        self.process.wait(20)


def questions(endpoint: str) -> list[str]:
    """The endpoint with every filter, each with another metric and model."""
    asked = [
        endpoint.format(
            model=("large", "small")[number % 2],
            metric=f"metric_{number:02}",
            filter=quote(json.dumps(filter)),
            body_filter=json.dumps(filter),
            number=17 * number,
        )
        for number, filter in enumerate(FILTERS)
    ]
    return list(dict.fromkeys(asked))


def check_all_are_asked(operations: set[str]) -> None:
    """Stop where the server can be asked something that is neither asked nor left out for a reason."""
    asked = set()
    for operation in operations:
        pattern = re.compile(re.sub(r"{\w+}", r"\\d+", operation) + r"([? ].*)?")
        asked |= {operation for e in (ENDPOINTS | WRITES).values() if pattern.fullmatch(questions(e)[0])}
    if forgotten := operations - asked - set(LEFT_OUT):
        raise SystemExit(f"Not asked, and no reason is given: {', '.join(sorted(forgotten))}")


def measure(project: Path, seconds: float, clients: int, pause: float, look: float) -> bool:
    """Print the figures of one project; whether every bound was kept."""
    Server(project).stop()
    server = Server(project)
    try:
        check_all_are_asked(server.operations())
        print(f"\n{project.name}: first rows after {server.start_seconds:.2f} s, {server.memory_mb:.0f} MB", end="")
        time.sleep(look)
        server.connection.close()  # the server has closed its end after five seconds
        print(f"; {look:g} s later {server.memory_mb:.0f} MB")
        print(f"{'':18} {'cold p50':>9} {'p95':>7} {'processor p95':>14} {'warm p50':>9} {'p95':>7}  ms")
        worst_cold = worst_warm = 0.0
        known = []
        for name, endpoint in ENDPOINTS.items():
            answered, cold, warm = ask_twice(server, name, questions(endpoint))
            worst_cold, worst_warm = max(worst_cold, cold), max(worst_warm, warm)
            known += answered
        memory_mb, peak_mb = server.memory_mb, server.peak_mb
        print(f"{memory_mb:.0f} MB, at most {peak_mb:.0f} MB")
        alone, _ = crowd(server, known, seconds, 1, pause)
        together, failures = crowd(server, known, seconds, clients, pause)
        ratio = float(np.percentile(together, 95) / np.percentile(alone, 95))
        print(
            f"{clients} clients for {seconds:g} s, {pause:g} s between answer and question: {len(together):,} answers, "
            f"{failures} errors, p95 {np.percentile(together, 95):.1f} ms, of one client "
            f"{np.percentile(alone, 95):.1f}: {ratio:.1f} times; {server.memory_mb:.0f} MB"
        )
        hurried, more_failures = crowd(server, known, seconds / 6, clients, 0)
        print(
            f"without a pause: {6 * len(hurried) / seconds:,.0f} answers a second, {more_failures} errors, "
            f"p95 {np.percentile(hurried, 95):.1f} ms"
        )
        print(f"{'':18} {'p50':>9} {'p95':>7}  ms")
        server.connection.close()
        written: dict[str, list[float]] = {name: [] for name in WRITES}
        for turn in range(len(FILTERS)):
            for name, endpoint in WRITES.items():
                asked = questions(endpoint)
                written[name].append(server.ask(asked[turn % len(asked)]))
        for name, times in written.items():
            print(f"{name:18} {np.percentile(times, 50):9.1f} {np.percentile(times, 95):7.1f}", flush=True)
        kept = worst_cold < 500 and worst_warm < 100 and server.peak_mb < 1000
        return kept and ratio < 5 and not failures + more_failures
    finally:
        server.stop()


def ask_twice(server: Server, name: str, asked: list[str]) -> tuple[list[str], float, float]:
    """Print how long questions take the first time, and then.

    Returns:
        Those that this project can answer, and the 95th percentiles of both, in ms.
    """
    answered, cold, processor = [], [], []
    for question in asked:
        before = server.cpu_ms
        try:
            cold.append(server.ask(question))
        except Refused as problem:
            reason = str(problem)
            continue
        answered.append(question)
        processor.append(server.cpu_ms - before)
    if not answered:
        print(f"{name:18} {reason}", flush=True)
        return [], 0, 0
    warm = [server.ask(question) for _ in range(5) for question in answered]
    (cold_p50, cold_p95), (warm_p50, warm_p95) = (np.percentile(times, (50, 95)) for times in (cold, warm))
    processor_p95 = np.percentile(processor, 95)
    print(
        f"{name:18} {cold_p50:9.1f} {cold_p95:7.1f} {processor_p95:14.0f} {warm_p50:9.1f} {warm_p95:7.1f}", flush=True
    )
    return answered, float(cold_p95), float(warm_p95)


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
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between an answer and the next question")
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
                images = [] if copies > 1 else ["--probabilities", "--images", str(DIMENSIONS)]
                made = [sys.executable, maker, str(count // copies), project, "--copies", str(copies), *images]
                subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
                kept.append(measure(project, *crowd_of))
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()

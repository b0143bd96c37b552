"""The command line as a user runs it: a process of its own."""

import os
import subprocess
import sys
from pathlib import Path


def misnomer(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, whatever it exits with; ``cwd=…`` runs it elsewhere."""
    cwd = environment.pop("cwd", None)
    return subprocess.run(
        [sys.executable, "-m", "misnomer", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        cwd=cwd,
        timeout=120,
    )


def refused(answer: subprocess.CompletedProcess[str]) -> bool:
    """Whether a command said in two lines what was wrong and what to do, and nothing else."""
    lines = answer.stderr.splitlines()
    told = [line for line in lines if line.startswith(("error: ", "hint: "))]
    return answer.returncode == 2 and len(told) == 2 and "Traceback" not in answer.stderr and "bug" not in told[-1]


def files_below(directory: Path) -> set[str]:
    """Every file of a project but those of its cache, which may hold anything."""
    below = (path.relative_to(directory) for path in directory.rglob("*") if path.is_file())
    return {str(path) for path in below if path.parts[0] != "cache"}

"""Claim: `misnomer --help` takes under 0.3 s, and `import misnomer` costs next to nothing. Each in a fresh process."""

import statistics
import subprocess
import sys
import time

LIMIT_S = 0.3
REPEATS = 10


def seconds(*arguments: str) -> float:
    """Median wall time of a fresh interpreter."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    """Print the times; 1 if the claim does not hold."""
    bare = seconds("-c", "pass")
    imported = seconds("-c", "import misnomer")
    helped = seconds("-m", "misnomer", "--help")
    print(f"python             {1000 * bare:6.0f} ms")
    print(f"import misnomer    {1000 * imported:6.0f} ms")
    print(f"misnomer --help    {1000 * helped:6.0f} ms, limit {1000 * LIMIT_S:.0f}")
    return int(helped > LIMIT_S)


if __name__ == "__main__":
    sys.exit(main())

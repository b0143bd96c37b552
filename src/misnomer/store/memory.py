"""What has been read from a project, kept as long as nothing is written to it."""

import contextlib
import os
import threading
from collections import OrderedDict
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import numpy as np

from misnomer import settings

LEAST_BYTES = 256 << 20  # for one that is not served, and of few samples
_SAMPLE_BYTES = 256  # of a sample in thirty-two columns of doubles
_SHARE = 8  # of the machine's memory at most an eighth
_CONTAINER_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
_SMALL_BYTES = 1000  # counted for what is not an array


class Memory:
    """A bounded cache of one state of a project; the longest unused arrays go.

    Args:
        limit_bytes: of all arrays together; one that is larger is not kept.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.size_bytes = 0
        self._changes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def find(self, question: Hashable, changes: int) -> Any:
        """What is known of the project after so many changes; None if nothing is."""
        with self._lock:
            if changes != self._changes or question not in self._kept:
                return None
            self._kept.move_to_end(question)
            return self._kept[question]

    def keep(self, question: Hashable, changes: int, answer: Any) -> None:
        """Keep what was read of the project after so many changes; what was known of an earlier state goes."""
        with self._lock:
            if changes < self._changes or _size_bytes(answer) > self.limit_bytes:
                return
            if changes > self._changes:
                self._kept.clear()
                self.size_bytes, self._changes = 0, changes
            self.size_bytes += _size_bytes(answer) - _size_bytes(self._kept.pop(question, None))
            self._kept[question] = answer
            while self.size_bytes > self.limit_bytes:
                self.size_bytes -= _size_bytes(self._kept.pop(self._least_wanted()))

    def _least_wanted(self) -> Hashable:
        """The longest unused array: what is small, as a metric's fences, took as long to find out and costs nothing."""
        arrays = (question for question, answer in self._kept.items() if isinstance(answer, np.ndarray))
        return next(arrays, next(iter(self._kept)))


def _size_bytes(answer: Any) -> int:
    if answer is None:
        return 0
    return answer.nbytes if isinstance(answer, np.ndarray) else _SMALL_BYTES


def memory_limit(sample_count: int) -> int:
    """Bytes to keep of a served project of so many samples: the setting's, or room for its columns within a share."""
    wanted = settings.get_int("column_memory_mb") << 20
    return wanted or max(LEAST_BYTES, min(_SAMPLE_BYTES * sample_count, _machine_bytes() // _SHARE))


def _machine_bytes() -> int:
    """The memory that this process may use; 0 where the system does not tell."""
    sizes = []
    with contextlib.suppress(AttributeError, ValueError, OSError):  # not on Windows
        sizes.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for path in _CONTAINER_LIMITS:
        with contextlib.suppress(OSError, ValueError):  # no container, or one without a limit
            sizes.append(int(Path(path).read_text()))
    return min(sizes, default=0)

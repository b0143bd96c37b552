"""What has been read from a project, kept as long as nothing is written to it."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

import numpy as np

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

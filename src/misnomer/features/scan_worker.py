"""The process that measures images for a scan: ``python -m misnomer.features.scan_worker``.

It reads pickled lists of locations from its standard input and answers each with the list of what it measured. When its
input ends, because the scan has ended or was killed, it ends.
"""

import os
import pickle
import signal
import sys
from types import TracebackType
from typing import BinaryIO

import cv2

from misnomer.features.decode import share_one_large_image
from misnomer.features.measuring import measure_images, prepare_memory

READY, LARGE_IMAGE = "ready", "large image"  # said in between: it has started; it waits for its turn, or has had it


class _Turn:
    """A lock that the process of the scan holds for this one."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._requests, self._answers = requests, answers

    def __enter__(self) -> None:
        _say(self._answers, LARGE_IMAGE)
        pickle.load(self._requests)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _say(self._answers, LARGE_IMAGE)


def _say(answers: BinaryIO, message: object) -> None:
    answers.write(pickle.dumps(message))
    answers.flush()


def work(requests: BinaryIO, answers: BinaryIO) -> None:
    """Measure what is asked for until there is nobody who asks."""
    prepare_memory()
    cv2.setNumThreads(1)
    share_one_large_image(_Turn(requests, answers))
    _say(answers, READY)
    while True:
        locations: list[str] = pickle.load(requests)
        _say(answers, measure_images(locations))


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the scan, which then ends this process
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a decoder prints is no answer
    try:
        work(sys.stdin.buffer, answers)
    except (EOFError, BrokenPipeError):
        os._exit(0)  # nothing is left to flush to anybody


if __name__ == "__main__":
    main()

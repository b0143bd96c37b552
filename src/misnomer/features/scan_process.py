"""A process that measures images, as the scan that started it sees it."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence

from misnomer.features.decode import one_large_image
from misnomer.features.measuring import Measured, not_measured
from misnomer.features.problem import DecodeProblem

PROGRAM = ("-P", "-m", "misnomer.features.scan_worker")
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class ProcessNotStarted(Exception):
    """No process that measures could be started; the images can be measured in this one."""


class _ProcessEnded(Exception):
    """The process ended before it answered."""


class ScanProcess:
    """A clean interpreter that measures images; started when first used, and anew after it was killed.

    Its input and output are pipes, so that it ends with the scan however that ends. One thread asks at a time;
    any may ``stop``.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False
        self._changing = threading.Lock()

    def measure(self, locations: Sequence[str]) -> list[Measured]:
        """Measure images; one that ends the process twice, the second time alone in it, has that as its problem.

        Raises:
            ProcessNotStarted: nothing was measured.
        """
        try:
            return self._ask(list(locations))
        except _ProcessEnded:
            return [self._measure_alone(location) for location in locations if not self._stopped]

    def stop(self) -> None:
        """End the process at once; what is being measured is lost."""
        with self._changing:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Stop, and give back what the system holds for the process; nobody may be asking."""
        self.stop()
        self._discard()

    def _measure_alone(self, location: str) -> Measured:
        try:
            return self._ask([location])[0]
        except _ProcessEnded as ended:
            return not_measured(DecodeProblem("unreadable_image", f"The process that decoded it {ended}."))

    def _ask(self, locations: list[str]) -> list[Measured]:
        process = self._process or self._started()
        try:
            self._say(process, locations)
            answer = self._answer(process)
            while not isinstance(answer, list):
                with one_large_image():
                    self._say(process, None)
                    self._answer(process)
                answer = self._answer(process)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise _ProcessEnded(_how_it_ended(self._discard())) from error
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        with self._changing:
            if self._stopped:
                raise _ProcessEnded
            try:
                process = self._process = subprocess.Popen(
                    [sys.executable, *PROGRAM],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env=os.environ | _ONE_THREAD | {"PYTHONPATH": os.pathsep.join(sys.path)},
                    start_new_session=True,  # a terminal's Ctrl-C is for the scan alone
                )
            except OSError as error:
                raise ProcessNotStarted(str(error)) from error
        try:
            self._answer(process)
        except (EOFError, pickle.UnpicklingError) as error:
            if self._stopped:
                raise _ProcessEnded from error
            raise ProcessNotStarted(f"It {_how_it_ended(self._discard())}.") from error
        return process

    @staticmethod
    def _say(process: subprocess.Popen[bytes], message: object) -> None:
        assert process.stdin is not None
        process.stdin.write(pickle.dumps(message))
        process.stdin.flush()

    @staticmethod
    def _answer(process: subprocess.Popen[bytes]) -> object:
        assert process.stdout is not None
        return pickle.load(process.stdout)

    def _discard(self) -> int:
        """Forget the process, so that another is started; its return code."""
        with self._changing:
            process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        _, _ = process.communicate()
        return process.returncode


def _how_it_ended(return_code: int) -> str:
    if return_code < 0:
        return f"was ended by {signal.Signals(-return_code).name}"
    return f"ended with exit code {return_code}"

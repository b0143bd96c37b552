"""Answers that have been computed, kept as the bytes that were sent, as long as nothing is written to the project."""

import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence, Sized
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from misnomer.evaluation.results import Result

Answerable = Result | Sequence[Result] | dict[str, Any] | bytes
Kept = TypeVar("Kept", bound=Sized)

JSON = "application/json"
_COMPRESSED_FROM_BYTES = 1000
_LEVEL = 4  # 100 kB of JSON become 15 in 1 ms; the best level takes 8 ms for 13


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent."""

    body: bytes
    media_type: str
    compressed: bool = False

    @classmethod
    def of(cls, answer: Answerable, media_type: str, *, gzipped: bool) -> "Content":
        """An answer; where that is wanted and worth it, JSON is compressed."""
        body = answer_bytes(answer)
        if gzipped and media_type == JSON and len(body) >= _COMPRESSED_FROM_BYTES:
            return cls(gzip.compress(body, _LEVEL, mtime=0), media_type, compressed=True)
        return cls(body, media_type)

    def __len__(self) -> int:
        return len(self.body)

    @property
    def headers(self) -> dict[str, str]:
        """Headers of HTTP."""
        encoding = {"Content-Encoding": "gzip"} if self.compressed else {}
        return {"Content-Type": self.media_type, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", **encoding}


def answer_bytes(answer: Answerable) -> bytes:
    """A result, several, or plain JSON as text; bytes as they are."""
    if isinstance(answer, bytes):
        return answer
    if isinstance(answer, Result):
        return answer.to_json()
    if isinstance(answer, dict):
        return json.dumps(answer, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return b"[%s]" % b",".join(one.to_json() for one in answer)


class Answers(Generic[Kept]):
    """A bounded cache; who asks what somebody else is having computed waits for it instead of computing it again.

    Args:
        limit_bytes: of all answers together; the longest unused go.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._size_bytes = 0
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, tuple[int, Future[Kept]]] = OrderedDict()

    def get(self, question: str, changes: int, compute: Callable[[], Kept]) -> Kept:
        """The answer to a question about the project after so many changes; computed unless known."""
        with self._lock:
            known = self._answers.get(question)
            if known is not None and known[0] == changes:
                self._answers.move_to_end(question)
                future = known[1]
            else:
                known = None
                self._forget(question)
                future = Future()
                self._answers[question] = (changes, future)
        if known is not None:
            return future.result()
        try:
            answer = compute()
        except BaseException as problem:
            with self._lock:
                if self._answers.get(question, (0, None))[1] is future:
                    del self._answers[question]
            future.set_exception(problem)
            raise
        with self._lock:
            future.set_result(answer)
            if self._answers.get(question, (0, None))[1] is future:
                self._size_bytes += len(answer)
                self._shrink()
        return answer

    def find(self, question: str, changes: int) -> Kept | None:
        """The answer if it is known; nobody is waited for."""
        with self._lock:
            known = self._answers.get(question)
            if known is None or known[0] != changes or not known[1].done():
                return None
            self._answers.move_to_end(question)
            return known[1].result()

    def _forget(self, question: str) -> None:
        known = self._answers.pop(question, None)
        if known is not None and known[1].done():
            self._size_bytes -= len(known[1].result())

    def _shrink(self) -> None:
        """Forget the longest unused that are finished."""
        for question in list(self._answers):
            if self._size_bytes <= self._limit_bytes:
                break
            if self._answers[question][1].done():
                self._forget(question)

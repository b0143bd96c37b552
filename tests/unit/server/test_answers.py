"""Answers are computed once, kept within a bound, and forgotten when something is written."""

import threading
import time

import pytest

from misnomer.server.answers import Answers, answer_bytes


def test_an_answer_is_computed_once_until_something_is_written() -> None:
    answers = Answers[bytes](1000)
    computed: list[int] = []

    def ask(changes: int) -> bytes:
        return answers.get("question", changes, lambda: (computed.append(changes), b"answer")[1])

    assert [ask(0), ask(0), ask(1), ask(1)] == [b"answer"] * 4
    assert computed == [0, 1]


def test_who_asks_what_is_being_computed_waits_for_it() -> None:
    answers = Answers[bytes](1000)
    computed: list[int] = []

    def slow() -> bytes:
        computed.append(1)
        time.sleep(0.1)
        return b"answer"

    given: list[bytes] = []
    threads = [threading.Thread(target=lambda: given.append(answers.get("q", 0, slow))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [b"answer"] * 5
    assert computed == [1]


def test_an_error_is_told_to_who_asked_and_not_kept() -> None:
    answers = Answers[bytes](1000)
    with pytest.raises(ZeroDivisionError):
        answers.get("q", 0, lambda: bytes(1 // 0))
    assert answers.get("q", 0, lambda: b"answer") == b"answer"


def test_beyond_the_bound_the_longest_unused_go() -> None:
    answers = Answers[bytes](100)
    for question in ("a", "b"):
        answers.get(question, 0, lambda: b"x" * 40)
    answers.get("a", 0, lambda: b"")  # used again
    answers.get("c", 0, lambda: b"x" * 40)
    computed: list[str] = []
    for question in ("a", "b"):
        answers.get(question, 0, lambda question=question: (computed.append(question), b"x" * 40)[1])  # type: ignore[misc]
    assert computed == ["b"]


def test_an_answer_larger_than_the_bound_is_given_and_not_kept() -> None:
    answers = Answers(10)
    assert answers.get("q", 0, lambda: b"x" * 11) == b"x" * 11
    assert answers.get("q", 0, lambda: b"new") == b"new"


def test_plain_json_holds_no_value_that_json_does_not_know() -> None:
    assert answer_bytes({"é": 1.5}) == '{"é":1.5}'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        answer_bytes({"value": float("nan")})

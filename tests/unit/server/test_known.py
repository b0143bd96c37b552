"""What is known is sent at once, to who may ask, until something is written; compressed where that is wanted."""

import gzip
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from misnomer.project import Project
from misnomer.server.access import Access
from misnomer.server.app import App
from misnomer.server.known import takes_gzip
from tests.unit.server.conftest import TOKEN

PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def asked(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of what the project has been asked."""
    names: list[str] = []
    evaluate = Project.evaluate

    def noted(self: Project, **arguments: object) -> object:
        names.append("evaluate")
        return evaluate(self, **arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Project, "evaluate", noted)
    yield names


def test_the_second_answer_is_the_first_and_asks_nobody(client: TestClient, asked: list[str]) -> None:
    first, second = client.get("api/evaluation"), client.get("api/evaluation")
    assert asked == ["evaluate"]
    assert second.content == first.content
    assert second.headers == first.headers
    assert second.headers["content-security-policy"]


def test_a_write_shows_in_the_next_answer(client: TestClient) -> None:
    assert [client.get("api/project").json()["tags"] for _ in range(2)] == [{}, {}]
    client.post("api/tags", json={"tag": "odd"})
    assert client.get("api/project").json()["tags"] == {"odd": 6}


def test_who_has_no_token_does_not_get_what_is_known(project: Project) -> None:
    with TestClient(App(project, Access(TOKEN)), base_url="http://127.0.0.1:5077") as stranger:
        known = {"Authorization": f"Bearer {TOKEN}"}
        assert stranger.get("api/project", headers=known).status_code == 200
        assert stranger.get("api/project").status_code == 401
        assert stranger.get("api/project", headers=known | {"Host": "elsewhere.example"}).status_code == 403


def test_another_question_is_another_answer(client: TestClient) -> None:
    all_samples = client.get("api/samples").json()["total"]
    assert [client.get("api/samples?filter=%7B%22outcome%22:%22tp%22%7D").json()["total"] for _ in range(2)] == [4, 4]
    assert client.get("api/samples").json()["total"] == all_samples == 6
    assert client.get("api/samples?unknown=1").status_code == 422


def test_an_answer_is_compressed_for_who_can_read_it(client: TestClient) -> None:
    plain = client.get("api/project", headers=PLAIN)
    assert "content-encoding" not in plain.headers
    with client.stream("GET", "api/project", headers={"Accept-Encoding": "br, gzip"}) as compressed:
        content = b"".join(compressed.iter_raw())
        assert compressed.headers["content-encoding"] == "gzip"
        assert compressed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(content) == plain.content
    assert len(content) < len(plain.content) / 2


def test_a_short_answer_stays_as_it_is(client: TestClient) -> None:
    assert "content-encoding" not in client.get("api/histogram?field=brightness&bins=1").headers


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("GZIP; q=0.001", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("br, x-gzip", False),
        ("", False),
    ],
)
def test_who_takes_gzip_says_so(accepted: str, expected: bool) -> None:
    assert takes_gzip({"headers": [(b"accept-encoding", accepted.encode())]}) is expected
    assert not takes_gzip({"headers": []})

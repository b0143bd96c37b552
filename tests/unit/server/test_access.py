"""Who is refused: without the token, from elsewhere, with too much."""

import pytest
from fastapi.testclient import TestClient

from misnomer.project import Project
from misnomer.server.access import LONGEST_BODY
from tests.unit.server.conftest import TOKEN, serving


@pytest.fixture
def browser(client: TestClient) -> TestClient:
    """A client without the token."""
    del client.headers["Authorization"]
    return client


@pytest.mark.parametrize("path", ["/api/project", "/api/samples/0/image", "/api/openapi.json", "/api/nothing"])
def test_without_the_token_nothing_of_the_api_is_answered(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert "URL that misnomer printed" in answer.json()["hint"]


@pytest.mark.parametrize("path", ["/", "/model/metrics", "/assets/index.js"])
def test_without_the_token_no_page_is_shown(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 401
    assert "This project is private." in answer.text


@pytest.mark.parametrize("header", ["Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer", "Bearer \xe9"])
def test_a_wrong_token_is_refused(browser: TestClient, header: str) -> None:
    assert browser.get("/api/jobs", headers={"Authorization": header.encode("latin-1")}).status_code == 401


def test_the_token_in_the_url_becomes_a_strict_cookie_and_leaves_the_url(browser: TestClient) -> None:
    answer = browser.get(f"/model/explorer?sort=key&token={TOKEN}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "explorer?sort=key"
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert browser.get("/api/jobs").status_code == 200  # the client has kept the cookie


def test_the_start_page_is_redirected_to_itself(browser: TestClient) -> None:
    assert browser.get(f"/?token={TOKEN}").headers["location"] == "./"


def test_a_wrong_token_in_the_url_sets_no_cookie(browser: TestClient) -> None:
    answer = browser.get("/?token=wrong")
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_the_api_takes_no_token_from_the_url(browser: TestClient) -> None:
    assert browser.get(f"/api/jobs?token={TOKEN}").status_code == 401


def test_a_page_that_is_opened_from_another_site_loads_itself_again_to_get_its_cookie_sent(browser: TestClient) -> None:
    answer = browser.get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0">' in answer.text
    assert browser.get("/", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "evil.example:5077", "127.0.0.1.evil.example", "", "[::2]:5077"])
def test_a_host_that_is_not_ours_is_refused_even_with_the_token(client: TestClient, host: str) -> None:
    answer = client.get("/api/jobs", headers={"Host": host})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_host")


@pytest.mark.parametrize("host", ["localhost:5077", "127.0.0.1", "[::1]:5077", "LOCALHOST"])
def test_the_loopback_is_ours(client: TestClient, host: str) -> None:
    assert client.get("/api/jobs", headers={"Host": host}).status_code == 200


def test_a_host_that_was_allowed_is_ours(project: Project) -> None:
    for client in serving(project, hosts=("hub.example",)):
        headers = {"Host": "hub.example", "Origin": "https://hub.example"}
        assert client.get("/api/jobs", headers=headers).status_code == 200
        # A proxy that asks for the loopback, of a page that has its own name.
        headers = {"Host": "127.0.0.1:5077", "Origin": "https://hub.example"}
        assert client.get("/api/jobs", headers=headers).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:8888", "https://localhost", "null", ""])
def test_a_foreign_page_is_refused_even_with_the_token(client: TestClient, origin: str) -> None:
    answer = client.get("/api/jobs", headers={"Origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")


def test_our_own_page_may_ask(client: TestClient) -> None:
    assert client.get("/api/jobs", headers={"Origin": "http://127.0.0.1:5077"}).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_change_that_a_browser_says_another_site_asks_for_is_refused(client: TestClient, site: str) -> None:
    answer = client.post("/api/tags", json={"tag": "odd"}, headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_origin")


def test_served_for_reading_only_every_change_is_refused(reader: TestClient) -> None:
    changes = [
        reader.post("/api/tags", json={"tag": "odd"}),
        reader.put("/api/samples/0/note", json={"text": "odd"}),
        reader.post("/api/jobs", json={}),
        reader.delete("/api/jobs/1"),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in changes} == {(403, "read_only")}
    assert reader.get("/api/project").json()["read_only"] is True


def test_a_body_that_says_it_is_too_long_is_not_read(client: TestClient) -> None:
    answer = client.post("/api/tags", content=b"{}", headers={"Content-Length": str(LONGEST_BODY + 1)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_body_that_turns_out_too_long_is_refused(client: TestClient) -> None:
    def endless() -> object:
        for _ in range(LONGEST_BODY // 2**20 + 1):
            yield b" " * 2**20

    assert client.post("/api/tags", content=endless()).status_code == 413  # type: ignore[arg-type]


def test_every_answer_carries_the_headers_that_keep_a_browser_honest(client: TestClient) -> None:
    for path in ("/api/jobs", "/api/nothing", "/", "/api/samples/0/image"):
        headers = client.get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_refusals_carry_them_too(browser: TestClient) -> None:
    assert "content-security-policy" in browser.get("/api/jobs").headers


def test_only_a_notebooks_pages_may_be_framed(project: Project) -> None:
    for client in serving(project, embeddable=True):
        headers = client.get("/api/jobs").headers
        assert "frame-ancestors" not in headers["content-security-policy"]
        assert "x-frame-options" not in headers


@pytest.mark.parametrize("path", ["/misnomer/api/jobs", "/api/jobs"])
def test_below_a_root_path_it_answers_whether_the_proxy_takes_it_off_or_not(project: Project, path: str) -> None:
    for client in serving(project, root_path="/misnomer"):
        assert client.get(path).status_code == 200
        del client.headers["Authorization"]
        assert client.get(path).status_code == 401
        assert "Path=/misnomer" in client.get(f"/misnomer/?token={TOKEN}").headers["set-cookie"]


def test_no_websocket_is_served(client: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/events"):
        pass

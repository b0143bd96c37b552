"""The built web app, and what stands in its place where it has not been built."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from misnomer.server.pages import Pages


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text('<head><base href="./" /></head><div id="root"></div>')
    (folder / "assets" / "index-1a2b.js").write_text("start()")
    (tmp_path / "secret.txt").write_text("hidden words")
    return folder


def client_of(folder: Path) -> TestClient:
    return TestClient(Pages(folder))


@pytest.mark.parametrize(
    ("path", "base"), [("/", "./"), ("/model/metrics", "../"), ("/a/b/c", "../../"), ("/model/", "../")]
)
def test_the_page_of_every_path_finds_its_files_relative_to_itself(built: Path, path: str, base: str) -> None:
    answer = client_of(built).get(path)
    assert answer.status_code == 200
    assert f'<base href="{base}">' in answer.text
    assert answer.headers["cache-control"] == "no-cache"


def test_files_whose_names_change_with_their_content_may_be_kept_for_ever(built: Path) -> None:
    answer = client_of(built).get("/assets/index-1a2b.js")
    assert answer.text == "start()"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")


def test_a_file_that_is_not_there_is_not_the_page(built: Path) -> None:
    assert client_of(built).get("/assets/index-old.js").status_code == 404


@pytest.mark.parametrize("path", ["/..%2fsecret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/%2fetc%2fpasswd", "/a%00b"])
def test_no_path_leads_out_of_the_app(built: Path, path: str) -> None:
    answer = client_of(built).get(path)
    assert "hidden words" not in answer.text
    assert "root:" not in answer.text


def test_a_checkout_without_the_built_app_says_how_to_build_it(tmp_path: Path) -> None:
    answer = client_of(tmp_path / "nothing").get("/model/metrics")
    assert answer.status_code == 503
    assert "make web" in answer.text

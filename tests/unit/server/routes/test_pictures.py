"""Images over HTTP: small and whole, kept by who asked, converted where browsers cannot show them, broken ones told."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from misnomer.project import Project


def image_of(project: Project, key: str) -> Path:
    return project.path.parent / "images" / key


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(autouse=True)
def moved_along(project: Project, served_template: Path) -> None:
    """The project finds the images of its copy, not those it was made of."""
    project.add_images(project.path.parent / "images")


@pytest.mark.parametrize("size", [128, 256, 512])
def test_a_thumbnail_is_a_small_webp_that_is_never_enlarged(client: TestClient, size: int) -> None:
    answer = client.get(f"/api/samples/0/thumbnail?size={size}")
    assert answer.headers["content-type"] == "image/webp"
    assert Image.open(BytesIO(answer.content)).size == (8, 6)


def test_a_large_image_gets_a_longer_side_of_the_size(client: TestClient, project: Project) -> None:
    Image.new("RGB", (600, 300)).save(image_of(project, "cat/0.png"))
    answer = client.get("/api/samples/0/thumbnail?size=128")
    assert Image.open(BytesIO(answer.content)).size == (128, 64)


def test_a_size_that_is_none_of_ours_is_refused(client: TestClient) -> None:
    assert client.get("/api/samples/0/thumbnail?size=100000").status_code == 422


def test_with_its_version_it_may_be_kept_for_ever_and_without_it_is_asked_for_again(client: TestClient) -> None:
    version = client.get("/api/samples/0").json()["version"]
    kept = client.get(f"/api/samples/0/thumbnail?v={version}")
    assert kept.headers["cache-control"] == "private, max-age=31536000, immutable"
    asked = client.get("/api/samples/0/thumbnail")
    assert asked.headers["cache-control"] == "private, no-cache"
    again = client.get("/api/samples/0/thumbnail", headers={"If-None-Match": asked.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_changed_image_is_shown_as_it_is_now(client: TestClient, project: Project) -> None:
    before = client.get("/api/samples/0/thumbnail")
    Image.new("RGB", (8, 6), "white").save(image_of(project, "cat/0.png"))
    after = client.get("/api/samples/0/thumbnail", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]


def test_nothing_is_written_beside_the_images(client: TestClient, project: Project) -> None:
    folder = project.path.parent / "images"
    before = snapshot(folder)
    for sample_id in range(6):
        client.get(f"/api/samples/{sample_id}/thumbnail")
        client.get(f"/api/samples/{sample_id}/image")
    assert snapshot(folder) == before
    assert len(list((project.path / "cache" / "pictures").rglob("*.webp"))) == 6


def test_the_image_itself_is_sent_as_it_is_and_in_parts(client: TestClient, project: Project) -> None:
    content = image_of(project, "cat/0.png").read_bytes()
    whole = client.get("/api/samples/0/image")
    assert (whole.content, whole.headers["content-type"]) == (content, "image/png")
    part = client.get("/api/samples/0/image", headers={"Range": "bytes=2-9"})
    assert (part.status_code, part.content) == (206, content[2:10])


@pytest.mark.parametrize(("name", "mode", "media_type"), [("TIFF", "RGB", "image/png"), ("JPEG", "CMYK", "image/png")])
def test_what_browsers_cannot_show_is_converted_once(
    client: TestClient, project: Project, name: str, mode: str, media_type: str
) -> None:
    Image.new(mode, (8, 6)).save(image_of(project, "cat/0.png"), name)
    for _ in range(2):
        answer = client.get("/api/samples/0/image")
        assert answer.headers["content-type"] == media_type
        assert Image.open(BytesIO(answer.content)).size == (8, 6)
    assert len(list((project.path / "cache" / "pictures").rglob("*.png"))) == 1


def test_an_image_is_what_its_content_says_whatever_its_name(client: TestClient, project: Project) -> None:
    image_of(project, "cat/0.png").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    answer = client.get("/api/samples/0/image")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_an_image")


@pytest.mark.parametrize("kind", ["thumbnail", "image"])
def test_a_missing_and_a_broken_image_are_told(client: TestClient, project: Project, kind: str) -> None:
    image_of(project, "cat/0.png").unlink()
    image_of(project, "cat/1.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    missing, broken = client.get(f"/api/samples/0/{kind}"), client.get(f"/api/samples/1/{kind}")
    assert (missing.status_code, missing.json()["code"]) == (404, "missing_image")
    assert "misnomer add-images" in missing.json()["hint"]
    assert (broken.status_code, broken.json()["code"]) == (404, "unreadable_image")
    assert client.get(f"/api/samples/99/{kind}").json()["code"] == "unknown_sample"


def test_a_folder_that_is_gone_is_named(client: TestClient, project: Project) -> None:
    assert "image_root_missing" not in client.get("/api/project").json()
    shutil.rmtree(project.path.parent / "images")
    project.change_tag("odd")  # what is known is asked anew
    assert client.get("/api/project").json()["image_root_missing"].endswith("images")


def test_no_path_is_taken_for_an_image(client: TestClient) -> None:
    for path in ("..%2f..%2fetc%2fpasswd", "-1", "0.5", "%00", "0%2f..%2f1"):
        assert client.get(f"/api/samples/{path}/image").status_code in (404, 422)

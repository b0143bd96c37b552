"""A folder of hostile files: a line in the report for each, with its key; every other image is measured."""

import io
import json
import os
import socket
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import misnomer as api
from tests.flow.program import misnomer

FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "TIFF": "tif", "BMP": "bmp"}
CUT_AT = (0.01, 0.3, 0.8)


def encoded(format_name: str, mode: str = "RGB", **options: Any) -> bytes:
    pixels = np.random.default_rng(3).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).convert("L" if mode == "I;16" else "RGB").convert(mode).save(file, format_name, **options)
    return file.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1 << 20))) + chunk(b"IEND", b"")


def orientation(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


def link(target: str) -> Callable[[str], None]:
    return lambda path: Path(path).symlink_to(target)


def listening_socket(path: str) -> None:
    here = Path.cwd()
    os.chdir(Path(path).parent)  # the name of a socket may have 108 bytes
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(Path(path).name)
    finally:
        os.chdir(here)


GOOD: dict[str, bytes] = {
    **{f"plain.{extension}": encoded(name) for name, extension in FORMATS.items()},
    "named wrongly.jpg": encoded("PNG"),
    "16 bit.png": encoded("PNG", "I;16"),
    "cmyk.jpg": encoded("JPEG", "CMYK"),
    "grey.png": encoded("PNG", "L"),
    "palette.png": encoded("PNG", "P", transparency=3),
    "two frames.gif": encoded("GIF", save_all=True, append_images=[Image.new("RGB", (64, 48))]),
    "two pages.tif": encoded("TIFF", save_all=True, append_images=[Image.new("RGB", (9, 9))]),
    "profile.png": encoded("PNG", icc_profile=b"not a profile"),
    **{f"turned {value}.jpg": encoded("JPEG", exif=orientation(value)) for value in (0, 3, 6, 9)},
    **dict.fromkeys(
        (
            *("caf\u00e9.png", "cafe\u0301.png", "new\nline.png", "quo'te\".png", "-dash.png", " spaces .png"),
            *("x" * 251 + ".png", "日本語 😀.png", "\u202ertl.png", "a,b;c.png", "back\\slash.png", "\x1b[31m.png"),
            *("%41#?&$HOME.png", "UPPER.PNG", "dots...png"),
        ),
        encoded("PNG"),
    ),
}
BROKEN: dict[str, tuple[bytes | Callable[[str], None], str]] = {
    **{
        f"cut {part}.{extension}": (encoded(name)[: int(part * len(encoded(name)))], "unreadable_image")
        for name, extension in FORMATS.items()
        for part in CUT_AT
    },
    **{f"empty.{extension}": (b"", "empty_image") for extension in FORMATS.values()},
    "text.jpg": (b"hello", "not_an_image"),
    "page.png": (b"<!doctype html><title>404</title>", "not_an_image"),
    "zeros.jpg": (bytes(5000), "not_an_image"),
    "bomb.png": (png_that_claims(50_000, 50_000), "unreadable_image"),
    "absurd.png": (png_that_claims(2**31 - 1, 2**31 - 1), "unreadable_image"),
    "pipe.png": (os.mkfifo, "not_an_image"),
    "socket.jpg": (listening_socket, "not_an_image"),
    "dangling.png": (link("nowhere"), "missing_image"),
    "itself.png": (link("itself.png"), "unreadable_image"),
    "endless.png": (link("/dev/zero"), "not_an_image"),
    "up": (link(".."), "unreadable_folder"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("hostile")
    folder = directory / "images" / "cat"
    (folder / "folder.jpg").mkdir(parents=True)
    for name, content in GOOD.items():
        (folder / name).write_bytes(content)
    for name, (made, _) in BROKEN.items():
        if callable(made):
            made(str(folder / name))
        else:
            (folder / name).write_bytes(made)
    Path(os.fsdecode(os.fsencode(folder) + b"/not utf-8 \xff.png")).write_bytes(encoded("PNG"))
    answer = misnomer("create", directory / "p.misnomer", "--images", directory / "images", "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    return directory / "p.misnomer"


def report_of(project: Path) -> dict[str, str]:
    """Kind of finding by key, from what ``misnomer info --json`` says."""
    info = json.loads(misnomer("info", project, "--json", MISNOMER_REPORT_KEYS="1000").stdout)
    findings = [finding for report in info["report"] for finding in report["findings"]]
    assert all(finding["count"] == len(finding["keys"]) for finding in findings)
    return {key: finding["kind"] for finding in findings for key in finding["keys"]}


def test_each_broken_file_is_in_the_report_with_its_key_and_no_good_one_is(project: Path) -> None:
    expected = {f"cat/{name}": kind for name, (_, kind) in BROKEN.items()}
    assert report_of(project) == {**expected, "cat/not utf-8 \\xff.png": "unreadable_image"}


def test_every_good_image_is_measured(project: Path) -> None:
    with api.open(project, read_only=True) as opened:
        measured = {
            sample.key: sample.metrics["width"] for sample in opened.samples(limit=None).samples if sample.metrics
        }
    assert {key.removeprefix("cat/") for key, width in measured.items() if width is not None} == set(GOOD)
    assert measured["cat/turned 6.jpg"] == 48


def test_reasons_are_told_apart_and_rare_ones_share_a_line(project: Path) -> None:
    findings = json.loads(misnomer("info", project, "--json").stdout)["report"][-1]["findings"]
    details = [finding["detail"] for finding in findings if finding["kind"] == "unreadable_image"]
    assert len(details) == len(set(details)) <= 9
    assert details[0].startswith("for example: ")


def test_the_text_of_any_name_stays_on_one_line_without_control_characters(project: Path) -> None:
    text = misnomer("samples", project, "--limit", 100).stdout + misnomer("info", project).stdout
    assert "new\\nline.png" in text
    assert not {character for character in text if ord(character) < 32} - {"\n"}

"""A scan is complete, in order, bounded in memory, and survives whatever lies in the folder."""

import threading
import time
import tracemalloc

import cv2
import fsspec
import numpy as np
import pyarrow as pa
import pytest
from PIL import Image

from misnomer.features.catalogue import HEADER_AND_PIXEL_METRICS
from misnomer.features.scan import scan_images, scan_schema
from tests.unit.features.encoding import encoded, flat, noise


def scanned(paths, root="", **options) -> pa.Table:
    return pa.Table.from_batches(scan_images(paths, str(root), **options), schema=scan_schema())


def test_columns_are_the_metrics_between_row_and_hashes():
    names = scan_schema().names
    assert names[0] == "row"
    assert names[1:-5] == [metric.key for metric in HEADER_AND_PIXEL_METRICS]
    assert names[-5:] == ["pixel_hash", "perceptual_hash", "mirrored_hash", "problem", "problem_detail"]
    assert scan_schema().field("file_size").type == pa.int64()
    assert scan_schema().field("aspect_ratio").type == pa.float64()


def test_rows_come_in_the_order_of_the_paths_in_chunks_of_256(tmp_path):
    for index in range(40):
        (tmp_path / f"{index}.png").write_bytes(encoded(flat((index, index, index), 2, index + 1), "PNG"))
    paths = [f"{index % 40}.png" for index in range(600)]
    chunks = list(scan_images(paths, str(tmp_path), workers=3))
    assert [chunk.num_rows for chunk in chunks] == [256, 256, 88]
    table = pa.Table.from_batches(chunks)
    assert table["row"].to_pylist() == list(range(600))
    assert table["width"].to_pylist() == [index % 40 + 1 for index in range(600)]


def test_no_paths_no_chunks():
    assert list(scan_images([])) == []


def test_the_number_of_threads_changes_nothing(tmp_path):
    for index in range(30):
        (tmp_path / f"{index}.jpg").write_bytes(encoded(noise(50, 60, index), "JPEG"))
    paths = [f"{index}.jpg" for index in range(30)]
    assert scanned(paths, tmp_path, workers=1).equals(scanned(paths, tmp_path, workers=4))


def test_a_hostile_folder_is_a_row_each(tmp_path):
    good = encoded(noise(40, 50), "JPEG")
    files = {
        "good.jpg": (good, None),
        "png named.jpg": (encoded(noise(40, 50), "PNG"), None),
        "ключ 图.jpg": (good, None),
        "new\nline.jpg": (good, None),
        "truncated.jpg": (good[: len(good) // 2], "unreadable_image"),
        "empty.jpg": (b"", "empty_image"),
        "text.jpg": (b"no image at all", "not_an_image"),
        "bomb.pgm": (b"P5 90000 90000 255\n\0", "unreadable_image"),
        "short.ppm": (b"P6 15000 15000 255\n\0", "unreadable_image"),
        "folder.jpg": (None, "not_an_image"),
        "missing.jpg": (None, "missing_image"),
    }
    for name, (content, _) in files.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
    (tmp_path / "folder.jpg").mkdir()
    rows = scanned(list(files), tmp_path).to_pylist()
    assert [row["problem"] for row in rows] == [problem for _, problem in files.values()]
    for row in rows:
        assert bool(row["problem_detail"]) == bool(row["problem"])
        assert (row["width"] is None) == (row["brightness"] is None) == bool(row["problem"])
    assert rows[0]["pixel_hash"] == rows[2]["pixel_hash"] == rows[3]["pixel_hash"]


def test_a_name_that_is_not_unicode_has_a_row():
    assert scanned(["\udcff.jpg"])["problem"].to_pylist() == ["missing_image"]


def test_urls_are_read():
    with fsspec.open("memory://scan/a.png", "wb") as file:
        file.write(encoded(flat((255, 0, 0)), "PNG"))
    rows = scanned(["a.png", "none.png", "memory://scan/a.png"], "memory://scan").to_pylist()
    assert [row["red_values"] for row in rows] == [1, None, 1]
    assert rows[1]["problem"] == "missing_image"


def test_a_scan_can_be_stopped_early_and_leaves_no_thread(tmp_path):
    (tmp_path / "a.png").write_bytes(encoded(noise(300, 300), "PNG"))
    opencv_threads = cv2.getNumThreads()
    chunks = scan_images(["a.png"] * 20_000, str(tmp_path), workers=2)
    assert next(chunks).num_rows == 256
    start = time.perf_counter()
    chunks.close()
    assert time.perf_counter() - start < 1
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("misnomer-scan")]
    assert cv2.getNumThreads() == opencv_threads


def test_memory_does_not_grow_with_the_number_of_images(tmp_path, monkeypatch):
    monkeypatch.setattr("misnomer.features.scan._BLOCKS_AHEAD", 4)
    (tmp_path / "a.jpg").write_bytes(encoded(noise(60, 80), "JPEG"))
    scan_all(1, tmp_path)
    peaks = [peak_bytes(count, tmp_path) for count in (300, 1200)]
    assert peaks[1] < peaks[0] + 200_000


def scan_all(count, root):
    for _ in scan_images(["a.jpg"] * count, str(root), workers=2):
        pass


def peak_bytes(count, root):
    tracemalloc.start()
    try:
        scan_all(count, root)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [(1, 1), (1, 1000), (1000, 1)])
def test_extreme_shapes_are_measured(tmp_path, size):
    Image.new("RGB", size, (255, 0, 0)).save(tmp_path / "a.png")
    row = scanned(["a.png"], tmp_path).to_pylist()[0]
    assert (row["width"], row["height"], row["red_values"], row["contrast"]) == (*size, 1, 0)
    assert all(row[metric.key] is not None and np.isfinite(row[metric.key]) for metric in HEADER_AND_PIXEL_METRICS)

"""A process that measures gives what this one would, may be killed, and does not outlive its scan."""

import subprocess
import sys
import threading
import time

import pytest

from misnomer.features import scan, scan_process
from misnomer.features.decode import one_large_image
from misnomer.features.measuring import measure_images
from misnomer.features.scan_process import ProcessNotStarted, ScanProcess
from tests.unit.features.encoding import encoded, noise
from tests.unit.features.test_scan import scanned

# A worker that dies of every image whose name has "deadly" in it, and of the first whose name has "unlucky".
MORTAL = """
import os, pathlib, signal
from misnomer.features import scan_worker
measure = scan_worker.measure_images
def measure_or_die(locations):
    for location in locations:
        died = pathlib.Path(location + ".died")
        if "deadly" in location or "unlucky" in location and not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return measure(locations)
scan_worker.measure_images = measure_or_die
scan_worker.main()
"""


@pytest.fixture
def process():
    process = ScanProcess()
    yield process
    process.close()


def photos(folder, *names: str) -> list[str]:
    for index, name in enumerate(names):
        (folder / name).write_bytes(encoded(noise(40, 50 + index, index), "JPEG"))
    return [str(folder / name) for name in names]


def test_a_process_measures_what_this_one_does_bit_for_bit(tmp_path, process):
    locations = photos(tmp_path, "a.jpg", "ключ 图.jpg", "new\nline.jpg", "'quoted\" %s.jpg")
    locations += [str(tmp_path / "missing.jpg"), "\udcff.jpg"]
    assert process.measure(locations) == measure_images(locations)


def test_a_scan_of_many_images_is_the_same_as_in_this_process(tmp_path):
    photos(tmp_path, *(f"{index}.jpg" for index in range(40)))
    (tmp_path / "3.jpg").write_bytes(b"no image at all")
    paths = [f"{index % 41}.jpg" for index in range(scan._PROCESSES_FROM_IMAGES + 7)]
    assert scanned(paths, tmp_path, workers=2).equals(scanned(paths, tmp_path, workers=1))


def test_an_image_that_kills_its_process_is_broken_and_the_others_are_measured(tmp_path, process, monkeypatch):
    monkeypatch.setattr(scan_process, "PROGRAM", ("-P", "-c", MORTAL))
    first, deadly, last = photos(tmp_path, "first.jpg", "deadly.jpg", "last.jpg")
    measured = process.measure([first, deadly, last])
    assert [measured[0], measured[2]] == measure_images([first, last])
    assert measured[1][-2:] == ("unreadable_image", "The process that decoded it was ended by SIGKILL.")
    assert set(measured[1][:-2]) == {None}


def test_an_image_whose_process_was_killed_once_is_measured(tmp_path, process, monkeypatch):
    monkeypatch.setattr(scan_process, "PROGRAM", ("-P", "-c", MORTAL))
    locations = photos(tmp_path, "unlucky.jpg", "other.jpg")
    assert process.measure(locations) == measure_images(locations)


def test_where_no_process_starts_threads_measure_everything(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(scan_process, "PROGRAM", ("-P", "-c", "raise SystemExit(3)"))
    with pytest.raises(ProcessNotStarted, match="exit code 3"):
        ScanProcess().measure(["a.jpg"])
    photos(tmp_path, "a.jpg")
    table = scanned(["a.jpg"] * scan._PROCESSES_FROM_IMAGES, tmp_path, workers=2)
    assert table["problem"].null_count == table.num_rows == scan._PROCESSES_FROM_IMAGES
    assert "exit code 3" in caplog.text


def test_large_images_are_decoded_one_at_a_time_among_processes(tmp_path, process, monkeypatch):
    program = "from misnomer.features import decode, scan_worker; decode._LARGE_PIXELS = 2000; scan_worker.main()"
    monkeypatch.setattr(scan_process, "PROGRAM", ("-P", "-c", program))
    small, large = photos(tmp_path, "small.jpg", "large.jpg")  # 40 × 50 and 40 × 51
    process.measure([small])
    answers = []
    asking = threading.Thread(target=lambda: answers.extend(process.measure([small, large])))
    with one_large_image():
        asking.start()
        time.sleep(0.5)
        assert asking.is_alive()
    asking.join(60)
    assert answers == measure_images([small, large])


def test_a_process_ends_with_the_scan_that_was_killed(tmp_path):
    photos(tmp_path, "a.jpg")
    program = "import sys, time; from misnomer.features.scan_process import ScanProcess; process = ScanProcess()"
    program += "; process.measure(sys.argv[1:]); print('measured', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", program, str(tmp_path / "a.jpg")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as killed:
        assert killed.stdout.readline() == b"measured\n"
        killed.kill()
        _, errors = killed.communicate(timeout=10)  # which returns when no process has the pipe of errors any more
    assert errors == b""

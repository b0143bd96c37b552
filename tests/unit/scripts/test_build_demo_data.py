"""The demo data are built from the pinned bytes, in the same order and with the same bytes every time."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from scripts import build_demo_data
from scripts.demo_data import output, packages
from scripts.demo_data.drawings import Emoji, decode, pair_drawings, slug, subject, subject_groups, title
from scripts.demo_data.packages import BuildError, Package, fetch, integrity, read_members

MISSING = Package(style="google", name="emoji", version="1.0.0", integrity="sha512-none")


def entry(short_name: str, category: str, *, twitter: bool = True) -> dict[str, object]:
    return {
        "short_name": short_name,
        "name": short_name.upper(),
        "category": category,
        "subcategory": "some",
        "unified": f"1F{len(short_name)}",
        "image": f"{short_name}.png",
        "added_in": "0.6",
        "has_img_google": True,
        "has_img_twitter": twitter,
    }


def emoji(short_name: str, unicode: str, drawing: bytes = b"") -> Emoji:
    drawings = {"google": drawing or short_name.encode(), "twitter": b"twitter " + short_name.encode()}
    return Emoji(short_name, short_name, "Animals & Nature", "animal", unicode, "0.6", drawings)


def test_an_emoji_that_one_style_does_not_draw_is_left_out() -> None:
    entries = [entry("dog", "Animals"), entry("cat", "Animals", twitter=False), entry("ox", "Animals")]
    contents = {"emoji.json": json.dumps(entries).encode()}
    google = {**contents, **{f"img/google/64/{name}.png": b"" for name in ("dog", "cat", "ox")}}
    twitter = {**contents, "img/twitter/64/dog.png": b""}
    assert [one.short_name for one in pair_drawings({"google": google, "twitter": twitter})] == ["dog"]


def test_the_colour_patches_called_component_are_left_out() -> None:
    contents = {"emoji.json": json.dumps([entry("skin-tone-2", "Component")]).encode()}
    assert pair_drawings({"google": {**contents, "img/google/64/skin-tone-2.png": b""}}) == []


def test_a_key_names_style_category_and_emoji() -> None:
    assert emoji("dog", "1F436").key("twitter") == "twitter/animals-nature/dog.png"
    assert slug("Travel & Places") == "travel-places"


def test_a_shouted_name_is_said() -> None:
    assert title("DOG FACE") == "Dog face"
    assert title("Egypt Flag") == "Egypt Flag"


def test_who_does_it_is_not_part_of_the_subject() -> None:
    assert subject("1F468-200D-1F33E") == subject("1F469-200D-1F33E") == subject("1F9D1-200D-1F33E") == "1F33E"
    assert subject("1F468") != subject("1F469")


def test_equal_subjects_and_equal_drawings_are_one_group() -> None:
    drawn = [
        emoji("man-farmer", "1F468-200D-1F33E"),
        emoji("woman-farmer", "1F469-200D-1F33E", drawing=b"flag"),
        emoji("flag", "1F1EA", drawing=b"flag"),
        emoji("dog", "1F436"),
    ]
    groups = subject_groups(drawn)
    assert groups[0] == groups[1] == groups[2] != groups[3]


def test_transparency_is_seen_on_white() -> None:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGBA", (2, 1), (255, 0, 0, 0)).save(stream, "PNG")
    assert decode([stream.getvalue()]).tolist() == [[[[255, 255, 255], [255, 255, 255]]]]


def test_the_archive_of_images_has_the_same_bytes_every_time() -> None:
    drawn = [emoji("dog", "1F436")]
    first = output.images_zip(drawn, ["google", "twitter"])
    assert first == output.images_zip(drawn, ["google", "twitter"])
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == [
            "images/google/animals-nature/dog.png",
            "images/twitter/animals-nature/dog.png",
        ]
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_the_table_of_samples_has_a_line_a_drawing() -> None:
    lines = output.samples_csv([emoji("dog", "1F436")], ["google", "twitter"]).decode().splitlines()
    assert lines[0] == "key,path,label,split,style,name,subcategory,unicode,added_in"
    assert lines[1] == (
        "google/animals-nature/dog.png,images/google/animals-nature/dog.png,Animals & Nature,"
        "train,google,dog,animal,1F436,0.6"
    )
    assert lines[2].split(",")[3:5] == ["test", "twitter"]


def test_both_formats_of_probabilities_hold_the_same() -> None:
    keys, classes, probabilities = ["a", "b"], ["cat", "dog"], np.array([[0.25, 0.75], [1.0, 0.0]])
    table = pq.read_table(io.BytesIO(output.probabilities_parquet(keys, classes, probabilities)))
    arrays = np.load(io.BytesIO(output.probabilities_npz(keys, classes, probabilities)), allow_pickle=False)
    assert table.to_pydict() == {"key": keys, "cat": [0.25, 1.0], "dog": [0.75, 0.0]}
    assert arrays["filenames"].tolist() == keys
    assert arrays["class_names"].tolist() == classes
    assert arrays["probs"].tolist() == probabilities.tolist()


def test_measured_are_the_counts_the_accuracy_and_the_log_loss() -> None:
    probabilities = np.array([[0.5, 0.5], [0.25, 0.75], [0.75, 0.25]])
    assert build_demo_data.measure(np.array(["cat", "dog", "dog"]), probabilities) == {
        "right": 2,
        "sample_count": 3,
        "accuracy": 0.6667,
        "log_loss": 0.789,  # (ln 2 + ln 4/3 + ln 4) / 3
    }


def test_integrity_is_sha512_in_base64_as_npm_writes_it(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert integrity(tmp_path / "empty") == (
        "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
    )


def test_an_archive_in_the_cache_needs_no_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    archive = tmp_path / MISSING.archive_name
    archive.write_bytes(b"pinned")
    pinned = Package("google", "emoji", "1.0.0", integrity(archive))
    assert fetch(pinned, tmp_path) == archive


def test_without_npm_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BuildError, match=r"npm was not found\. Install Node\.js"):
        fetch(MISSING, tmp_path)


def test_an_npm_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho no route to host >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setattr(packages.shutil, "which", lambda name: str(npm))
    with pytest.raises(BuildError, match=r"Check the network[\s\S]*no route to host"):
        fetch(MISSING, tmp_path / "cache")


def test_other_bytes_than_the_pinned_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_npm_pack", lambda package, cache: (cache / package.archive_name).write_bytes(b"x"))
    with pytest.raises(BuildError, match="not the archive we pinned: expected sha512-none"):
        fetch(MISSING, tmp_path)


def test_of_a_package_only_its_own_files_and_the_asked_folder_are_read(tmp_path: Path) -> None:
    archive = tmp_path / "emoji.tgz"
    with tarfile.open(archive, "w:gz") as package:
        for name in ("package/LICENSE", "package/img/google/64/dog.png", "package/img/google/sheets/64.png"):
            member = tarfile.TarInfo(name)
            member.size = 3
            package.addfile(member, io.BytesIO(b"abc"))
    assert read_members(archive, "img/google/64") == {"LICENSE": b"abc", "img/google/64/dog.png": b"abc"}


def test_a_build_that_cannot_be_made_ends_with_one_and_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    arguments = ["--cache", str(tmp_path / "cache"), "--target", str(tmp_path / "demo_data")]
    assert build_demo_data.main(arguments) == 1
    assert "npm was not found" in capsys.readouterr().err


def test_a_changed_file_or_recipe_is_out_of_date(tmp_path: Path) -> None:
    (tmp_path / "samples.csv").write_bytes(b"key\n")
    provenance = {"recipe": "r", "files": {"samples.csv": output.digest(b"key\n")}}
    (tmp_path / "provenance.json").write_bytes(output.as_json(provenance))
    assert build_demo_data.is_up_to_date(tmp_path, "r")
    assert not build_demo_data.is_up_to_date(tmp_path, "another recipe")
    (tmp_path / "samples.csv").write_bytes(b"changed\n")
    assert not build_demo_data.is_up_to_date(tmp_path, "r")

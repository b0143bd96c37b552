"""Write the demo data so that the same input gives the same bytes."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from scripts.demo_data.drawings import Emoji

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
SPLITS = {"google": "train", "twitter": "test"}


def images_zip(emoji: Sequence[Emoji], styles: Iterable[str]) -> bytes:
    """Every drawing as ``images/<key>``, stored (PNG is deflated already), all with the same fixed date."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for style in styles:
            for one in emoji:
                member = zipfile.ZipInfo(f"images/{one.key(style)}", _ZIP_EPOCH)
                member.external_attr = 0o644 << 16
                archive.writestr(member, one.drawings[style])
    return stream.getvalue()


def samples_csv(emoji: Sequence[Emoji], styles: Iterable[str]) -> bytes:
    """One line a drawing: key, path, label, split, and what else is known of the emoji."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(["key", "path", "label", "split", "style", "name", "subcategory", "unicode", "added_in"])
    for style in styles:
        for one in emoji:
            key = one.key(style)
            known = (one.name, one.subcategory, one.unicode, one.added_in)
            table.writerow([key, f"images/{key}", one.category, SPLITS[style], style, *known])
    return stream.getvalue().encode()


def probabilities_parquet(keys: Sequence[str], classes: Sequence[str], probabilities: np.ndarray) -> bytes:
    """A column ``key`` and a float32 column per class."""
    columns = {name: probabilities[:, index].astype(np.float32) for index, name in enumerate(classes)}
    stream = io.BytesIO()
    pq.write_table(pa.table({"key": list(keys), **columns}), stream, compression="zstd")
    return stream.getvalue()


def probabilities_npz(keys: Sequence[str], classes: Sequence[str], probabilities: np.ndarray) -> bytes:
    """Arrays ``filenames`` (N,), ``class_names`` (K,) and ``probs`` (N, K) float32."""
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        filenames=np.array(keys),
        class_names=np.array(classes),
        probs=probabilities.astype(np.float32),
    )
    return stream.getvalue()


def as_json(value: Mapping[str, Any]) -> bytes:
    """Readable JSON that ends in a newline."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def digest(content: bytes) -> dict[str, Any]:
    """What ``provenance.json`` says of a file."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place, then rename: a reader meets the old file or the new one, never half of one."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)

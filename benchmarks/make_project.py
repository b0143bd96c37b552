"""A project of N made-up samples, written through the public API: what benchmarks of a project's answers ask.

    python benchmarks/make_project.py N DIRECTORY [--classes K] [--metrics M] [--probabilities]
        [--copies C | --images D]

100 classes, 20 metrics, two columns of text, two splits, and the predictions of two models with
their confidence (with --probabilities, of the model "small" as a matrix of float16). Three of the metrics and one
column matter to whether a prediction is right, by as much as is written here; the others do not.

With --images every sample has one of 64 pictures, a vector of D numbers, which lies near those of its class, twenty
neighbours of its class, a place on the map, and every fiftieth a copy: made up, too, since finding them among a million
takes minutes, and what is asked afterwards takes as long. The labels are checked, by the probabilities of "small".
Of what is measured on pictures there is their size alone.

With --copies there are C times as many samples in the memory of N: the rows are copied by SQL, with keys of their own
and noise on their metrics.
"""

import argparse
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from PIL import Image

import misnomer
from misnomer.project.computing import STEPS
from misnomer.store.database import Database
from misnomer.store.duplicates import LINKS, LinksState, set_links
from misnomer.store.embeddings import current_embedding
from misnomer.store.image_metrics import prepare_image_metrics
from misnomer.store.map_points import set_map
from misnomer.store.neighbors import NeighborGraph, set_neighbor_graph

MODELS = {"large": 1.6, "small": 0.9}  # log-odds of a right prediction where nothing else matters
CAMERAS = ("phone", "reflex", "webcam")
PICTURES, NEIGHBORS, CHUNK_ROWS = 64, 20, 16_384
COUNTRIES = tuple(f"country {number:02}" for number in range(30))


def make_samples(count: int, classes: int, metrics: int) -> tuple[pa.Table, np.ndarray, np.ndarray]:
    """The table of samples, their labels' indices, and what metrics and camera add to the log-odds of being right."""
    rng = np.random.default_rng(0)
    values = {f"metric_{number:02}": rng.normal(size=count) for number in range(metrics)}
    labels, camera = rng.integers(0, classes, count), rng.integers(0, len(CAMERAS), count)
    first, second, third = (values.get(f"metric_{number:02}", np.zeros(count)) for number in range(3))
    log_odds = 0.5 * first - 0.8 * (second > 1) - 0.3 * third**2 - 0.7 * (camera == 2)
    columns = {
        "key": [f"{number // 1000:04}/{number:07}.jpg" for number in range(count)],
        "label": _named(class_names(classes), labels),
        "split": _named(("train", "val"), rng.random(count) < 0.2),
        "camera": _named(CAMERAS, camera),
        "country": _named(COUNTRIES, rng.integers(0, len(COUNTRIES), count)),
    }
    return pa.table({**columns, **values}), labels, log_odds


def predict(labels: np.ndarray, classes: int, log_odds: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Predicted classes' indices, right with the odds given, else a class near the label; and confidences."""
    rng = np.random.default_rng(seed)
    right = rng.random(len(labels)) < 1 / (1 + np.exp(-log_odds))
    near = (labels + rng.geometric(0.4, len(labels))) % classes
    confidences = np.where(right, rng.beta(6, 2, len(labels)), rng.beta(3, 3, len(labels)))
    return np.where(right, labels, near), confidences


def _rows(keys: pa.ChunkedArray, predictions: np.ndarray, confidences: np.ndarray, classes: int) -> pa.Table:
    return pa.table({"key": keys, "prediction": _named(class_names(classes), predictions), "confidence": confidences})


def _matrix(keys: pa.ChunkedArray, predictions: np.ndarray, confidences: np.ndarray, classes: int) -> dict[str, Any]:
    """The confidence at the prediction, the rest evenly elsewhere."""
    rest = (1 - confidences) / max(1, classes - 1)
    matrix = np.repeat(rest.astype(np.float16)[:, None], classes, axis=1)
    matrix[np.arange(len(predictions)), predictions] = confidences
    return {"keys": keys, "probabilities": matrix, "classes": class_names(classes)}


def class_names(classes: int) -> tuple[str, ...]:
    """Names in the order of their indices."""
    return tuple(f"class {number:04}" for number in range(classes))


def _named(names: tuple[str, ...], indices: np.ndarray) -> pa.Array:
    return pa.array(names).take(pa.array(indices.astype(np.int32)))


def copy_rows(directory: Path, count: int, copies: int) -> None:
    """Add copies of all samples and predictions, whose ids go on from the last; one copy after the other."""
    noisy = "columns('metric_.*') + 0.2 * (random() - 0.5)"
    with duckdb.connect(str(directory / "project.duckdb")) as connection:
        for copy in range(1, copies):
            moved = f"sample_id + {copy * count} as sample_id"
            renamed = ", ".join(f"'{copy:02}/' || {name} as {name}" for name in ("key", "path"))
            connection.execute(
                f"insert into samples by name select * replace ({moved}, {renamed}, random() as random) "
                f"from samples where sample_id < {count}"
            )
            connection.execute(
                f"insert into attributes by name select {moved}, camera, country, {noisy} "
                f"from attributes where sample_id < {count}"
            )
        for model_id in range(len(MODELS)):
            for copy in range(1, copies):
                connection.execute(
                    f"insert into predictions by name select * replace (sample_id + {copy * count} as sample_id) "
                    f"from predictions where sample_id < {count} and model_id = {model_id}"
                )


def make_vectors(labels: np.ndarray, dimensions: int) -> np.ndarray:
    """(N, D) float16 of length 1, near the centre of their class."""
    rng = np.random.default_rng(3)
    centres = rng.normal(size=(int(labels.max()) + 1, dimensions)).astype(np.float32)
    vectors = np.empty((len(labels), dimensions), np.float16)
    for start in range(0, len(labels), CHUNK_ROWS):
        chunk = centres[labels[start : start + CHUNK_ROWS]]
        chunk = chunk + rng.standard_normal(chunk.shape, np.float32)
        vectors[start : start + CHUNK_ROWS] = chunk / np.linalg.norm(chunk, axis=1, keepdims=True)
    return vectors


def add_findings(directory: Path, labels: np.ndarray) -> None:
    """Make up pictures, neighbours, a map and duplicates of all samples, which have vectors."""
    rng = np.random.default_rng(4)
    count, ids = len(labels), np.arange(len(labels), dtype=np.int32)
    folder = directory.with_suffix(".images")
    folder.mkdir(exist_ok=True)
    for number in range(PICTURES):
        noise = Image.fromarray(rng.integers(0, 256, (12, 16, 3), np.uint8))
        noise.resize((640, 480), Image.Resampling.BICUBIC).save(folder / f"{number:02}.jpg")
    by_class = np.argsort(labels, kind="stable")
    place = np.empty(count, np.int64)
    place[by_class] = np.arange(count)
    steps = 1 + np.sort(rng.integers(0, count // 200, (count, NEIGHBORS)), axis=1)
    rows = by_class[(place[:, None] + steps) % count].astype(np.int32)
    distances = np.sort(rng.uniform(0.1, 0.6, (count, NEIGHBORS)).astype(np.float32), axis=1)
    angles = 2 * np.pi * labels / (labels.max() + 1)
    points = 10 * np.column_stack([np.cos(angles), np.sin(angles)]) + rng.normal(size=(count, 2))
    copied = ids[:-1:50].astype(np.int64)
    links = pa.table([copied, copied + 1, ["embedding"] * len(copied), np.full(len(copied), 0.03)], schema=LINKS)
    database = Database(directory)
    embedding = current_embedding(database)
    assert embedding is not None
    set_neighbor_graph(database, embedding, NeighborGraph("made up", ids, rows, distances))
    set_map(database, ids, points.astype(np.float32), "made up")
    set_links(database, links, LinksState(0, 0, "", None, None))
    database.execute("update roots set location = ?, relative = null", [str(folder.resolve())])
    prepare_image_metrics(database, {"width": "integer", "height": "integer"}, "made up")
    database.execute("insert into image_metrics (sample_id, width, height) select sample_id, 640, 480 from samples")
    database.execute(
        f"update samples set root_id = 0, path = lpad((sample_id % {PICTURES})::varchar, 2, '0') || '.jpg'"
    )
    database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", type=int)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--classes", type=int, default=100)
    parser.add_argument("--metrics", type=int, default=20)
    parser.add_argument("--probabilities", action="store_true")
    parser.add_argument("--images", type=int, metavar="D", help="with made-up images and vectors of D numbers")
    parser.add_argument("--copies", type=int, default=1, help="of every sample, the first included")
    arguments = parser.parse_args()
    samples, labels, log_odds = make_samples(arguments.samples, arguments.classes, arguments.metrics)
    started = time.perf_counter()
    with misnomer.create(arguments.directory, images=samples, skip=list(STEPS)) as project:
        print(f"create                 {time.perf_counter() - started:6.1f} s")
        for seed, (model, odds) in enumerate(MODELS.items(), start=1):
            predictions, confidences = predict(labels, arguments.classes, log_odds + odds, seed)
            with_matrix = arguments.probabilities and model == "small"
            source = (_matrix if with_matrix else _rows)(samples["key"], predictions, confidences, arguments.classes)
            started = time.perf_counter()
            project.add_predictions(source, model=model)
            print(f"predictions of {model:7} {time.perf_counter() - started:6.1f} s")
        if arguments.images:
            vectors = {"keys": samples["key"], "embeddings": make_vectors(labels, arguments.images)}
            project.add_embeddings(vectors, name="made up")
    if arguments.images:
        add_findings(arguments.directory, labels)
        with misnomer.open(arguments.directory) as project:
            started = time.perf_counter()
            project.compute("labels")
            print(f"checks of labels       {time.perf_counter() - started:6.1f} s")
    copy_rows(arguments.directory, arguments.samples, arguments.copies)


if __name__ == "__main__":
    main()

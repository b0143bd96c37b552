"""The catalogue is complete, in order, and described for people."""

import subprocess
import sys
from pathlib import Path

from misnomer.features.catalogue import HEADER_AND_PIXEL_METRICS
from misnomer.features.key_metrics import RANDOM
from misnomer.features.neighbors.metrics import OF_SAMPLES, PREDICTION_AGREEMENT

DOCS = Path(__file__).parents[3] / "docs" / "metrics"
KEYS = (
    *("width", "height", "area", "aspect_ratio", "file_size"),
    *("brightness", "contrast", "sharpness", "red_values", "green_values", "blue_values"),
    *("saturation", "colourfulness", "dark_clipping", "light_clipping", "entropy"),
)


def test_these_are_the_metrics():
    assert tuple(metric.key for metric in HEADER_AND_PIXEL_METRICS) == KEYS


def test_every_metric_is_described_in_one_sentence():
    for metric in (*HEADER_AND_PIXEL_METRICS, RANDOM):
        assert metric.title
        assert metric.formula
        assert metric.description.endswith("."), metric.key
        assert metric.key == metric.title.lower().replace(" ", "_")


def test_needs():
    assert {metric.needs for metric in HEADER_AND_PIXEL_METRICS[:5]} == {"header"}
    assert {metric.needs for metric in HEADER_AND_PIXEL_METRICS[5:]} == {"pixels"}
    assert RANDOM.needs == "key"


def test_the_catalogue_loads_no_image_library():
    script = "import sys, misnomer.features.catalogue; print(*sorted({'cv2', 'PIL', 'scipy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.strip() == ""


def test_every_metric_has_its_page_and_its_line_in_the_index():
    index = (DOCS / "README.md").read_text()
    for metric in (*HEADER_AND_PIXEL_METRICS, RANDOM, *OF_SAMPLES, PREDICTION_AGREEMENT):
        page = (DOCS / f"{metric.key}.md").read_text()
        assert page.startswith(f"# {metric.title}\n")
        assert f"version {metric.version}" in page
        assert metric.formula in page
        assert f"| [{metric.title}]({metric.key}.md) | `{metric.key}` | {metric.description} |" in index

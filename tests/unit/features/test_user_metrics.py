"""A user's function of an RGB array is a metric."""

from importlib.metadata import EntryPoint

import pytest

from misnomer.features import user_metrics as module
from misnomer.features.catalogue import scanned_metrics
from misnomer.features.scan import scan_images
from tests.unit.features.encoding import encoded, flat


def green_excess(rgb):
    """Green above the mean of red and blue."""
    if rgb.shape[0] == 1:
        raise ValueError("too small")
    return float((rgb[..., 1] - (rgb[..., 0].astype(float) + rgb[..., 2]) / 2).mean())


green_excess.version = 3


@pytest.fixture
def registered(monkeypatch):
    entry = EntryPoint("green_excess", f"{__name__}:green_excess", module.GROUP)
    monkeypatch.setattr(module, "entry_points", lambda group: [entry] if group == module.GROUP else [])
    module.user_metrics.cache_clear()
    yield
    module.user_metrics.cache_clear()


@pytest.mark.usefixtures("registered")
def test_it_is_in_the_catalogue():
    metric = scanned_metrics()[-1]
    assert (metric.key, metric.title, metric.needs, metric.version) == ("green_excess", "Green Excess", "user", 3)
    assert metric.description == "Green above the mean of red and blue."


@pytest.mark.usefixtures("registered")
def test_it_is_measured_and_left_empty_where_it_fails(tmp_path, caplog):
    (tmp_path / "good.png").write_bytes(encoded(flat((10, 50, 30)), "PNG"))
    (tmp_path / "bad.png").write_bytes(encoded(flat((10, 50, 30), 1, 1), "PNG"))
    rows = next(scan_images(["good.png", "bad.png", "bad.png"], str(tmp_path)))
    assert rows["green_excess"].to_pylist() == [30, None, None]
    assert rows["problem"].to_pylist() == [None, None, None]
    assert caplog.text.count("too small") == 1

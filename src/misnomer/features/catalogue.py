"""Every metric that a scan measures. Importing it loads no image library."""

from misnomer.features.header import header_metric
from misnomer.features.pixel_metrics import pixel_metric
from misnomer.features.user_metrics import user_metrics
from misnomer.schema import Metric

HEADER_AND_PIXEL_METRICS: tuple[Metric, ...] = (
    *(definition.metric for definition in header_metric),
    *(definition.metric for definition in pixel_metric),
)


def scanned_metrics() -> tuple[Metric, ...]:
    """The header and pixel metrics and the user's own, in the order of ``scan_images``' columns."""
    return (*HEADER_AND_PIXEL_METRICS, *(definition.metric for definition in user_metrics()))

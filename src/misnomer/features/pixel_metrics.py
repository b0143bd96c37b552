"""The pixel metrics, one function each. To add a metric, add a function here, and its page in docs/metrics.

They measure the reduced image (see decode), so a value does not depend on the file's resolution.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from misnomer.features.definition import Definitions

if TYPE_CHECKING:
    from misnomer.features.pixels import Pixels

pixel_metric: "Definitions[Pixels]" = Definitions("pixels")


@pixel_metric(title="Brightness", formula="mean of luma Y", high=1)
def brightness(image: "Pixels") -> float:
    """How light the image is: 0 is black, 1 is white."""
    return image.mean(299, 587, 114) / 255_000


@pixel_metric(title="Contrast", formula="standard deviation of luma Y", high=0.5)
def contrast(image: "Pixels") -> float:
    """How far apart light and dark are: 0 is one flat tone, 0.5 is half black, half white."""
    return image.deviation(299, 587, 114) / 255_000


@pixel_metric(title="Sharpness", formula="variance of the 3 × 3 Laplacian of luma Y")
def sharpness(image: "Pixels") -> float:
    """How much fine detail there is: blurred images are near 0."""
    import cv2

    laplacian = cv2.Laplacian(image.luma, cv2.CV_32F)
    return max(0.0, float(cv2.norm(laplacian)) ** 2 / image.count - cv2.mean(laplacian)[0] ** 2)


@pixel_metric(title="Red Values", formula="fraction of pixels: H in [0, 10] ∪ [170, 179], S ≥ 50, V ≥ 40", high=1)
def red_values(image: "Pixels") -> float:
    """Share of the image that is red."""
    return image.fraction_with_hue(0, 10) + image.fraction_with_hue(170, 179)


@pixel_metric(title="Green Values", formula="fraction of pixels: H in [35, 75], S ≥ 50, V ≥ 40", high=1)
def green_values(image: "Pixels") -> float:
    """Share of the image that is green."""
    return image.fraction_with_hue(35, 75)


@pixel_metric(title="Blue Values", formula="fraction of pixels: H in [90, 130], S ≥ 50, V ≥ 40", high=1)
def blue_values(image: "Pixels") -> float:
    """Share of the image that is blue."""
    return image.fraction_with_hue(90, 130)


@pixel_metric(title="Saturation", formula="mean of S/255, S of 8-bit HSV", high=1)
def saturation(image: "Pixels") -> float:
    """How pure the colours are: 0 is grey."""
    import cv2

    return cv2.sumElems(image.hsv)[1] / (255 * image.count)


@pixel_metric(
    title="Colourfulness",
    formula="√(σ²(R−G) + σ²((R+G)/2−B)) + 0.3 √(μ²(R−G) + μ²((R+G)/2−B)), R, G, B in 0–255",
)
def colourfulness(image: "Pixels") -> float:
    """How colourful the image looks: 0 is grey, about 30 moderate, above 80 high.

    Source: Hasler and Süsstrunk 2003, "Measuring colourfulness in natural images".
    """
    red_green, yellow_blue = (1, -1, 0), (1, 1, -2)  # the second doubled
    spread = math.hypot(image.deviation(*red_green), image.deviation(*yellow_blue) / 2)
    return spread + 0.3 * math.hypot(image.mean(*red_green), image.mean(*yellow_blue) / 2)


@pixel_metric(title="Dark Clipping", formula="fraction of pixels: Y ≤ 2/255", high=1)
def dark_clipping(image: "Pixels") -> float:
    """Share of the image that is black, its detail lost in shadow."""
    return int(np.count_nonzero(image.luma <= np.float32(2 / 255))) / image.count


@pixel_metric(title="Light Clipping", formula="fraction of pixels: Y ≥ 253/255", high=1)
def light_clipping(image: "Pixels") -> float:
    """Share of the image that is white, its detail lost in light."""
    return int(np.count_nonzero(image.luma >= np.float32(253 / 255))) / image.count


@pixel_metric(title="Entropy", formula="−Σ p log₂ p over the 256-bin histogram of luma Y", high=8, unit="bits")
def entropy(image: "Pixels") -> float:
    """How evenly the tones are spread: 0 is one tone, 8 is all of them equally often."""
    occurring = image.luma_histogram[image.luma_histogram > 0].astype(np.float64)
    fractions = occurring / image.count
    return max(0.0, -float((fractions * np.log2(fractions)).sum()))

"""The pixels of one image in the forms that the pixel metrics share, each computed once."""

import math

import cv2
import numpy as np

_MILLI_LUMA = np.array([[299, 587, 114]], np.float32)


class Pixels:
    """An image of 8-bit sRGB pixels.

    Attributes:
        rgb: (h, w, 3) uint8.
        luma: (h, w) float32, (0.299 R + 0.587 G + 0.114 B)/255 in [0, 1], correctly rounded.
        luma_histogram: (256,) float32, number of pixels by luma · 255, rounded.
        hsv: (h, w, 3) uint8, OpenCV's 8-bit HSV: H 0–179, S and V 0–255.
        hue_histogram: (180,) float32, number of pixels with S ≥ 50 and V ≥ 40 by H.
        sums: of R, G and B, exact.
        products: sums of R·R, G·G, B·B, R·G, R·B and G·B, exact.
    """

    def __init__(self, rgb: np.ndarray) -> None:
        self.rgb = rgb
        milli_luma = cv2.transform(rgb.astype(np.float32), _MILLI_LUMA)
        self.luma: np.ndarray = milli_luma / np.float32(255_000)
        self.luma_histogram = _histogram(cv2.convertScaleAbs(milli_luma, alpha=1 / 1000))
        self.hsv: np.ndarray = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
        hue, saturation, value = cv2.split(self.hsv)  # inRange of all three costs twice as much
        dull = cv2.bitwise_or(_up_to(saturation, 49), _up_to(value, 39))
        hue_or_255 = cv2.bitwise_or(hue, dull)  # calcHist's mask costs three times as much
        self.hue_histogram = _histogram(hue_or_255)[:180]
        self.sums = [int(value) for value in cv2.sumElems(rgb)[:3]]
        self.products = _products(*cv2.split(rgb))

    @property
    def count(self) -> int:
        """Number of pixels."""
        return self.luma.size

    def fraction_with_hue(self, low: int, high: int) -> float:
        """Fraction of pixels with H in [low, high], S ≥ 50 and V ≥ 40."""
        return float(self.hue_histogram[low : high + 1].sum()) / self.count

    def mean(self, red: int, green: int, blue: int) -> float:
        """Mean of ``red`` · R + ``green`` · G + ``blue`` · B."""
        return self._sum(red, green, blue) / self.count

    def deviation(self, red: int, green: int, blue: int) -> float:
        """Standard deviation of ``red`` · R + ``green`` · G + ``blue`` · B; computed in whole numbers, so exact."""
        weights = (red * red, green * green, blue * blue, 2 * red * green, 2 * red * blue, 2 * green * blue)
        squares = sum(weight * product for weight, product in zip(weights, self.products, strict=True))
        return math.sqrt(self.count * squares - self._sum(red, green, blue) ** 2) / self.count

    def _sum(self, red: int, green: int, blue: int) -> int:
        return red * self.sums[0] + green * self.sums[1] + blue * self.sums[2]


def _up_to(channel: np.ndarray, most: int) -> np.ndarray:
    """255 where a channel is at most this, else 0."""
    return cv2.threshold(channel, most, 255, cv2.THRESH_BINARY_INV)[1]


def _histogram(values: np.ndarray) -> np.ndarray:
    counts: np.ndarray = cv2.calcHist([values], [0], None, [256], [0, 256])
    return counts.ravel()


def _products(red: np.ndarray, green: np.ndarray, blue: np.ndarray) -> list[int]:
    """Sums of products: of two channels from their difference, 2 R·G = R·R + G·G − (R − G)²."""
    squares = [round(cv2.norm(channel, cv2.NORM_L2SQR)) for channel in (red, green, blue)]
    differences = [round(cv2.norm(*pair, cv2.NORM_L2SQR)) for pair in ((red, green), (red, blue), (green, blue))]
    pairs = ((squares[0], squares[1]), (squares[0], squares[2]), (squares[1], squares[2]))
    return squares + [(sum(pair) - apart) // 2 for pair, apart in zip(pairs, differences, strict=True)]

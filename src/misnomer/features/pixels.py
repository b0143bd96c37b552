"""The pixels of one image in the forms that the pixel metrics share, each computed once."""

import cv2
import numpy as np

# Luma · 1000 and the two opponent axes R−G and (R+G)/2−B in one pass over R, G, B.
_OPPONENT_AXES = np.array([[299, 587, 114], [1, -1, 0], [0.5, 0.5, -1]], np.float32)


class Pixels:
    """An image of 8-bit sRGB pixels.

    Attributes:
        rgb: (h, w, 3) uint8.
        opponents: (h, w, 3) float32; 299 R + 587 G + 114 B, R − G, (R + G)/2 − B, all exact.
        means, deviations: (3,) float64, of the opponents.
        luma: (h, w) float32, (0.299 R + 0.587 G + 0.114 B)/255 in [0, 1], correctly rounded.
        luma_histogram: (256,) float32, number of pixels by luma · 255, rounded.
        hsv: (h, w, 3) uint8, OpenCV's 8-bit HSV: H 0–179, S and V 0–255.
        hue_histogram: (180,) float32, number of pixels with S ≥ 50 and V ≥ 40 by H.
    """

    def __init__(self, rgb: np.ndarray) -> None:
        self.rgb = rgb
        self.opponents: np.ndarray = cv2.transform(rgb.astype(np.float32), _OPPONENT_AXES)
        means, deviations = cv2.meanStdDev(self.opponents)
        self.means, self.deviations = means[:, 0], deviations[:, 0]
        milli_luma = cv2.extractChannel(self.opponents, 0)
        self.luma: np.ndarray = milli_luma / np.float32(255_000)
        luma_8_bit = cv2.convertScaleAbs(milli_luma, alpha=1 / 1000)
        self.luma_histogram = cv2.calcHist([luma_8_bit], [0], None, [256], [0, 256]).ravel()
        self.hsv: np.ndarray = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)
        vivid = cv2.inRange(self.hsv, (0, 50, 40), (179, 255, 255))
        self.hue_histogram = cv2.calcHist([self.hsv], [0], vivid, [180], [0, 180]).ravel()

    @property
    def count(self) -> int:
        """Number of pixels."""
        return self.luma.size

    def fraction_with_hue(self, low: int, high: int) -> float:
        """Fraction of pixels with H in [low, high], S ≥ 50 and V ≥ 40."""
        return float(self.hue_histogram[low : high + 1].sum()) / self.count

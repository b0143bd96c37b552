"""The default embedder equals the network that PyTorch runs with the same weights.

``efficientnet_lite0.npy`` holds the features of ``pictures()`` before the classifier, (4, 1280) float32, by PyTorch
2.13.0 and efficientnet-lite-pytorch 0.1.0 in ``eval`` mode, of (pixel − 127)/128.
"""

from pathlib import Path

import numpy as np

from misnomer.features.embedders.find import find_embedder
from tests.reference.pictures import pictures

KNOWN = np.load(Path(__file__).with_name("efficientnet_lite0.npy"))


def test_the_default_embedder_gives_the_features_of_the_original_network() -> None:
    features = find_embedder("efficientnet-lite0").embed(pictures())
    np.testing.assert_allclose(features, KNOWN, rtol=1e-4, atol=2e-5)


def test_a_picture_has_the_same_features_alone_and_among_others() -> None:
    embedder = find_embedder("efficientnet-lite0")
    np.testing.assert_allclose(embedder.embed(pictures()[2:3]), KNOWN[2:3], rtol=1e-4, atol=2e-5)

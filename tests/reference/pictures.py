"""Pictures that any machine draws alike."""

import numpy as np


def pictures(side_px: int = 224) -> np.ndarray:
    """A gradient, a chequerboard, rings, and noise: (4, side, side, 3) uint8."""
    y, x = np.mgrid[:side_px, :side_px]
    gradient = np.stack([x * 255 // side_px, y * 255 // side_px, (x + y) * 255 // (2 * side_px)], axis=-1)
    board = np.where(((x // 16 + y // 16) % 2 == 0)[..., None], [230, 40, 40], [20, 20, 200])
    rings = np.stack([(x - 112) ** 2 + (y - 112) ** 2] * 3, axis=-1) // [40, 60, 80] % 256
    noise = np.random.default_rng(7).integers(0, 256, (side_px, side_px, 3))
    return np.stack([gradient, board, rings, noise]).astype(np.uint8)

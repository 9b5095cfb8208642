"""OutlineColor: the colour of a thin line over a frame: the object's own, or one that stands out.

A red outline on a red cup cannot be seen. What lies under a pixel is the mean of its surroundings, so that
the colour does not change with every speck.
"""

import numpy as np
from numpy.typing import NDArray

from skn_annotator.arrays import Frame

_APART, _BLOCK = 4, 4
"""Every fourth pixel of the frame counts, and 4 x 4 of these make one mean."""
_STANDS_OUT = 120.0
"""Distance of two colours, RGB 0-255, from which on a line of one pixel is seen on the other."""
_BRIGHT = 140.0
"""Luma from which on black is seen better than white."""
_WHITE, _BLACK = 0xFFFFFFFF, 0xFF000000
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


class OutlineColor:
    """Chooses for one frame."""

    def __init__(self, rgb: Frame) -> None:
        """`rgb` is the frame, (H, W, 3)."""
        some = rgb[::_APART, ::_APART].astype(np.float32)
        height, width = (max(1, side // _BLOCK) for side in some.shape[:2])
        whole = some[: height * _BLOCK, : width * _BLOCK]
        if whole.shape[0] >= _BLOCK and whole.shape[1] >= _BLOCK:
            blocks = whole.reshape(height, _BLOCK, width, _BLOCK, 3)
            self._means: NDArray[np.float32] = blocks.mean(axis=(1, 3))
        else:
            self._means = some.mean(axis=(0, 1), keepdims=True)

    def choose(
        self, own: NDArray[np.uint32], rows: NDArray[np.intp], columns: NDArray[np.intp]
    ) -> NDArray[np.uint32]:
        """Opaque ARGB (n,) for the pixels at `rows`, `columns`; `own`: the colours of their objects, ARGB."""
        side = _APART * _BLOCK
        height, width = self._means.shape[:2]
        under = self._means[np.minimum(rows // side, height - 1), np.minimum(columns // side, width - 1)]
        colors = np.stack([own >> 16 & 255, own >> 8 & 255, own & 255], axis=-1).astype(np.float32)
        hidden = ((colors - under) ** 2).sum(axis=-1) < _STANDS_OUT**2
        plain = np.where(under @ _LUMA > _BRIGHT, np.uint32(_BLACK), np.uint32(_WHITE))
        return np.where(hidden, plain, own)

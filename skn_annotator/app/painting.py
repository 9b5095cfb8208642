"""Stroke: one press, drag and release of a brush or an eraser, on a copy of one frame's mask.

The mask that is being painted lives here until the button is released; only then does it become an `Edit`.
The pixels are `annotation.raster`'s business.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.raster import paint_stroke

Point = tuple[float, float]
Rect = tuple[int, int, int, int]
"""(x0, y0, x1, y1), half-open."""


class Stroke:
    """Paints `value` (0 erases) along the points that it is given."""

    def __init__(
        self, t: int, mask: NDArray[np.uint8], value: int, radius: float, protect: Iterable[int]
    ) -> None:
        """`mask`: writable uint8 (H, W), painted in place. `protect`: ids whose pixels stay as they are."""
        self.t = t
        self.mask = mask
        self.erases = value == 0
        self.name = "Eraser" if self.erases else "Brush"
        self._value = value
        self._radius = radius
        self._protect = frozenset(protect)
        self._last: Point | None = None

    def to(self, xy: Point) -> Rect | None:
        """Paint from the last point to `xy`, image coordinates; return what changed, None if nothing did."""
        start = self._last or xy
        self._last = xy
        return paint_stroke(self.mask, start, xy, self._radius, self._value, self._protect)

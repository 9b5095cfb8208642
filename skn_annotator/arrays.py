"""The arrays and tuples that cross package borders, each named once. Nothing here computes.

Sizes are (H, W), points (x, y); pixel (x, y) covers [x, x + 1) x [y, y + 1).
"""

import numpy as np
import numpy.typing as npt

Frame = npt.NDArray[np.uint8]
"""RGB (H, W, 3) uint8."""
Mask = npt.NDArray[np.uint8]
"""Object ids (H, W) uint8, 0 background, 255 void."""
Pixels = npt.NDArray[np.bool_]
"""A set of pixels, (H, W) bool."""

Size = tuple[int, int]
"""(H, W) in pixels, or in cells where that is said."""
Point = tuple[float, float]
"""(x, y) in pixels of the frame."""
Rect = tuple[int, int, int, int]
"""(x0, y0, x1, y1) in pixels, half-open: x1 and y1 lie outside."""

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
Alpha = npt.NDArray[np.float32]
"""How much of each pixel is an object's, (H, W) float32, 0 to 1."""
Probabilities = npt.NDArray[np.float32]
"""Of the background and of O objects in each pixel, (1 + O, H, W) float32; they sum to 1."""
FrameStack = npt.NDArray[np.uint8]
"""Frames of one size, RGB (T, H, W, 3) uint8."""
MaskStack = npt.NDArray[np.uint8]
"""Their masks, (T, H, W) uint8."""
Colors = npt.NDArray[np.uint8]
"""RGB of each id, (256, 3) uint8."""
Color = tuple[int, int, int]
"""RGB, 0 to 255."""
Matrix = npt.NDArray[np.float64]
"""From pixels (x, y, 1) of one picture to those of another, (3, 3) float64."""
Vector = npt.NDArray[np.float64]
"""A way in the frame, (x, y) float64, to reckon with."""
PlanePoints = npt.NDArray[np.complex128]
"""Points of the frame's plane, (N,) complex128: x + iy."""
Shares = npt.NDArray[np.float64]
"""Of a way or a line, how much lies before each of N places on it, (N,) float64."""
ColorMap = npt.NDArray[np.float32]
"""Colours, or functions of them, in each pixel, (H, W, C) float32."""
MapPoints = npt.NDArray[np.float32]
"""Places on a map, between its pixels, too, (2, N) float32: x and y."""
Numbers = npt.NDArray[np.intp]
"""Of rows, of columns, or of places in a list, (N,) intp."""
CellMap = npt.NDArray[np.float32]
"""A number per cell of a grid, (H, W) float32."""
Regions = npt.NDArray[np.float32]
"""What is seen of each frame of a training clip, (T, 3) float32: zoom, x, y (`training.regions`)."""

Size = tuple[int, int]
"""(H, W) in pixels, or in cells where that is said."""
Point = tuple[float, float]
"""(x, y) in pixels of the frame."""
Rect = tuple[int, int, int, int]
"""(x0, y0, x1, y1) in pixels, half-open: x1 and y1 lie outside."""

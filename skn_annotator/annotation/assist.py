"""Assisted selection without a network: GrabCut from a box or strokes, and a magnetic lasso.

GrabCut: Rother, Kolmogorov and Blake, "GrabCut: interactive foreground extraction using iterated graph cuts",
2004. Lasso: Mortensen and Barrett, "Intelligent scissors for image composition", 1995. Both are OpenCV's.
Nothing here touches a mask: `raster.paint_region` and `raster.paint_polygon` take what comes out.
"""

from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.raster import paint_stroke
from skn_annotator.arrays import Frame, Point, Rect, Region

WORKING_SIDE = 320
"""GrabCut works on at most so many pixels a side, so that it takes about a quarter of a second."""
REACH = 200
"""The lasso follows edges within so many pixels of its anchor."""


class GrabCut:
    """A selection that starts from a box, or from strokes alone, and that strokes refine."""

    def __init__(self, rgb: Frame, box: Rect | None = None) -> None:
        """`rgb` is the frame, (H, W, 3); `box` holds all of the object, None: strokes will tell of it."""
        height, width = rgb.shape[:2]
        x0, y0, x1, y1 = box or (0, 0, width, height)
        around_x, around_y = (
            (x1 - x0) // 2,
            (y1 - y0) // 2,
        )  # half the box on every side: background to learn from
        left, top = max(0, x0 - around_x), max(0, y0 - around_y)
        part = rgb[top : y1 + around_y, left : x1 + around_x]
        self._origin, self._size = (left, top), part.shape[:2]
        self._scale = min(1.0, WORKING_SIDE / max(self._size))
        self._image = np.ascontiguousarray(
            cv2.resize(part, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_AREA)
        )
        self._classes = np.full(self._image.shape[:2], cv2.GC_BGD if box else cv2.GC_PR_BGD, np.uint8)
        if box:
            (inner_x0, inner_y0), (inner_x1, inner_y1) = self._inner((x0, y0)), self._inner((x1, y1))
            inside = np.s_[floor(inner_y0) : ceil(inner_y1), floor(inner_x0) : ceil(inner_x1)]
            self._classes[inside] = cv2.GC_PR_FGD
        self._colors = (
            np.zeros((1, 65)),
            np.zeros((1, 65)),
        )  # OpenCV's Gaussian mixtures, background and object
        self._learned = False

    def stroke(self, start_xy: Point, end_xy: Point, radius: float, inside: bool) -> None:
        """Declare the pixels under a brush stroke as object, or with `inside` False as background."""
        value = cv2.GC_FGD if inside else cv2.GC_BGD
        paint_stroke(self._classes, self._inner(start_xy), self._inner(end_xy), radius * self._scale, value)

    def region(self, iterations: int = 3) -> tuple[Region, tuple[int, int]]:
        """The selection, bool (h, w), and the frame's pixel (x, y) that its first one lies on.

        Empty while there is neither a box nor a stroke inside.
        """
        if np.isin(self._classes, (cv2.GC_FGD, cv2.GC_PR_FGD)).any() and (self._classes % 2 == 0).any():
            cv2.setRNGSeed(0)  # OpenCV's k-means is random: the same strokes must give the same selection
            mode = cv2.GC_EVAL if self._learned else cv2.GC_INIT_WITH_MASK
            nowhere = (0, 0, 0, 0)  # the box is drawn into the classes already
            cv2.grabCut(self._image, self._classes, nowhere, *self._colors, iterations, mode)
            self._learned = True
        selected = (self._classes % 2 == 1).astype(np.float32)  # GC_FGD and GC_PR_FGD
        height, width = self._size
        return cv2.resize(selected, (width, height), interpolation=cv2.INTER_LINEAR) > 0.5, self._origin

    def _inner(self, xy: Point) -> Point:
        x, y = self._origin
        return (xy[0] - x) * self._scale, (xy[1] - y) * self._scale


class MagneticLasso:
    """A line from an anchor to the cursor that keeps to the edges of the picture."""

    def __init__(self, rgb: Frame) -> None:
        """`rgb` is the frame, (H, W, 3)."""
        self._rgb = rgb
        self._scissors = cv2.segmentation.IntelligentScissorsMB()
        self._scissors.setEdgeFeatureCannyParameters(32, 100)
        self._scissors.setGradientMagnitudeMaxLimit(200)
        self._origin = (0, 0)
        self._size = (0, 0)

    def anchor(self, xy: Point) -> None:
        """Start at `xy`, a point of the frame; it takes some 50 ms, `path_to` then next to nothing."""
        height, width = self._rgb.shape[:2]
        x, y = min(max(floor(xy[0]), 0), width - 1), min(max(floor(xy[1]), 0), height - 1)
        left, top = max(0, x - REACH), max(0, y - REACH)
        part = np.ascontiguousarray(self._rgb[top : y + REACH + 1, left : x + REACH + 1])
        self._origin, self._size = (left, top), part.shape[:2]
        self._scissors.applyImage(part)
        self._scissors.buildMap((x - left, y - top))

    def path_to(self, xy: Point) -> NDArray[np.float64]:
        """The line from the anchor to `xy`: points (x, y), float (n, 2).

        Farther than `REACH` from the anchor it goes straight on.
        """
        left, top = self._origin
        height, width = self._size
        x, y = min(max(floor(xy[0]) - left, 0), width - 1), min(max(floor(xy[1]) - top, 0), height - 1)
        path = self._scissors.getContour((x, y)).reshape(-1, 2)
        return np.vstack([path + np.array([left + 0.5, top + 0.5]), xy])

"""Assisted selection without a network: GrabCut from a box and strokes, and a magnetic lasso.

GrabCut: Rother, Kolmogorov and Blake, "GrabCut: interactive foreground extraction using iterated graph cuts",
2004. Lasso: Mortensen and Barrett, "Intelligent scissors for image composition", 1995. Both are OpenCV's.
Nothing here touches a mask: `raster.paint_region` and `raster.paint_polygon` take what comes out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.raster import paint_stroke
from skn_annotator.arrays import Frame, Point, Rect

WORKING_SIDE = 320
"""GrabCut works on at most so many pixels a side, so that it takes about a quarter of a second."""
_ITERATIONS = 3
_REACH_OF_STROKE, _REACH_IN_BOX = 3.0, 0.15
"""A stroke changes what is nearer than three times its radius, or 15 % of the box's longer side."""
REACH = 200
"""The lasso follows edges within so many pixels of its anchor."""


@dataclass(frozen=True)
class Scribble:
    """A piece of a stroke over what belongs to the object (`inside`), or over what does not."""

    start: Point
    end: Point
    radius: float
    inside: bool


@dataclass(frozen=True)
class Cut:
    """The state of GrabCut: a class per pixel, and the Gaussian mixtures of background and object."""

    classes: NDArray[np.uint8]
    background: NDArray[np.float64]
    object: NDArray[np.float64]

    @property
    def is_empty(self) -> bool:
        """True if nothing is selected."""
        return not (self.classes % 2 == 1).any()


class GrabCut:
    """A selection in a box. Each stroke makes a new `Cut` of the one before, so that it can be taken back."""

    def __init__(self, rgb: Frame, box: Rect) -> None:
        """`rgb` is the frame, (H, W, 3); `box` holds all of the object."""
        x0, y0, x1, y1 = box
        # half the box on every side: background to learn from
        around_x, around_y = (x1 - x0) // 2, (y1 - y0) // 2
        left, top = max(0, x0 - around_x), max(0, y0 - around_y)
        part = rgb[top : y1 + around_y, left : x1 + around_x]
        self._box = box
        self._origin, self._size = (left, top), part.shape[:2]
        self._scale = min(1.0, WORKING_SIDE / max(self._size))
        self._image = np.ascontiguousarray(
            cv2.resize(part, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_AREA)
        )

    def first(self) -> Cut:
        """What stands out in the box."""
        classes = np.full(self._image.shape[:2], cv2.GC_BGD, np.uint8)
        x0, y0, x1, y1 = self._box
        (inner_x0, inner_y0), (inner_x1, inner_y1) = self._inner((x0, y0)), self._inner((x1, y1))
        inside = np.s_[floor(inner_y0) : ceil(inner_y1), floor(inner_x0) : ceil(inner_x1)]
        classes[inside] = cv2.GC_PR_FGD
        return self._computed(Cut(classes, np.zeros((1, 65)), np.zeros((1, 65))), True)

    def refined(self, cut: Cut, stroke: Iterable[Scribble]) -> Cut:
        """`cut` after a stroke, which decides the pixels under it, and changes only its neighbourhood."""
        classes, near = cut.classes.copy(), np.zeros(cut.classes.shape, np.uint8)
        for each in stroke:
            start, end = self._inner(each.start), self._inner(each.end)
            value = cv2.GC_FGD if each.inside else cv2.GC_BGD
            paint_stroke(classes, start, end, each.radius * self._scale, value)
            paint_stroke(near, start, end, self._reach(each.radius) * self._scale, 1)
        distant = near == 0
        held = np.where(distant, classes % 2, classes)  # GC_BGD is 0, GC_FGD is 1: both are fixed
        found = self._computed(replace(cut, classes=held), cut.is_empty)
        return replace(found, classes=np.where(distant, classes, found.classes))

    def region(self, cut: Cut) -> tuple[NDArray[np.bool_], tuple[int, int]]:
        """The selection, bool (h, w), and the frame's pixel (x, y) that its first one lies on."""
        selected = (cut.classes % 2 == 1).astype(np.float32)  # GC_FGD and GC_PR_FGD
        height, width = self._size
        return cv2.resize(selected, (width, height), interpolation=cv2.INTER_LINEAR) > 0.5, self._origin

    def _reach(self, radius: float) -> float:
        """How far from the middle of a stroke the selection may change, in pixels of the frame."""
        x0, y0, x1, y1 = self._box
        return max(_REACH_OF_STROKE * radius, _REACH_IN_BOX * max(x1 - x0, y1 - y0))

    def _computed(self, cut: Cut, learns: bool) -> Cut:
        """`learns`: the mixtures are made anew, from the classes alone."""
        classes, background, foreground = cut.classes.copy(), cut.background.copy(), cut.object.copy()
        if (classes % 2 == 1).any() and (classes % 2 == 0).any():
            cv2.setRNGSeed(0)  # OpenCV's k-means is random: the same strokes must give the same selection
            mode = cv2.GC_INIT_WITH_MASK if learns else cv2.GC_EVAL
            nowhere = (0, 0, 0, 0)  # the box is drawn into the classes already
            cv2.grabCut(self._image, classes, nowhere, background, foreground, _ITERATIONS, mode)
        return Cut(classes, background, foreground)

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

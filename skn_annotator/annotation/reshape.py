"""Tools that change the shape of one object as a whole: fill its holes, grow, shrink, smooth, move it.

Like the tools of `raster` they change an id map, writable uint8 (H, W), in place, spare the ids in `protect`,
and return the bounds of the pixels that changed, None if none did.
"""

from collections.abc import Container
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.raster import bounds, paint_region, union
from skn_annotator.arrays import Mask, Pixels, Rect


def fill_holes(mask: Mask, object_id: int, protect: Container[int] = ()) -> Rect | None:
    """Fill the background that the object encloses; other objects in its holes stay."""
    found = _cut_out(mask, object_id, margin=0)
    if found is None:
        return None
    region, origin = found
    outside = np.pad((~region).astype(np.uint8), 1, constant_values=1)
    cv2.floodFill(outside, None, (0, 0), 2, 0, 0, 4)
    holes = (outside[1:-1, 1:-1] == 1) & (_under(mask, region, origin) == 0)
    return paint_region(mask, holes, object_id, protect, origin)


def grow(mask: Mask, object_id: int, pixels: float, protect: Container[int] = ()) -> Rect | None:
    """Grow the object by `pixels` on every side."""
    found = _cut_out(mask, object_id, margin=ceil(pixels))
    if found is None:
        return None
    region, origin = found
    return paint_region(mask, _distance(~region) <= pixels, object_id, protect, origin)


def shrink(mask: Mask, object_id: int, pixels: float) -> Rect | None:
    """Shrink the object by `pixels` on every side; what it leaves becomes background.

    The border of the image is no edge of the object.
    """
    found = _cut_out(mask, object_id, margin=1)
    if found is None:
        return None
    region, origin = found
    return paint_region(mask, region & (_distance(region) <= pixels), 0, (), origin)


def smooth(mask: Mask, object_id: int, radius: float, protect: Container[int] = ()) -> Rect | None:
    """Smooth the object's outline: spikes and notches finer than about `radius` pixels go."""
    found = _cut_out(mask, object_id, margin=ceil(3 * radius))
    if found is None:
        return None
    region, origin = found
    # Replicate the border, so that an object cut by the image's edge is not rounded there.
    blurred = cv2.GaussianBlur(region.astype(np.float32), (0, 0), radius, borderType=cv2.BORDER_REPLICATE)
    smoothed = blurred > 0.5
    removed = paint_region(mask, region & ~smoothed, 0, (), origin)
    return union(removed, paint_region(mask, smoothed & ~region, object_id, protect, origin))


def move(mask: Mask, object_id: int, dx: int, dy: int, protect: Container[int] = ()) -> Rect | None:
    """Move the object `dx` pixels to the right and `dy` down; what leaves the image is lost."""
    found = _cut_out(mask, object_id, margin=0)
    if found is None or (dx, dy) == (0, 0):
        return None
    region, (x, y) = found
    height, width = mask.shape
    left, top = x + dx, y + dy
    arriving = region[max(0, -top) : max(0, height - top), max(0, -left) : max(0, width - left)]
    removed = paint_region(mask, region, 0, (), (x, y))
    return union(removed, paint_region(mask, arriving, object_id, protect, (max(0, left), max(0, top))))


def _cut_out(mask: Mask, object_id: int, margin: int) -> tuple[Pixels, tuple[int, int]] | None:
    """The object, bool (h, w), cropped with `margin` pixels around it, and the crop's corner (x, y)."""
    region = mask == object_id
    found = bounds(region)
    if found is None:
        return None
    x0, y0, x1, y1 = found
    x0, y0 = max(0, x0 - margin), max(0, y0 - margin)
    return region[y0 : y1 + margin, x0 : x1 + margin], (x0, y0)


def _under(mask: Mask, region: Pixels, origin: tuple[int, int]) -> Mask:
    x, y = origin
    return mask[y : y + region.shape[0], x : x + region.shape[1]]


def _distance(region: Pixels) -> NDArray[np.float32]:
    """Distance of each pixel of `region` to the nearest pixel outside, between centres; float (h, w)."""
    distance = cv2.distanceTransform(region.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return distance.astype(np.float32, copy=False)

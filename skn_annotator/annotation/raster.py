"""Raster tools: they change an id map in place and return the rectangle that changed.

An id map is writable uint8 (H, W). Points are (x, y), float; pixel (x, y) covers [x, x + 1) x [y, y + 1), so
its centre is at (x + 0.5, y + 0.5). A tool costs what its shape covers, never what the image covers, so that
a stroke on a 4K frame is as quick as on a small one.
"""

from collections.abc import Container, Sequence
from itertools import pairwise
from math import ceil, floor, hypot, sqrt
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from skn_annotator.arrays import Mask, Pixels, Point, Rect, Size

Entry = TypeVar("Entry", np.uint8, np.bool_, np.uint32)

MIN_RADIUS = sqrt(0.5)
"""The radius of a one-pixel brush: a smaller disk could lie between the centres of pixels."""


def paint_stroke(
    mask: Mask, start_xy: Point, end_xy: Point, radius: float, value: int, protect: Container[int] = ()
) -> Rect | None:
    """Paint `value` where a round brush passes on its way from `start_xy` to `end_xy`.

    Every pixel whose centre lies within `radius` pixels (at least `MIN_RADIUS`) of the segment is set, except
    those that hold an id in `protect`. Returns the bounds of the pixels that changed, None if none did.
    """
    radius = max(radius, MIN_RADIUS)
    (x0, y0), (x1, y1) = start_xy, end_xy
    # In pieces as long as the brush is wide: one box round a diagonal stroke would cover far more.
    pieces = max(1, ceil(hypot(x1 - x0, y1 - y0) / max(2 * radius, 64)))
    stops = [(x0 + (x1 - x0) * i / pieces, y0 + (y1 - y0) * i / pieces) for i in range(pieces + 1)]
    allowed = _paintable(value, protect)
    changed: Rect | None = None
    for piece_start, piece_end in pairwise(stops):
        changed = union(changed, _paint_capsule(mask, piece_start, piece_end, radius, value, allowed))
    return changed


def paint_polygon(
    mask: Mask, points: Sequence[Point], value: int, protect: Container[int] = ()
) -> Rect | None:
    """Paint `value` inside of the closed line through `points`, but not over the ids in `protect`.

    A pixel is inside if its centre is, by the even-odd rule: where the line runs round an area twice, it is
    outside. Returns the bounds of the pixels that changed, None if none did.
    """
    corners = np.asarray(points, np.float64).reshape(-1, 2)
    height, width = mask.shape
    if len(corners) == 0:
        return None
    left, top = np.clip(np.floor(corners.min(axis=0)), 0, (width, height)).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(axis=0)), 0, (width, height)).astype(int)
    inside = _inside(corners - (left, top), (bottom - top, right - left))
    return paint_region(mask, inside, value, protect, (int(left), int(top)))


def paint_region(
    mask: Mask,
    region: Pixels,
    value: int,
    protect: Container[int] = (),
    origin: tuple[int, int] = (0, 0),
) -> Rect | None:
    """Paint `value` where `region`, bool (h, w), is true, but not over the ids in `protect`.

    `origin` is the pixel (x, y) of `mask` that the region's first one lies on; the region must fit. Returns
    the bounds of the pixels that changed, None if none did.
    """
    x, y = origin
    box = mask[y : y + region.shape[0], x : x + region.shape[1]]
    if not box.size:
        return None
    changed = region & look_up(_paintable(value, protect), box)
    box[changed] = value
    found = bounds(changed)
    return found and (x + found[0], y + found[1], x + found[2], y + found[3])


def flood_fill(mask: Mask, xy: Point, value: int, protect: Container[int] = ()) -> Rect | None:
    """Paint `value` over the pixel at `xy` and all of its id that touch it, side by side.

    Returns the bounds of the pixels that changed: None outside of the image, or on an id in `protect`.
    """
    x, y = floor(xy[0]), floor(xy[1])
    height, width = mask.shape
    if not (0 <= x < width and 0 <= y < height) or not _paintable(value, protect)[mask[y, x]]:
        return None
    _, _, _, (left, top, columns, rows) = cv2.floodFill(mask, None, (x, y), value, 0, 0, 4)
    return left, top, left + columns, top + rows


def look_up(table: NDArray[Entry], ids: Mask, out: NDArray[Entry] | None = None) -> NDArray[Entry]:
    """`table[ids]` for a table of 256 entries of 1 or 4 bytes, (h, w): ten times quicker than indexing.

    `out` has the table's type; its rows may lie apart, as those of a part of a picture do.
    """
    as_cv = {1: np.uint8, 4: np.int32}[table.itemsize]
    into = None if out is None else out.view(as_cv)
    return cv2.LUT(ids, table.view(as_cv), into).view(table.dtype)


def union(a: Rect | None, b: Rect | None) -> Rect | None:
    """The bounding rectangle of both; None: empty."""
    if a is None or b is None:
        return a or b
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def clear_object(mask: Mask, value: int) -> Rect | None:
    """The pixels that hold `value` become background."""
    held = mask == value
    mask[held] = 0
    return bounds(held)


def clear_outside(mask: Mask, points: Sequence[Point], value: int) -> Rect | None:
    """The pixels that hold `value` outside of the closed line through `points` become background."""
    inside = np.zeros_like(mask)
    paint_polygon(inside, points, 1)
    held = (mask == value) & (inside == 0)
    mask[held] = 0
    return bounds(held)


def bounds(region: Pixels) -> Rect | None:
    """The smallest rectangle that holds every true pixel of `region`, bool (H, W)."""
    columns = np.flatnonzero(region.any(axis=0))
    if columns.size == 0:
        return None
    rows = np.flatnonzero(region.any(axis=1))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _paintable(value: int, protect: Container[int]) -> Pixels:
    """Table of 256: True for ids that painting `value` may replace."""
    return np.array([i != value and i not in protect for i in range(256)])


def _inside(corners: NDArray[np.float64], size: Size) -> Pixels:
    """The pixels of a box of `size`, (h, w), whose centre lies inside of the polygon; bool (h, w)."""
    height, width = size
    (x0, y0), (x1, y1) = corners.T, np.roll(corners, -1, axis=0).T
    # The rows whose centre an edge crosses: from its upper end on, up to but without its lower.
    first = np.clip(np.ceil(np.minimum(y0, y1) - 0.5), 0, height).astype(int)
    stop = np.clip(np.ceil(np.maximum(y0, y1) - 0.5), 0, height).astype(int)
    edge = np.repeat(np.arange(len(corners)), stop - first)
    row = np.concatenate([np.arange(a, b) for a, b in zip(first, stop, strict=True)])
    slope = (x1 - x0)[edge] / (y1 - y0)[edge]
    column = np.clip(np.ceil(x0[edge] + (row + 0.5 - y0[edge]) * slope - 0.5), 0, width).astype(int)
    # Each crossing turns inside and outside round for the rest of its row.
    turns = np.zeros((height, width + 1), np.uint8)
    np.bitwise_xor.at(turns, (row, column), 1)
    return np.bitwise_xor.accumulate(turns, axis=1)[:, :width].view(bool)


def _paint_capsule(
    mask: Mask, start: Point, end: Point, radius: float, value: int, allowed: Pixels
) -> Rect | None:
    height, width = mask.shape
    left, right = max(0, floor(min(start[0], end[0]) - radius)), ceil(max(start[0], end[0]) + radius)
    top, bottom = max(0, floor(min(start[1], end[1]) - radius)), ceil(max(start[1], end[1]) + radius)
    box = mask[top : min(bottom, height), left : min(right, width)]
    if box.size == 0:
        return None
    dx = np.arange(left, left + box.shape[1], dtype=np.float32) + np.float32(0.5 - start[0])
    dy = (np.arange(top, top + box.shape[0], dtype=np.float32) + np.float32(0.5 - start[1]))[:, None]
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    squared = max(along_x**2 + along_y**2, 1e-9)  # a click: start and end are one point
    # The nearest point of the segment, as its share of the way.
    share = np.clip(dx * (along_x / squared) + dy * (along_y / squared), 0, 1)
    distance = (dx - share * along_x) ** 2 + (dy - share * along_y) ** 2
    changed = (distance <= radius**2) & allowed[box]
    box[changed] = value
    found = bounds(changed)
    return found and (left + found[0], top + found[1], left + found[2], top + found[3])

"""Fine edges: masks that follow the edges of the picture, not those of the network's coarse map.

The network decides on every fourth pixel of what it sees, and of a large frame it sees a small one. In
between, an object ends where the picture shows an edge: near the masks' edges the probabilities go through
the fast guided filter, fitted on fewer pixels than it is applied to [choice; docs/experiments.md has the
figures]. What is memorized stays as the network has it.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from skn_annotator.arrays import Alpha, ColorMap, Frame, MapPoints, Mask, Numbers, Pixels, Size
from skn_annotator.guided_filter import in_unit, linear_functions
from skn_annotator.inference.region import Region, likeliest

_SHRINK = 2
"""Pixels of the network's frame per pixel that the function of the colours is fitted on."""
_RADIUS = 3
"""A neighbourhood has so many of those on each side, in a pass."""
_SMOOTH = 1e-4
"""The variance of colours, in [0, 1] squared, below which a neighbourhood has no edge to speak of."""
_GRAIN = 3
"""Pixels of a pass's frame, on each side of a square, whose mean colour counts: single ones are noise."""
_LEFT = 0.5
"""An object that would lose more than this share of its pixels loses none."""
_LEAST = 1e-4
"""The least probability: the logarithm of none is no number."""

_WIDTH = 1024  # of tables of pixels

_Picture = TypeVar("_Picture", Frame, Alpha)


class NearEdges(NamedTuple):
    """N pixels of a picture, and the probability of each of O objects there."""

    rows: Numbers
    columns: Numbers
    shares: npt.NDArray[np.float32]
    """(O, N)."""


class FineMasks(NamedTuple):
    """What follows the picture's edges, on the h x w source pixels of a region's rectangle."""

    logits: Tensor
    """(1, 1 + O, h, w), background first; near edges they are logarithms of probabilities."""
    mask: Mask
    """(h, w): the id with the largest one."""


def with_fine_edges(
    region: Region, logits: Tensor, probability: Tensor, frame: Frame, ids: Sequence[int]
) -> FineMasks:
    """Merged `logits` (1, 1 + O, H', W') of a region, background first, and their softmax `probability` ->
    what follows the edges of the picture. `frame` (H, W, 3) is the whole one, `ids` are the objects'."""
    inside = region.inside(logits)
    table, places = np.array([0, *ids], np.uint8), likeliest(inside, range(1, logits.shape[1]))
    x0, y0, x1, y1 = region.box
    planes = probability[0, 1:, : region.scaled[0], : region.scaled[1]].float().cpu().numpy()
    picture = np.asarray(cv2.blur(frame[y0:y1, x0:x1], (_GRAIN, _GRAIN)), np.uint8)
    rows, columns, own = near_edges(picture, list(planes), _RADIUS)
    if not len(rows):
        return FineMasks(inside, table.take(places))
    shares = np.log(np.concatenate((1 - own.sum(0, keepdims=True), own)).clip(_LEAST, 1))
    found = likeliest(torch.from_numpy(shares)[None, ..., None], range(1, len(shares)))[:, 0]
    used = np.flatnonzero(~unsound(places, rows, columns, found))
    rows, columns = rows[used], columns[used]
    places[rows, columns] = found[used]
    if region.scaled == region.shape:  # then these are the network's own, which stay as they are
        inside = inside.clone()
    row, column = (torch.from_numpy(line).to(inside.device) for line in (rows, columns))
    inside[0, :, row, column] = torch.from_numpy(shares.take(used, 1)).to(inside)
    return FineMasks(inside, table.take(places))


def near_edges(picture: Frame, planes: Sequence[Alpha], radius: int) -> NearEdges:
    """The pixels of the `picture` (h, w, 3) that are near edges of objects, and what follows the picture
    there. `planes`: each object's probability on the whole picture as the network saw it, (H', W');
    `radius`: a neighbourhood has so many times `_SHRINK` of these pixels on each side."""
    small = -(-planes[0].shape[0] // _SHRINK), -(-planes[0].shape[1] // _SHRINK)
    planes = [_resized(plane, small) for plane in planes]
    bands = [_band(plane, radius) for plane in planes]
    size = picture.shape[0], picture.shape[1]
    rows, columns = _on_picture(np.logical_or.reduce(bands), size)
    found = np.empty((len(bands), len(rows)), np.float32)
    if not len(rows):
        return NearEdges(rows, columns, found)
    guide, colors = in_unit(_resized(picture, small)), in_unit(picture[rows, columns])
    places = _places(rows, columns, size, small)
    for own, plane, band in zip(found, planes, bands, strict=True):
        fitted = _fitted(plane, guide, band, radius)
        here = fitted.reached(places)
        if len(here) < len(rows):  # elsewhere the functions are constants: the probabilities themselves
            own[:] = _sampled(plane[..., None], places)[:, 0]
        if len(here):
            factors = fitted.at(places.take(here, 1))
            own[here] = np.einsum("nc,nc->n", factors[:, :3], colors.take(here, 0)) + factors[:, 3]
    return NearEdges(rows, columns, np.clip(found, 0, 1, out=found))


def _resized(picture: _Picture, size: Size) -> _Picture:
    """The same with (H, W) `size`."""
    larger = size[0] > picture.shape[0]
    resized = cv2.resize(picture, size[::-1], interpolation=cv2.INTER_LINEAR if larger else cv2.INTER_AREA)
    return np.asarray(resized, picture.dtype)


def unsound(before: Mask, rows: Numbers, columns: Numbers, after: Mask) -> Pixels:
    """Which of N pixels of a mask `before` (H, W) had better not become `after` (N,): specks, and those of
    objects that would be lost: of what is small or thin and looks like the ground the filter is a mere blur.
    """
    was = before[rows, columns]
    changed = was != after
    found = specks(before, rows, columns, after)
    areas = cv2.calcHist([before], [0], None, [256], [0, 256]).ravel()
    for i in np.flatnonzero(np.bincount(was[changed])):
        lost = changed & (was == i) & ~found
        if i and areas[i] - np.count_nonzero(lost) < _LEFT * areas[i]:
            found |= changed & ((was == i) | (after == i))
    return found


def specks(before: Mask, rows: Numbers, columns: Numbers, after: Mask) -> Pixels:
    """Which of N pixels of a mask `before` (H, W), if they become `after` (N,), lie in pieces of an id that
    have nothing of what it had: the picture's grain, no edge."""
    found, becomes = np.zeros(len(rows), bool), before.copy()
    becomes[rows, columns] = after
    changed = before[rows, columns] != after
    for i in np.flatnonzero(np.bincount(after[changed])):
        own = np.flatnonzero(changed & (after == i))
        row, column = rows[own], columns[own]
        top, left = row.min(), column.min()
        new = np.zeros((row.max() - top + 1, column.max() - left + 1), np.uint8)
        new[row - top, column - left] = 1
        count, pieces = cv2.connectedComponents(new, connectivity=4)
        piece, joined = pieces[row - top, column - left], np.zeros(count, bool)
        for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            beside = (row + down).clip(0, len(before) - 1), (column + right).clip(0, before.shape[1] - 1)
            joined[piece[(before[beside] == i) & (becomes[beside] == i)]] = True
        found[own] = ~joined[piece]
    return found


def _band(plane: Alpha, radius: int) -> Pixels:
    """Where an edge of the object is in a pixel's neighbourhood."""
    around, own = np.ones(2 * [2 * radius + 1], np.uint8), (plane > 0.5).astype(np.uint8)
    return np.asarray(cv2.dilate(own, around) != cv2.erode(own, around))


class _Fitted(NamedTuple):
    """Linear functions of the colours for one object on a part of a map: (h, w, 4), what red, green and blue
    count, and a constant, which alone is there along the part's sides inside the map."""

    functions: ColorMap
    corner: tuple[int, int]
    """The part's upper left one on the map, (x, y)."""
    size: Size
    """Of the map."""

    def reached(self, places: MapPoints) -> Numbers:
        """At which of the places (2, N), x and y on the map, the colours may count."""
        inside = np.ones(places.shape[1], bool)
        for line, start, side, most in zip(
            places, self.corner, self.functions.shape[1::-1], self.size[::-1], strict=True
        ):
            if start:
                inside &= line > start
            if start + side < most:
                inside &= line < start + side - 1
        return np.flatnonzero(inside)

    def at(self, places: MapPoints) -> ColorMap:
        """The functions at places that they reach, (N, 4)."""
        return _sampled(self.functions, places - np.array(self.corner, np.float32)[:, None])


def _fitted(plane: Alpha, picture: ColorMap, band: Pixels, radius: int) -> _Fitted:
    """What is right in the `band` of an object, whose probability is `plane`."""
    x, y, width, height = cv2.boundingRect(band.astype(np.uint8))
    # what is right on a pixel goes by those up to twice the radius away; one more, and colours count nowhere
    margin = 2 * radius
    inner, outer = (
        np.s_[max(0, y - more) : y + height + more, max(0, x - more) : x + width + more]
        for more in (margin, margin + 1)
    )
    functions = np.zeros((*plane.shape, 4), np.float32)
    functions[outer][..., 3] = plane[outer]
    if width:
        functions[inner] = linear_functions(picture[inner], plane[inner], radius, _SMOOTH)
    size = plane.shape[0], plane.shape[1]
    return _Fitted(functions[outer], (outer[1].start, outer[0].start), size)


def _sampled(of: ColorMap, places: MapPoints) -> ColorMap:
    """The values of a map (h, w, C) at the places (2, N), x and y: (N, C)."""
    count = places.shape[1]
    tables = np.zeros((2, -(-count // _WIDTH), _WIDTH), np.float32)  # `cv2.remap` takes no rows above 32,767
    for table, line in zip(tables, places, strict=True):
        table.ravel()[:count] = line
    found = cv2.remap(of, tables[0], tables[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32).reshape(-1, of.shape[2])[:count]


def _on_picture(band: Pixels, size: Size) -> tuple[Numbers, Numbers]:
    """The rows and columns of the pixels of a picture of `size` (H, W) that lie in the `band`."""
    lines, starts = [], []
    for axis, (side, small) in enumerate(zip(size, band.shape, strict=True)):
        line = ((np.arange(side) + 0.5) * (small / side)).astype(np.intp)
        used = np.flatnonzero(np.asarray(band.any(1 - axis))[line])
        starts.append(int(used[0]) if len(used) else 0)
        lines.append(line[starts[-1] : used[-1] + 1] if len(used) else line[:0])
    rows, columns = np.nonzero(band[lines[0]][:, lines[1]])
    return rows + starts[0], columns + starts[1]


def _places(rows: Numbers, columns: Numbers, size: Size, small: Size) -> MapPoints:
    """Where pixels of a picture of `size` lie on one that was resized to `small`: (2, N), x and y."""
    places = np.empty((2, len(rows)), np.float32)
    for line, along, axis in zip(places, (columns, rows), (1, 0), strict=True):
        line[:] = (along + 0.5) * (small[axis] / size[axis]) - 0.5
    return places

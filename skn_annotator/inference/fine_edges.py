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

from skn_annotator.arrays import Alpha, ColorMap, Frame, Mask, Pixels, Size
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

    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    shares: npt.NDArray[np.float32]
    """(O, N)."""


def with_fine_edges(region: Region, logits: Tensor, probability: Tensor, frame: Frame) -> Tensor:
    """Merged `logits` (1, 1 + O, H', W') of a region, background first, and their softmax `probability` ->
    the logits (1, 1 + O, h, w) of the rectangle's source pixels; near edges they are logarithms of what
    follows the picture.

    `frame` (H, W, 3) is the whole one.
    """
    inside = region.inside(logits)
    x0, y0, x1, y1 = region.box
    planes = probability[0, 1:, : region.scaled[0], : region.scaled[1]].float().cpu().numpy()
    picture = np.asarray(cv2.blur(frame[y0:y1, x0:x1], (_GRAIN, _GRAIN)), np.uint8)
    rows, columns, own = near_edges(picture, list(planes), _RADIUS)
    if not len(rows):
        return inside
    shares = np.concatenate((1 - own.sum(0, keepdims=True), own)).clip(_LEAST, 1)
    top, left = rows.min(), columns.min()
    part = inside[:, :, top : rows.max() + 1, left : columns.max() + 1]
    before = likeliest(part, range(1, len(shares)))
    after = before.copy()
    after[rows - top, columns - left] = shares.argmax(0)
    used = ~unsound(before, after)[rows - top, columns - left]
    if region.scaled == region.shape:  # then these are the network's own, which stay as they are
        inside = inside.clone()
    row, column = (torch.from_numpy(line[used]).to(inside.device) for line in (rows, columns))
    inside[0, :, row, column] = torch.from_numpy(np.log(shares[:, used])).to(inside)
    return inside


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
    guide = in_unit(_resized(picture, small))
    colors = in_unit(picture[rows, columns])
    places = _places(rows, columns, size, small)
    for own, plane, band in zip(found, planes, bands, strict=True):
        functions = _fitted(plane, guide, band, radius)
        factors = cv2.remap(functions, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        factors = factors.reshape(-1, 4)[: len(rows)]
        own[:] = (np.einsum("nc,nc->n", factors[:, :3], colors) + factors[:, 3]).clip(0, 1)
    return NearEdges(rows, columns, found)


def _resized(picture: _Picture, size: Size) -> _Picture:
    """The same with (H, W) `size`."""
    larger = size[0] > picture.shape[0]
    resized = cv2.resize(picture, size[::-1], interpolation=cv2.INTER_LINEAR if larger else cv2.INTER_AREA)
    return np.asarray(resized, picture.dtype)


def unsound(before: Mask, after: Mask) -> Pixels:
    """Which pixels of a mask `after` (H, W) are better left as in `before`: specks, and those of objects that
    would be lost: of what is small or thin and looks like the ground the filter is a mere blur."""
    found = specks(before, after)
    for i in np.flatnonzero(np.bincount(before[before != after])):
        had, has = before == i, after == i
        if i and np.count_nonzero(had & (has | found)) < _LEFT * np.count_nonzero(had):
            found |= had != has
    return found


def specks(before: Mask, after: Mask) -> Pixels:
    """Which pixels of a mask `after` (H, W) lie in pieces of an id that have nothing of what it had in
    `before`: the picture's grain, no edge."""
    found = np.zeros(after.shape, bool)
    rows, columns = np.nonzero(before != after)
    ids = after[rows, columns]
    around_before, around_after = np.pad(before, 1, mode="edge"), np.pad(after, 1, mode="edge")
    for i in np.flatnonzero(np.bincount(ids)):
        row, column = rows[ids == i], columns[ids == i]
        new = np.zeros(after.shape, np.uint8)
        new[row, column] = 1
        count, pieces = cv2.connectedComponents(new, connectivity=4)
        piece, joined = pieces[row, column], np.zeros(count, bool)
        for down, right in ((0, 1), (2, 1), (1, 0), (1, 2)):
            beside = row + down, column + right
            joined[piece[(around_before[beside] == i) & (around_after[beside] == i)]] = True
        found[row, column] = ~joined[piece]
    return found


def _band(plane: Alpha, radius: int) -> Pixels:
    """Where an edge of the object is in a pixel's neighbourhood."""
    around, own = np.ones(2 * [2 * radius + 1], np.uint8), (plane > 0.5).astype(np.uint8)
    return np.asarray(cv2.dilate(own, around) != cv2.erode(own, around))


def _fitted(plane: Alpha, picture: ColorMap, band: Pixels, radius: int) -> ColorMap:
    """The linear functions of the `picture`'s colours, (h, w, 4): what red, green and blue count, and a
    constant; right in the `band` of an object, whose probability is `plane`."""
    functions = np.zeros((*plane.shape, 4), np.float32)
    functions[..., 3] = plane
    x, y, width, height = cv2.boundingRect(band.astype(np.uint8))
    if not width:
        return functions
    margin = 2 * radius
    part = np.s_[max(0, y - margin) : y + height + margin, max(0, x - margin) : x + width + margin]
    functions[part] = linear_functions(picture[part], plane[part], radius, _SMOOTH)
    return functions


def _on_picture(band: Pixels, size: Size) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The rows and columns of the pixels of a picture of `size` (H, W) that lie in the `band`."""
    lines, starts = [], []
    for axis, (side, small) in enumerate(zip(size, band.shape, strict=True)):
        line = ((np.arange(side) + 0.5) * (small / side)).astype(np.intp)
        used = np.flatnonzero(np.asarray(band.any(1 - axis))[line])
        starts.append(int(used[0]) if len(used) else 0)
        lines.append(line[starts[-1] : used[-1] + 1] if len(used) else line[:0])
    rows, columns = np.nonzero(band[lines[0]][:, lines[1]])
    return rows + starts[0], columns + starts[1]


def _places(
    rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp], size: Size, small: Size
) -> tuple[Alpha, Alpha]:
    """Where pixels of a picture of `size` lie on one that was resized to `small`, x and y; as tables, since
    `cv2.remap` takes no rows of more than 32,767."""
    tables = np.zeros((2, -(-len(rows) // _WIDTH), _WIDTH), np.float32)
    for axis, along in ((1, columns), (0, rows)):
        places = (along + 0.5) * (small[axis] / size[axis]) - 0.5
        tables[1 - axis].ravel()[: len(along)] = places
    return tables[0], tables[1]

"""Pieces of a predicted mask that are taken for the object somewhere else: far ones and stray ones.

An object does not leap. So where a part of its mask is near its last one, what is far from there is a
look-alike: it is no part of the mask. Without that rule a second swan is taken along as soon as it raises
its neck, too, and the first one is lost [choice; docs/experiments.md has the figures].

Once an object has left the frame, or is hidden, the decoder gives its mask to what resembles it most: to the
woman when the dog is gone. The reader knows better. It reads more of the background than of the dog where the
woman is, for she was background all the time. So an object that is gone is found again only where most of
what is read shows it. What shows one that is smaller than a cell shows background, too: of that less is
enough where a piece is about as large as it.

Where a moving object uncovers ground that no memorized frame shows, the reader finds nothing that fits, and a
patch of it may be taken for the object. Once memorized it matches itself for ever. SKN's prior does not help:
it only chooses matched points. So a piece that is both small against the largest one and away from it is
neither memorized nor part of the last mask [choice]; it is still shown, for parts of an object do appear
elsewhere. An object that the user painted in such pieces is left as it is.
"""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from skn_annotator.arrays import CellMap, Pixels
from skn_annotator.model.network import STRIDE

_REACH = 0.5
"""A piece is far if it is farther from the last mask than this share of the object's size, the root of its
area."""
_FARTHER = 1.0
"""As much farther a piece may be as is missing of the object, of its size: it comes out behind a pole."""
_FITS = 1.2
"""Such a piece is at most so many times as large as what is missing."""
_HARDLY = 0.1
"""Where near pieces have less than this share of the last mask's area, the object is gone."""
STEP = 4
"""Pixels of the network's frame per pixel of the map that pieces are looked for on."""
_CELL = STRIDE // STEP
"""Pixels of the map along a side of a query cell."""
_READ = 0.5
"""An object that is gone is found again where at least this share of what is read shows it."""
_READ_OF_SMALL = 0.2
"""The same of one that is smaller than a cell."""
_SMALLER, _LARGER = 0.25, 3.0
"""So many times as large as it was is a piece that is about as large as a small object."""
_NEW = 0.05
"""A piece apart from the last mask is looked for on the last frame if it has more than this share of the
object's area; not one that fits what is missing: it may have come out from behind something."""
_SMALL = 0.3
"""A piece with less than this share of the largest piece's area counts as small."""
_AWAY = 4
"""A small piece farther than this from every large one is stray: map pixels, together a cell of 16 pixels."""
_FRINGE = 2
"""The margin around a stray piece that is removed with it, in map pixels."""


def far_pieces(
    own: Pixels,
    before: Pixels,
    *,
    size: float,
    known: float,
    read: Callable[[], CellMap],
    apart: bool = False,
    was_there: Callable[[Pixels], bool] = lambda piece: False,
) -> Pixels | None:
    """Where one object's mask `own` has what cannot be it; `before` is its last one, both bool, on the map.

    `size`: the object's of late, the root of its area; `known`: its square when the object was seen last;
    both in pixels of the map. `read`: gives for each query cell the share of what is read there that shows
    the object, 0-1. `apart`: whether it may have pieces anywhere. `was_there`: whether the last frame shows
    a piece beside the last mask (`old_ground`). None: nowhere.
    """
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(own.astype(np.uint8))
    size = max(size, 1.0)
    if count == 1:  # specks that the map does not show may be what is left of it
        return ~_grown(before, round(_REACH * size) + _FRINGE) if before.any() else None
    areas = stats[1:, cv2.CC_STAT_AREA]
    away = _distances(pieces, count, before) / size
    near = away <= _REACH
    gone = not before.any() or areas[near].sum() < _HARDLY * np.count_nonzero(before)
    missing = max(0.0, 1 - areas[near].sum() / size**2)
    near |= (away <= _REACH + _FARTHER * missing) & (areas <= _FITS * missing * size**2)
    if not near.all() and (gone or apart):
        shares = np.bincount(pieces.ravel(), read().repeat(_CELL, 0).repeat(_CELL, 1).ravel())[1:] / areas
        enough = areas >= min(_CELL**2, _SMALLER * known)
        small = (known < _CELL**2) & (areas <= _LARGER * known)
        near |= enough & (shares >= np.where(small, _READ_OF_SMALL, _READ))
    if not gone and not apart:
        touching = np.isin(np.arange(1, count), pieces[_grown(before, 1)])
        lacking = size**2 - areas[touching].sum()
        for piece in np.flatnonzero(near & ~touching & (areas > max(_NEW * size**2, _FITS * lacking))):
            near[piece] = not was_there(pieces == piece + 1)
    if near.all():
        return None
    kept = np.isin(pieces, np.flatnonzero(near) + 1)
    # specks that no pixel of the map shows would draw the next look to what was refused
    return ~_grown(kept, _FRINGE) if gone else _grown(own & ~kept, _FRINGE) & ~kept


def is_apart(own: Pixels) -> bool:
    """Whether an object, given as the mask `own` on the map, has pieces far from its largest one."""
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(own.astype(np.uint8))
    if count <= 2:
        return False
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    size = float(stats[largest, cv2.CC_STAT_AREA]) ** 0.5
    return bool((_distances(pieces, count, pieces == largest) > _REACH * size).any())


def _distances(pieces: npt.NDArray[Any], count: int, of: Pixels) -> npt.NDArray[np.float64]:
    """How far each of the pieces 1 to `count` - 1 is from `of`, in pixels of the map.

    Infinite where `of` is empty.
    """
    if not of.any():
        return np.full(count - 1, np.inf)
    distance = cv2.distanceTransform((~of).astype(np.uint8), cv2.DIST_L2, 3)
    return np.array([distance[pieces == piece].min() for piece in range(1, count)])


def stray_pieces(mask: Tensor) -> Tensor | None:
    """Where one object's mask (H', W') in [0, 1], sides divisible by 16, has stray pieces: bool (H', W').

    None: nowhere.
    """
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(covered(mask).astype(np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    if count <= 2 or areas.min() >= _SMALL * areas.max():
        return None
    large = np.flatnonzero(areas >= _SMALL * areas.max()) + 1
    around = _grown(np.isin(pieces, large), _AWAY)
    kept = np.isin(pieces, np.unique(pieces[around])) & (pieces > 0)
    stray = (pieces > 0) & ~kept
    if not stray.any():
        return None
    return enlarged(_grown(stray, _FRINGE) & ~kept, mask.device)


def covered(mask: Tensor) -> Pixels:
    """A mask (H', W') in [0, 1] on the map that pieces are looked for on, bool."""
    pixels = (mask > 0.5).cpu().numpy().view(np.uint8) * np.uint8(2 * STEP**2)  # means are whole numbers
    size = pixels.shape[1] // STEP, pixels.shape[0] // STEP
    share = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)  # torch's takes twice as long
    return share >= STEP**2


def enlarged(pixels: Pixels, device: torch.device) -> Tensor:
    """Pixels of the map as pixels of the network's frame, bool (H', W')."""
    return torch.from_numpy(pixels).to(device).repeat_interleave(STEP, 0).repeat_interleave(STEP, 1)


def _grown(area: Pixels, radius: int) -> Pixels:
    kernel = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return cv2.dilate(area.astype(np.uint8), kernel) > 0

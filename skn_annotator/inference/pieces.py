"""Pieces of a predicted mask that are taken for the object somewhere else: far ones and stray ones.

An object does not leap. So where a part of its mask is near its last one, what is far from there is a
look-alike: it is no part of the mask. Without that rule a second swan is taken along as soon as it raises
its neck, too, and the first one is lost [choice; docs/experiments.md has the figures].

Where a moving object uncovers ground that no memorized frame shows, the reader finds nothing that fits, and a
patch of it may be taken for the object. Once memorized it matches itself for ever. SKN's prior does not help:
it only chooses matched points. So a piece that is both small against the largest one and away from it is
neither memorized nor part of the last mask [choice]; it is still shown, for parts of an object do appear
elsewhere. An object that the user painted in such pieces is left as it is.
"""

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Pixels

_REACH = 0.5
"""A piece is far if it is farther from the last mask than this share of the object's size, the root of its
area."""
_FARTHER = 1.0
"""As much farther a piece may be as is missing of the object, of its size: it comes out behind a pole."""
_FITS = 1.2
"""Such a piece is at most so many times as large as what is missing."""
_HARDLY = 0.1
"""Where near pieces have less than this share of the last mask's area, the object may have gone elsewhere."""
STEP = 4
"""Pixels of the network's frame per pixel of the map that pieces are looked for on."""
_SMALL = 0.3
"""A piece with less than this share of the largest piece's area counts as small."""
_AWAY = 4
"""A small piece farther than this from every large one is stray: map pixels, together a cell of 16 pixels."""
_FRINGE = 2
"""The margin around a stray piece that is removed with it, in map pixels."""


def far_pieces(own: Pixels, before: Pixels, size: float) -> Pixels | None:
    """Where one object's mask `own` has pieces far from `before`, its last one; both bool, on the map.

    `size`: the object's, in pixels of the map. None: nowhere, or all of it is far.
    """
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(own.astype(np.uint8))
    if count <= 2 or not before.any():
        return None
    distance = cv2.distanceTransform((~before).astype(np.uint8), cv2.DIST_L2, 3)
    away = np.array([distance[pieces == piece].min() for piece in range(1, count)]) / size
    areas = stats[1:, cv2.CC_STAT_AREA]
    near = away <= _REACH
    if areas[near].sum() < _HARDLY * np.count_nonzero(before):
        return None
    missing = max(0.0, 1 - areas[near].sum() / size**2)
    near |= (away <= _REACH + _FARTHER * missing) & (areas <= _FITS * missing * size**2)
    if near.all():
        return None
    kept = np.isin(pieces, np.flatnonzero(near) + 1)
    return _grown(own & ~kept, _FRINGE) & ~kept


def is_apart(own: Pixels) -> bool:
    """Whether an object, given as the mask `own` on the map, has pieces far from its largest one."""
    _, pieces, stats, _ = cv2.connectedComponentsWithStats(own.astype(np.uint8))
    if len(stats) <= 2:
        return False
    largest = pieces == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    return far_pieces(own, largest, float(np.count_nonzero(largest)) ** 0.5) is not None


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
    share = F.avg_pool2d((mask > 0.5).float()[None, None], STEP)[0, 0]
    result: Pixels = (share >= 0.5).cpu().numpy()
    return result


def enlarged(pixels: Pixels, device: torch.device) -> Tensor:
    """Pixels of the map as pixels of the network's frame, bool (H', W')."""
    return torch.from_numpy(pixels).to(device).repeat_interleave(STEP, 0).repeat_interleave(STEP, 1)


def _grown(area: Pixels, radius: int) -> Pixels:
    kernel = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return cv2.dilate(area.astype(np.uint8), kernel) > 0

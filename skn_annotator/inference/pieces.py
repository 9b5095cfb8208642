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

from collections.abc import Sequence

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Pixels
from skn_annotator.model.decoder import soft_aggregate

_REACH = 0.5
"""A piece is far if it is farther from the last mask than this share of the object's size, the root of its
area."""
_FARTHER = 1.0
_FITS = 1.2
_HARDLY = 0.1
"""Where near pieces have less than this share of the last mask's area, the object may have gone elsewhere."""
_STEP = 4
"""Pixels of the network's frame per pixel of the map that pieces are looked for on."""
_SMALL = 0.3
"""A piece with less than this share of the largest piece's area counts as small."""
_AWAY = 4
"""A small piece farther than this from every large one is stray: map pixels, together a cell of 16 pixels."""
_FRINGE = 2
"""The margin around a stray piece that is removed with it, in map pixels."""


def without_far_pieces(logits: Tensor, last: Tensor, sizes: Sequence[float]) -> Tensor:
    """Merged logits (1, 1 + O, H', W'), background first, in which no object has pieces far from its `last`
    mask (1, O, H', W'); `sizes` as in `far_pieces`. What one loses goes to whom the network finds next."""
    own = of_objects = logits[:, 1:]
    for channel, (mask, before, size) in enumerate(
        zip(logits.softmax(1)[0, 1:], last[0], sizes, strict=True)
    ):
        far = far_pieces(mask, before, size)
        if far is not None:
            own = own.clone()
            own[0, channel][far] = -torch.inf
    return logits if own is of_objects else soft_aggregate(own)


def far_pieces(mask: Tensor, last: Tensor, size: float) -> Tensor | None:
    """Where one object's mask (H', W') in [0, 1] has pieces far from its `last` one: bool (H', W').

    `size`: the object's, in pixels of these: what is left of it behind a pole says little. None: nowhere, or
    all of it is.
    """
    covered, before = _covered(mask), _covered(last)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(covered.astype(np.uint8))
    if count <= 2 or not before.any():
        return None
    size /= _STEP
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
    return _enlarged(_grown(covered & ~kept, _FRINGE) & ~kept, mask)


def stray_pieces(mask: Tensor) -> Tensor | None:
    """Where one object's mask (H', W') in [0, 1], sides divisible by 16, has stray pieces: bool (H', W').

    None: nowhere.
    """
    covered = _covered(mask)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(covered.astype(np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    if count <= 2 or areas.min() >= _SMALL * areas.max():
        return None
    large = np.flatnonzero(areas >= _SMALL * areas.max()) + 1
    around = _grown(np.isin(pieces, large), _AWAY)
    kept = np.isin(pieces, np.unique(pieces[around])) & (pieces > 0)
    stray = (pieces > 0) & ~kept
    if not stray.any():
        return None
    return _enlarged(_grown(stray, _FRINGE) & ~kept, mask)


def _covered(mask: Tensor) -> Pixels:
    """The mask on the map that pieces are looked for on, bool."""
    share = F.avg_pool2d((mask > 0.5).float()[None, None], _STEP)[0, 0]
    covered: Pixels = (share >= 0.5).cpu().numpy()
    return covered


def _enlarged(found: Pixels, like: Tensor) -> Tensor:
    pixels = torch.from_numpy(found).to(like.device)
    return pixels.repeat_interleave(_STEP, 0).repeat_interleave(_STEP, 1)


def _grown(area: Pixels, radius: int) -> Pixels:
    kernel = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return cv2.dilate(area.astype(np.uint8), kernel) > 0

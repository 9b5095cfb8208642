"""Stray pieces of a predicted mask: what is taken for the object somewhere else, and must not be remembered.

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

_STEP = 4
"""Pixels of the network's frame per pixel of the map that pieces are looked for on."""
_SMALL = 0.3
"""A piece with less than this share of the largest piece's area counts as small."""
_AWAY = 4
"""A small piece farther than this from every large one is stray: map pixels, together a cell of 16 pixels."""
_FRINGE = 2
"""The margin around a stray piece that is removed with it, in map pixels."""


def stray_pieces(mask: Tensor) -> Tensor | None:
    """Where one object's mask (H', W') in [0, 1], sides divisible by 16, has stray pieces: bool (H', W').

    None: nowhere.
    """
    covered = F.avg_pool2d((mask > 0.5).float()[None, None], _STEP)[0, 0] >= 0.5
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(covered.cpu().numpy().astype(np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    if count <= 2 or areas.min() >= _SMALL * areas.max():
        return None
    large = np.flatnonzero(areas >= _SMALL * areas.max()) + 1
    around = _grown(np.isin(pieces, large), _AWAY)
    kept = np.isin(pieces, np.unique(pieces[around])) & (pieces > 0)
    stray = (pieces > 0) & ~kept
    if not stray.any():
        return None
    found = torch.from_numpy(_grown(stray, _FRINGE) & ~kept).to(mask.device)
    return found.repeat_interleave(_STEP, 0).repeat_interleave(_STEP, 1)


def _grown(area: Pixels, radius: int) -> Pixels:
    kernel = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return cv2.dilate(area.astype(np.uint8), kernel) > 0

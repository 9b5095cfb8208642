"""How far apart two masks of a frame are: 1 - IoU, the reverse of DAVIS's region similarity J."""

import cv2
import numpy as np
from numpy.typing import NDArray

from skn_annotator.arrays import Mask
from skn_annotator.palette import VOID


def difference(before: Mask, after: Mask) -> float:
    """1 - IoU of the object that differs most between two id maps, uint8 (H, W); 0 where none does."""
    same = (before == after).view(np.uint8)
    areas = _areas(before) + _areas(after)
    shared = _areas(after, same)
    ids = np.flatnonzero(areas)
    ids = ids[(ids > 0) & (ids != VOID)]
    union = areas[ids] - shared[ids]
    return float((1 - shared[ids] / union).max(initial=0.0))


def _areas(mask: Mask, within: Mask | None = None) -> NDArray[np.float32]:
    """The number of pixels of each id (256,); `within`: counted only where it is not 0."""
    return cv2.calcHist([mask], [0], within, [256], [0, 256]).ravel().astype(np.float32)

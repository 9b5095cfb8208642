"""How far apart two masks of a frame are: 1 - IoU, the reverse of DAVIS's region similarity J."""

import numpy as np
from numpy.typing import NDArray

from skn_annotator.palette import VOID


def difference(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    """1 - IoU of the object that differs most between two id maps, uint8 (H, W); 0 where none does."""
    same = before == after
    if same.all():
        return 0.0
    areas = np.bincount(before.ravel(), minlength=256) + np.bincount(after.ravel(), minlength=256)
    shared = np.bincount(after[same], minlength=256)
    ids = np.flatnonzero(areas)
    ids = ids[(ids > 0) & (ids != VOID)]
    union = areas[ids] - shared[ids]
    return float((1 - shared[ids] / union).max(initial=0.0))

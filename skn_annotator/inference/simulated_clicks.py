"""The clicks that a patient user would make: always on the largest error.

As RITM and its predecessors measure (Xu et al., CVPR 2016; Sofiiuk et al., 2021, Section 4): the next click
lies in the middle of the larger error, of what is missing or what is too much. In training it lies anywhere
in the inner half of that error instead.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from skn_annotator.arrays import Pixels
from skn_annotator.inference.prompts import Click


def next_click(found: Pixels, truth: Pixels, rng: np.random.Generator | None = None) -> Click | None:
    """The click that mends most of `found`, both bool (H, W); None if they are equal.

    With `rng` at random within the inner half of the error, else in its middle.
    """
    depths = [_depth(truth & ~found), _depth(found & ~truth)]
    inside = depths[0].max() >= depths[1].max()
    depth = depths[0 if inside else 1]
    deepest = depth.max()
    if deepest <= 0:
        return None
    if rng is None:
        row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    else:
        places = np.flatnonzero(depth >= 0.5 * deepest)
        row, column = np.unravel_index(int(rng.choice(places)), depth.shape)
    return Click((float(column) + 0.5, float(row) + 0.5), bool(inside))


def _depth(error: Pixels) -> NDArray[np.float32]:
    """How far each pixel of an error lies from its edge; the picture's border is an edge."""
    padded = np.pad(error, 1).astype(np.uint8)
    depth = cv2.distanceTransform(padded, cv2.DIST_L2, 3)[1:-1, 1:-1]
    return depth.astype(np.float32, copy=False)

"""What a click mends of a mask that comes from elsewhere: only the part that was clicked.

FocalClick's progressive merge (Chen et al., CVPR 2022, Section 3.3): of what the network would change, only
the connected parts under the click are taken, so that what was right, and far from it, stays.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from skn_annotator.arrays import Pixels
from skn_annotator.inference.prompts import Click

_REACH = 0.01
"""A part counts as clicked from this near, over the picture's longer side."""


def mended(mask: Pixels, found: Pixels, clicks: Sequence[Click]) -> Pixels:
    """`mask` with those changes to `found` that `clicks` are on; all bool (H, W)."""
    result = mask.copy()
    for inside in (True, False):
        points = [click.xy for click in clicks if click.inside == inside]
        if points:
            changed = found & ~mask if inside else mask & ~found
            result[_parts(changed, points)] = inside
    return result


def _parts(changed: Pixels, points: Sequence[tuple[float, float]]) -> Pixels:
    """The connected parts of `changed` that lie under `points`."""
    count, parts = cv2.connectedComponents(changed.astype(np.uint8))
    reach = max(2, round(_REACH * max(changed.shape)))
    is_clicked = np.zeros(count, bool)
    for x, y in points:
        left, top = max(0, int(x) - reach), max(0, int(y) - reach)
        is_clicked[parts[top : int(y) + reach + 1, left : int(x) + reach + 1]] = True
    is_clicked[0] = False  # what does not change
    clicked: Pixels = is_clicked[parts]
    return clicked

"""Crumbs: where a mask follows an edge, a piece of few pixels may be left of what is taken away there, or a
hole of few of what is added. In grass, say, each blade has an edge."""

import cv2
import numpy as np

from skn_annotator.arrays import Pixels

_BESIDE = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)


def without_crumbs(before: Pixels, after: Pixels, least: float) -> Pixels:
    """A mask `after` (H, W) that was made of the mask `before`, without pieces and holes under `least` pixels
    that belonged to a larger one in `before`. What was as small there stays, and the largest piece."""
    mask = after.copy()
    for value in (True, False):
        lost = (before == value) & (after != value)
        count, pieces, stats, _ = cv2.connectedComponentsWithStats(
            (mask == value).astype(np.uint8), connectivity=4
        )
        if count < 3 or not lost.any():
            continue
        areas = stats[:, cv2.CC_STAT_AREA]
        is_crumb = areas < least
        is_crumb[[0, 1 + areas[1:].argmax()]] = False
        has_lost = np.zeros(count, bool)
        has_lost[pieces[cv2.dilate(lost.astype(np.uint8), _BESIDE) > 0]] = True
        mask[(is_crumb & has_lost)[pieces]] = not value
    return mask

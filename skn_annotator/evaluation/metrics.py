"""J and F: how well a mask agrees with the ground truth, in its region and along its boundary.

Definitions of the DAVIS benchmark (Perazzi et al., CVPR 2016, Section 5), with the conventions of the
official `davis2017-evaluation`: two empty masks agree perfectly; a pixel lies on the boundary if it differs
from its right, its lower or its lower right neighbour; a boundary pixel is matched by one of the other mask
within ceil(0.8 % of the image diagonal). No temporal stability (T): the benchmark gave it up in 2017.
"""

import math
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from skn_annotator.arrays import Pixels

BOUNDARY_TOLERANCE = 0.008
"""How far two boundaries may lie apart, as a share of the image diagonal."""


def jaccard(gt: Pixels, pred: Pixels, void: Pixels | None = None) -> float:
    """Pixels similarity J in [0, 1]: intersection over union; 1 if both are empty.

    All are bool (H, W); the pixels of `void` count for nothing.
    """
    if void is not None:
        gt, pred = gt & ~void, pred & ~void
    union = np.count_nonzero(gt | pred)
    return np.count_nonzero(gt & pred) / union if union else 1.0


def boundary_f(gt: Pixels, pred: Pixels, void: Pixels | None = None) -> float:
    """Boundary accuracy F in [0, 1]: the harmonic mean of the boundary's precision and recall.

    All are bool (H, W); the pixels of `void` are background to both. 1 if neither mask has a boundary (empty,
    or the whole image), 0 if only one has.
    """
    if void is not None:
        gt, pred = gt & ~void, pred & ~void
    radius = math.ceil(BOUNDARY_TOLERANCE * math.hypot(*gt.shape))
    rows, columns = _surroundings(gt | pred)
    gt_contour, pred_contour = contour(gt[rows, columns]), contour(pred[rows, columns])
    n_gt, n_pred = np.count_nonzero(gt_contour), np.count_nonzero(pred_contour)
    if n_gt == 0 or n_pred == 0:
        return float(n_gt == n_pred)
    precision = np.count_nonzero(pred_contour & _dilate(gt_contour, radius)) / n_pred
    recall = np.count_nonzero(gt_contour & _dilate(pred_contour, radius)) / n_gt
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def contour(mask: Pixels) -> Pixels:
    """The boundary pixels of `mask`, bool (H, W): those that differ from the right, lower or lower right one.

    At the image's lower and right edge only the neighbours inside the image are asked.
    """
    edge = np.zeros_like(mask)
    edge[:, :-1] |= mask[:, :-1] ^ mask[:, 1:]
    edge[:-1] |= mask[:-1] ^ mask[1:]
    edge[:-1, :-1] |= mask[:-1, :-1] ^ mask[1:, 1:]
    return edge


def recall(values: npt.NDArray[np.float64]) -> float:
    """The share of the frames whose measure, `values` (N,), exceeds one half."""
    return float(np.mean(values > 0.5))


def decay(values: npt.NDArray[np.float64]) -> float:
    """How much a measure, `values` (N,), loses from the first quarter of the frames to the last.

    The quarters share their border frames, as the official ones do.
    """
    cuts = np.round(np.linspace(1, len(values), 5) + 1e-10).astype(int) - 1
    return float(values[: cuts[1] + 1].mean() - values[cuts[3] : cuts[4] + 1].mean())


def _surroundings(mask: Pixels) -> tuple[slice, slice]:
    """The rows and columns that hold `mask` and, where the image goes on, one pixel around it.

    No contour lies outside them, and a contour of the crop is the contour of the image.
    """

    def span(axis: int) -> slice:
        (where,) = np.nonzero(mask.any(axis=1 - axis))
        return slice(max(int(where[0]) - 1, 0), int(where[-1]) + 2) if len(where) else slice(0, 0)

    return span(0), span(1)


@cache
def _disk(radius: int) -> npt.NDArray[np.uint8]:
    y, x = np.ogrid[-radius : radius + 1, -radius : radius + 1]
    inside: Pixels = x * x + y * y <= radius * radius
    return inside.astype(np.uint8)


def _dilate(mask: Pixels, radius: int) -> Pixels:
    return cv2.dilate(mask.view(np.uint8), _disk(radius)).view(np.bool_)

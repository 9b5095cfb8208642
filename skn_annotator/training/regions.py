"""Regions: the part of the frame that the network sees moves and changes size from frame to frame.

Inference may look at an object from near, in a region round its last mask. The region is known, so the last
mask is brought to the new region before it is the prior; the memory keeps cells of every region and scale
side by side. A clip with regions teaches both. A region is (zoom, x, y): a point n of the clip's own crop,
from -1 to 1 along each axis, is seen at zoom * n + (x, y).
"""

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Matrix, Regions

_DRIFT = 0.06  # of the logarithm of the zoom, from frame to frame
_JUMP = (
    0.3  # the share of clips in which the region changes its size at once, as from the whole frame to a part
)
_JUMPED = 0.7
_WIDEST, _NEAREST = 0.75, 2.2


def whole_crop(length: int) -> Regions:
    """The crop as it is, on every frame: (length, 3)."""
    return np.tile(np.array([1, 0, 0], np.float32), (length, 1))


def random_regions(rng: np.random.Generator, centers: npt.NDArray[np.float64]) -> Regions:
    """Regions (T, 3) that follow an object at `centers` (T, 2), x and y from -1 to 1, where it was a frame
    before."""
    length = len(centers)
    steps = rng.normal(0, _DRIFT, length)
    steps[0] = 0
    if rng.random() < _JUMP:
        steps[rng.integers(1, length)] += rng.uniform(-_JUMPED, _JUMPED)
    zoom = np.exp(np.cumsum(steps)).clip(_WIDEST, _NEAREST)
    wanted = np.cumsum(rng.normal(0, 0.06, (length, 2)), 0) + rng.uniform(-0.25, 0.25, 2)
    regions = whole_crop(length)
    regions[:, 0] = zoom
    regions[1:, 1:] = wanted[1:] - zoom[1:, None] * centers[:-1].clip(-1, 1)
    return regions


def mirrored(regions: Regions) -> Regions:
    """The regions of the clip whose left and right are exchanged."""
    return regions * np.array([1, -1, 1], np.float32)


def region_matrix(region: npt.NDArray[np.float32], crop: int) -> Matrix:
    """From pixels of the clip's own crop to those of the region's view, which is as large."""
    zoom, x, y = (float(value) for value in region)
    half = crop / 2
    shift = half - 0.5 - zoom * (half - 0.5)
    return np.array([[zoom, 0, shift + x * half], [0, zoom, shift + y * half], [0, 0, 1]])


def carried(masks: Tensor, before: Tensor, now: Tensor) -> Tensor:
    """Masks (B, O, H, W) seen in the regions `before` (B, 3), as the regions `now` (B, 3) see them; 0 where
    those before saw nothing.

    Regions are on the CPU: a GPU that is asked whether they are equal has to wait for all work before.
    """
    if torch.equal(before, now):
        return masks
    scale = before[:, 0] / now[:, 0]
    shift = before[:, 1:] - scale[:, None] * now[:, 1:]
    theta = torch.zeros(len(masks), 2, 3)
    theta[:, 0, 0] = theta[:, 1, 1] = scale
    theta[:, :, 2] = shift
    grid = F.affine_grid(theta.to(masks.device), list(masks.shape), align_corners=False)
    return F.grid_sample(masks.float(), grid, align_corners=False)

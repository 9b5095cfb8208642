"""The kernels of the memory reader, as pure functions on the grid of query cells.

Source: Qiao et al., "A memory reader with spatial-constrain kernel for Video Object Segmentation", 2021,
Section 2.2, equations (4)-(10); the Gaussian kernel is KMN's (Seong et al., ECCV 2020).
A cell's coordinates are (row, column), whole numbers from 0. Nothing here knows of memory blocks or objects.
"""

import math
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

SIGMA_FLOOR = 2.0
"""Least sigma_s in cells [choice]: a single cell would otherwise forbid all motion."""

_COVERED = 0.25  # the share of a cell that an object must cover to count there [choice]


class Prior(NamedTuple):
    """Where an object was: centre (..., 2) and spread sigma_s (...) in cells; `known` (...) is bool."""

    center: Tensor
    sigma: Tensor
    known: Tensor


def cells_of_mask(mask: Tensor, grid: tuple[int, int]) -> Tensor:
    """Bring masks (..., H', W') in [0, 1] to the grid: bool (..., H, W), the cells that an object covers.

    A quarter of a cell suffices; an object that nowhere covers as much has the cells that it touches, so that
    a small one never vanishes, while stray pixels of a large one do not widen its prior.
    """
    flat = mask.reshape(-1, 1, *mask.shape[-2:]).float()
    covered = F.adaptive_avg_pool2d(flat, grid) >= _COVERED
    touched = F.adaptive_max_pool2d(flat, grid) > 0.5
    cells = torch.where(covered.flatten(1).any(1)[:, None, None, None], covered, touched)
    return cells.reshape(*mask.shape[:-2], *grid)


def owners_of_masks(masks: Tensor, grid: tuple[int, int]) -> Tensor:
    """Which object each cell shows: masks (B, O, H', W') in [0, 1] -> (B, H, W) int64, 0 background.

    Object o counts as 1 + o. The one that covers most of a cell owns it, if that is a quarter at least; of a
    small object, half of what it covers of any cell is enough: it owns one wherever it lies.
    """
    coverage = F.adaptive_avg_pool2d(masks.float(), grid)
    coverage = coverage.where(F.adaptive_max_pool2d(masks.float(), grid) > 0.5, 0)
    least = (coverage.amax((2, 3), keepdim=True) / 2).clamp_max(_COVERED)
    most, index = coverage.where(coverage >= least, 0).max(1)
    return torch.where(most > 0, index + 1, 0)


def prior_of_cells(cells: Tensor) -> Prior:
    """Equations (4) and (5): the median per coordinate and the root mean square distance from it.

    `cells` is bool (..., H, W): the cells of the object's last mask. With no cell at all there is no prior:
    `known` is false, and `spatial_constrain_kernel` is 1 everywhere, for the object may come back anywhere.
    """
    *lead, height, width = cells.shape
    flat = cells.reshape(-1, height, width)
    count = flat.sum((1, 2))
    rows = torch.arange(height, device=cells.device, dtype=torch.float32)
    columns = torch.arange(width, device=cells.device, dtype=torch.float32)
    row = _weighted_median(flat.sum(2))
    column = _weighted_median(flat.sum(1))
    squared = (rows[None, :, None] - row[:, None, None]) ** 2 + (columns - column[:, None, None]) ** 2
    variance = (squared * flat).sum((1, 2)) / count.clamp_min(1)
    sigma = variance.sqrt().clamp_min(SIGMA_FLOOR)
    center = torch.stack((row, column), -1)
    return Prior(center.reshape(*lead, 2), sigma.reshape(lead), (count > 0).reshape(lead))


def _weighted_median(counts: Tensor) -> Tensor:
    """The median position of a histogram (N, L): the mean of the two middle items, as numpy.median has it."""
    total = counts.sum(1, keepdim=True)
    running = counts.cumsum(1)
    lower = (running * 2 < total).sum(1)
    upper = (running * 2 <= total).sum(1).clamp_max(counts.shape[1] - 1)
    return (lower + upper).float() / 2


def spatial_constrain_kernel(prior: Prior, grid: tuple[int, int], floor: float = 0.0) -> Tensor:
    """Equation (6): exp(-|j - r|^2 / (2 sigma_s^2)) over the query cells j, (..., H, W) in [floor, 1].

    `floor` [choice] lifts the kernel's tails, so that a fast object is not forbidden to be far away.
    """
    rows = torch.arange(grid[0], device=prior.sigma.device)
    columns = torch.arange(grid[1], device=prior.sigma.device)
    row, column = prior.center[..., 0, None], prior.center[..., 1, None]
    precision = 0.5 / prior.sigma[..., None] ** 2
    vertical = torch.exp(-((rows - row) ** 2) * precision)
    horizontal = torch.exp(-((columns - column) ** 2) * precision)
    kernel = vertical[..., :, None] * horizontal[..., None, :]  # ... x H x W
    kernel = floor + (1 - floor) * kernel
    return torch.where(prior.known[..., None, None], kernel, torch.ones_like(kernel))


@torch.no_grad()
def matched_points(log_weight: Tensor, log_kernel: Tensor | None) -> tuple[Tensor, Tensor]:
    """Equations (7) and (8): for each memory cell i the query cell m_i = argmax_j W1[i, j], W1 = W * SCK.

    `log_weight` is log W (..., N, HW) for N memory cells, `log_kernel` log SCK, broadcast to it (None: SCK is
    1). Returns the index of m_i (..., N) and log W1 there. The paper writes arg max(W1); KMN, which it
    extends, takes it per memory cell.
    """
    scores = log_weight.detach() if log_kernel is None else log_weight + log_kernel
    if scores.device.type == "cpu":  # torch's own argmax over rows is ten times slower than numpy's
        index = torch.from_numpy(np.argmax(scores.numpy(), -1))
    else:
        index = scores.argmax(-1)
    return index, scores.gather(-1, index[..., None])[..., 0]


def log_gaussian_kernel(cells: Tensor, grid: tuple[int, int], sigma: float) -> tuple[Tensor, Tensor]:
    """Equation (9), log2 g_i(j) = -|j - m_i|^2 / (2 log(2) sigma_g^2), for matched points `cells` (...).

    It is a sum over the two coordinates: returns the rows' part (..., H) and the columns' part (..., W).
    """
    rows = _log_gaussian_table(grid[0], sigma, cells.device)[cells // grid[1]]
    columns = _log_gaussian_table(grid[1], sigma, cells.device)[cells % grid[1]]
    return rows, columns


def _log_gaussian_table(length: int, sigma: float, device: torch.device) -> Tensor:
    """Row m: log2 of the Gaussian around cell m, (length, length)."""
    positions = torch.arange(length, device=device, dtype=torch.float32)
    return -((positions[None] - positions[:, None]) ** 2) / (2 * math.log(2) * sigma**2)

"""Adversarial noise on the previous mask that is memorized (SKN, Section 3, stage 3).

The network's own masks are wrong in ways that training seldom shows: parts swapped between objects, pieces
lost or grown. So the mask is spoilt before it is memorized: with several objects, a random square region is
swapped between two of them; with one, foreground and background are swapped in two random rectangles; and the
mask is dilated or eroded. The paper gives no sizes; those of `AdversarialConfig` are our choice. The true
masks of a clip's first frame stay as they are, and so do the targets of the loss.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class AdversarialConfig:
    """How often, and how much. Sizes are shares of the frame's short side."""

    probability: float = 0.0
    """Of each kind of noise, for each memorized mask; 0: none."""
    smallest: float = 0.05
    largest: float = 0.3
    """Sides of the swapped regions."""
    radius: float = 0.02
    """Of the dilation or erosion, at most."""


def spoil(masks: Tensor, config: AdversarialConfig, rng: np.random.Generator) -> Tensor:
    """Spoil one frame's masks (O, H, W) in [0, 1], one plane per object; returns a new tensor, or
    `masks` where nothing is spoilt."""
    swaps, grows = rng.random(2) < config.probability
    if not swaps and not grows:  # asking what is present would make a GPU wait
        return masks
    present = (masks.flatten(1).amax(1) > 0.5).nonzero()[:, 0].tolist()
    if present and swaps:
        masks = _swap_objects(masks, present, config, rng) if len(present) > 1 else masks.clone()
        if len(present) == 1:
            for _ in range(2):
                rows, columns = _region(masks, present[0], config, rng, square=False)
                masks[present[0], rows, columns] = 1 - masks[present[0], rows, columns]
    if present and grows:
        masks = _grow_or_shrink(masks, config, rng)
    return masks


def _swap_objects(
    masks: Tensor, present: list[int], config: AdversarialConfig, rng: np.random.Generator
) -> Tensor:
    """Exchange a square region between the planes of two objects."""
    one, other = (int(o) for o in rng.choice(present, 2, replace=False))
    rows, columns = _region(masks, one, config, rng, square=True)
    swapped = masks.clone()
    swapped[one, rows, columns] = masks[other, rows, columns]
    swapped[other, rows, columns] = masks[one, rows, columns]
    return swapped


def _region(
    masks: Tensor, channel: int, config: AdversarialConfig, rng: np.random.Generator, square: bool
) -> tuple[slice, slice]:
    """A random region whose centre lies on the object, so that the noise meets it."""
    height, width = masks.shape[1:]
    low, high = (max(1, round(share * min(height, width))) for share in (config.smallest, config.largest))
    sides = rng.integers(low, high + 1, 2)
    if square:
        sides[1] = sides[0]
    cells = torch.nonzero(masks[channel] > 0.5)
    row, column = cells[int(rng.integers(len(cells)))].tolist()
    top, left = max(0, row - int(sides[0]) // 2), max(0, column - int(sides[1]) // 2)
    return slice(top, top + int(sides[0])), slice(left, left + int(sides[1]))


def _grow_or_shrink(masks: Tensor, config: AdversarialConfig, rng: np.random.Generator) -> Tensor:
    """Dilate or erode every object's plane by a random radius."""
    radius = int(rng.integers(1, max(2, round(config.radius * min(masks.shape[1:])) + 1)))
    sign = 1 if rng.random() < 0.5 else -1
    return sign * F.max_pool2d(sign * masks[:, None], 2 * radius + 1, stride=1, padding=radius)[:, 0]

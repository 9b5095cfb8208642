"""The losses of training on clicks: the normalized focal loss and dice, over one object's logits."""

import torch
import torch.nn.functional as F
from torch import Tensor


def normalized_focal_loss(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy that dwells on what is wrong, of logits and truth, both (B, H, W).

    The weights (1 - p)^2 of a picture's pixels are scaled to a mean of 1: what is learned does not fade as
    the network gets better (Sofiiuk et al., AdaptIS, ICCV 2019, Section 3.3; RITM, Section 3.2).
    """
    entropy = F.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    with torch.no_grad():
        weight = (1 - torch.exp(-entropy)) ** 2
        weight = weight / weight.mean((1, 2), keepdim=True).clamp_min(1e-4)
    return (weight * entropy).mean()


def object_dice_loss(logits: Tensor, truth: Tensor) -> Tensor:
    """1 - dice, mean over the pictures; smoothed by one pixel."""
    p = logits.sigmoid()
    both, total = (p * truth).sum((1, 2)), p.sum((1, 2)) + truth.sum((1, 2))
    return (1 - (2 * both + 1) / (total + 1)).mean()


@torch.no_grad()
def object_overlap(logits: Tensor, truth: Tensor) -> float:
    """Mean intersection over union: a figure to watch."""
    found, true = logits > 0, truth > 0.5
    both, either = (found & true).sum((1, 2)), (found | true).sum((1, 2))
    return float((both / either.clamp_min(1)).mean())

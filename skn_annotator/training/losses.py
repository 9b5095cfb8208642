"""The losses of training: bootstrapped cross-entropy and dice over the merged objects.

Bootstrapping keeps the hardest pixels only (Wu et al., 2016), as STCN and its followers train; the paper does
not say.
"""

import torch
import torch.nn.functional as F
from torch import Tensor


def bootstrapped_cross_entropy(logits: Tensor, target: Tensor, keep: float) -> Tensor:
    """Mean over the `keep` (0-1] share of the hardest pixels of each clip's frame.

    logits (N, 1 + O, H, W) float32; target (N, H, W) int64, 0 is background.
    """
    loss = F.cross_entropy(logits, target, reduction="none").flatten(1)
    if keep < 1:
        loss = loss.topk(max(1, int(keep * loss.shape[1])), dim=1, sorted=False).values
    return loss.mean()


def dice_loss(logits: Tensor, target: Tensor) -> Tensor:
    """1 - dice, mean over the objects; smoothed by one pixel, so that absent ones count."""
    probability = logits.softmax(1)[:, 1:].flatten(2)
    truth = F.one_hot(target, logits.shape[1]).movedim(-1, 1)[:, 1:].flatten(2).to(probability.dtype)
    overlap = 2 * (probability * truth).sum(2) + 1
    return (1 - overlap / (probability.sum(2) + truth.sum(2) + 1)).mean()


def keep_share(step: int, start: int, end: int, least: float) -> float:
    """The share of pixels that is kept at `step`: 1 until `start`, falling linearly to `least` at `end`."""
    if step <= start:
        return 1.0
    return max(least, 1 - (1 - least) * (step - start) / max(1, end - start))


def clip_loss(logits: list[Tensor], masks: list[Tensor], keep: float) -> Tensor:
    """The mean loss of a clip's segmented frames: logits (N, 1 + O, H, W) of each against masks (N, H, W)
    int64."""
    losses = [
        bootstrapped_cross_entropy(frame, mask, keep) + dice_loss(frame, mask)
        for frame, mask in zip(logits, masks, strict=True)
    ]
    return torch.stack(losses).mean()

"""The losses of training: bootstrapped cross-entropy and dice over the merged objects; and of matching alone.

Bootstrapping keeps the hardest pixels only (Wu et al., 2016), as STCN and its followers train; the paper does
not say.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

_LEAST_READ = 1e-6
"""Of what a cell reads, a share that counts as none: its logarithm is finite."""


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


def matching_loss(read: Tensor, covered: Tensor, keep: float) -> Tensor:
    """How far what each cell reads is from what it shows: the Kullback-Leibler divergence, in nats, mean over
    the `keep` (0-1] share of the worst cells of each object [choice].

    The masks alone teach keys little: a decoder that knows the last masks does without the reader. read (N,
    O, 2, H, W): which share of what a cell reads is the object's, and which is not; covered (N, O, H, W): the
    share of the cell that it covers.
    """
    log_read = read.float().clamp_min(_LEAST_READ).log()
    truth = torch.stack((covered, 1 - covered), 2)
    loss = (torch.xlogy(truth, truth) - truth * log_read).sum(2).flatten(2)
    return loss.topk(max(1, int(keep * loss.shape[2])), dim=2, sorted=False).values.mean()


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

"""Between a source's pixels and the network's: scaling, padding to whole cells, and back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.model.network import STRIDE


@dataclass(frozen=True)
class Fit:
    """How frames of one size go into the network; sizes are (H, W)."""

    source: tuple[int, int]
    scaled: tuple[int, int]
    device: torch.device

    @property
    def padding(self) -> tuple[int, int]:
        """Rows at the bottom and columns at the right that fill up the last cells."""
        return -self.scaled[0] % STRIDE, -self.scaled[1] % STRIDE

    @property
    def padded(self) -> tuple[int, int]:
        """The network's frame size, (H', W')."""
        return self.scaled[0] + self.padding[0], self.scaled[1] + self.padding[1]

    @property
    def grid(self) -> tuple[int, int]:
        """Cells, (H, W) = (H'/16, W'/16)."""
        return self.padded[0] // STRIDE, self.padded[1] // STRIDE

    @property
    def cell(self) -> tuple[float, float]:
        """Pixels of the source per cell, (dy, dx)."""
        return STRIDE * self.source[0] / self.scaled[0], STRIDE * self.source[1] / self.scaled[1]

    def frame(self, frame: npt.NDArray[np.uint8]) -> Tensor:
        """RGB (H, W, 3) uint8 -> (1, 3, H', W') float32 in [0, 1]."""
        tensor = torch.from_numpy(np.array(frame)).to(self.device).permute(2, 0, 1)[None].float() / 255
        if self.scaled != self.source:
            tensor = F.interpolate(tensor, self.scaled, mode="bilinear", align_corners=False, antialias=True)
        tensor = F.pad(tensor, (0, self.padding[1], 0, self.padding[0]), mode="replicate")
        return tensor.contiguous(memory_format=torch.channels_last)

    def masks(self, mask: npt.NDArray[np.uint8], ids: Sequence[int]) -> Tensor:
        """Id map (H, W) -> a mask per object (1, O, H', W') float32 in [0, 1]; nothing in the padding."""
        table = torch.from_numpy(np.array(mask)).to(self.device)
        planes = torch.stack([(table == i).float() for i in ids])[None]
        if self.scaled != self.source:
            planes = F.interpolate(planes, self.scaled, mode="bilinear", align_corners=False, antialias=True)
        return F.pad(planes, (0, self.padding[1], 0, self.padding[0]))

    def unpadded(self, logits: Tensor) -> Tensor:
        """Merged logits (1, 1 + O, H', W'), background first, at the source's size, (1, 1 + O, H, W)."""
        logits = logits[:, :, : self.scaled[0], : self.scaled[1]]
        if self.scaled != self.source:
            logits = F.interpolate(logits, self.source, mode="bilinear", align_corners=False)
        return logits


def likeliest(scores: Tensor, ids: Sequence[int]) -> npt.NDArray[np.uint8]:
    """Logits or probabilities (1, 1 + O, H, W), background first -> id map (H, W)."""
    table = np.array([0, *ids], np.uint8)
    mask: npt.NDArray[np.uint8] = table[_winner(scores[0]).cpu().numpy()]
    return mask


def _winner(logits: Tensor) -> Tensor:
    """The channel of the largest logit (C, H, W) -> uint8 (H, W); torch's argmax is 20 times slower here."""
    best, winner = logits[0], torch.zeros_like(logits[0], dtype=torch.uint8)
    for channel in range(1, len(logits)):
        winner = torch.where(logits[channel] > best, channel, winner)
        best = torch.maximum(best, logits[channel])
    return winner


def fit(source: tuple[int, int], short_side: int, device: torch.device, scale: float = 1.0) -> Fit:
    """Shrink frames so that the short side has `short_side` pixels; smaller frames stay as they are. Then all
    are enlarged by `scale`."""
    factor = min(1.0, short_side / min(source)) * scale
    return Fit(source, (round(source[0] * factor), round(source[1] * factor)), device)

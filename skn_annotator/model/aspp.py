"""Atrous spatial pyramid pooling (Chen et al., DeepLab v3, 2017): it widens the readout's receptive field.

The SKN paper adds it without saying where (Section 3): here it stands on the readout, before the decoder
[choice].
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class ASPP(nn.Module):
    """Parallel dilated convolutions and the map's mean, added to the input (B, C, H, W) -> (B, C, H, W).

    It starts as the identity, so that a trained network can be given one.
    """

    def __init__(
        self, channels: int, hidden: int, context: int = 0, dilations: Sequence[int] = (2, 4, 8)
    ) -> None:
        """`context`: further channels that the convolutions see and nothing is added to."""
        super().__init__()
        inputs = channels + context
        self.point = nn.Conv2d(inputs, hidden, 1)
        self.dilated = nn.ModuleList(
            nn.Conv2d(inputs, hidden, 3, padding=dilation, dilation=dilation) for dilation in dilations
        )
        self.mean = nn.Conv2d(inputs, hidden, 1)
        self.project = nn.Conv2d(hidden * (len(dilations) + 2), channels, 1)
        nn.init.zeros_(self.project.weight)
        nn.init.zeros_(self.project.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor, context: Tensor | None = None) -> Tensor:
        """x (B, C, H, W); context (B, `context`, H, W), None if there is none."""
        seen = x if context is None else torch.cat((x, context), 1)
        mean = self.mean(seen.mean((2, 3), keepdim=True)).expand(-1, -1, *x.shape[2:])
        branches = [self.point(seen), *(dilated(seen) for dilated in self.dilated), mean]
        out: Tensor = self.project(torch.cat(branches, 1).relu())
        return x + out

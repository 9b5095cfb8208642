"""The network that makes a mask out of clicks, a box and an earlier mask.

In the manner of RITM (Sofiiuk, Petrov and Konushin, "Reviving iterative training with mask guidance for
interactive segmentation", 2021): what the user said is drawn as maps beside the picture, disks for clicks,
and so is the mask so far. RITM adds the maps' features to those of the first layer; here they are added at
stride 4 [choice], after the stages that training does not touch: what comes before is computed once per
picture, however many clicks follow. The trunk and the decoder are those of the propagation network.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.model.backbones.backbone import Backbone
from skn_annotator.model.backbones.efficientnet_lite import efficientnet_lite0
from skn_annotator.model.decoder import Decoder

_MOST_CHANNELS = 4096
PROMPT_MAPS = 4
"""Positive clicks, negative clicks, the box, the mask so far."""


@dataclass(frozen=True)
class ClickConfig:
    """Everything that `ClickNetwork` needs; stored in each checkpoint."""

    decoder_widths: Sequence[int] = (128, 64, 48)
    """Channels of the decoder at stride 16, 8 and 4."""
    prompt_width: int = 24
    """Channels between the prompt's maps and what is added at stride 4."""

    def __post_init__(self) -> None:
        """Raises ValueError if a value is none that a network can have: it may come from a file."""
        widths = (*self.decoder_widths, self.prompt_width)
        if len(widths) != 4 or not all(type(each) is int and 1 <= each <= _MOST_CHANNELS for each in widths):
            raise ValueError(f"channels are whole numbers of 1 to {_MOST_CHANNELS}, the decoder's three")


class ClickNetwork(nn.Module):
    """Pictures are (B, 3, H, W) RGB in [0, 1], sides divisible by 16; prompts (B, 4, H, W) in [0, 1]."""

    def __init__(self, config: ClickConfig) -> None:
        super().__init__()
        self.config = config
        self.trunk = efficientnet_lite0()
        skip4, skip8, top = self.trunk.channels
        self.prompt = nn.Sequential(
            nn.Conv2d(PROMPT_MAPS, config.prompt_width, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(config.prompt_width, skip4, 3, stride=2, padding=1),
        )
        self.decoder = Decoder(top + PROMPT_MAPS, (skip4, skip8), config.decoder_widths)

    @property
    def backbones(self) -> list[Backbone]:
        """The trunk."""
        return [self.trunk]

    def look(self, picture: Tensor) -> Tensor:
        """What every prompt on this picture starts from: its map at stride 4."""
        return self.trunk.begin(picture)

    def forward(self, seen: Tensor, prompts: Tensor) -> Tensor:
        """`seen` as `look` gives it, prompts (B, 4, H, W) -> float32 logits (B, H, W) of the object."""
        features = self.trunk.deepen(seen + self.prompt(prompts))
        grid = (features.stride16.shape[2], features.stride16.shape[3])
        shown = F.adaptive_max_pool2d(prompts, grid).to(features.stride16.dtype)
        logits: Tensor = self.decoder(torch.cat((features.stride16, shown), 1), features).logits
        return logits

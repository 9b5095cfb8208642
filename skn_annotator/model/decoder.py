"""The decoder: STM's refinement from stride 16 to stride 4, then x4; and the soft aggregation of objects.

Source: Oh et al., "Video Object Segmentation using Space-Time Memory Networks", ICCV 2019, Sections 3.3 and
3.4; the merging of objects is that of Wug Oh et al., RGMP, CVPR 2018, equation (1).
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.model.backbones.backbone import Features


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions before which the activation comes, with a shortcut (He et al., 2016)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.conv2(self.conv1(x.relu()).relu())
        return x + out


class Refine(nn.Module):
    """Twice the resolution: the skip of the query encoder is added to the enlarged map of each object."""

    def __init__(self, skip: int, inputs: int, outputs: int) -> None:
        super().__init__()
        self.skip = nn.Conv2d(skip, outputs, 3, padding=1)
        self.skip_block = ResidualBlock(outputs)
        self.project = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        self.block = ResidualBlock(outputs)

    def forward(self, skip: Tensor, x: Tensor) -> Tensor:
        """skip (B, CS, 2H, 2W) of the frame, x (B*O, C, H, W) of its objects -> (B*O, outputs, 2H, 2W)."""
        fine = self.skip_block(self.skip(skip))  # once per frame, whatever the number of objects
        coarse = F.interpolate(self.project(x), scale_factor=2.0, mode="bilinear", align_corners=False)
        if len(fine) > 1:
            fine = fine.repeat_interleave(len(coarse) // len(fine), 0)
        out: Tensor = self.block(coarse + fine)
        return out


class DecoderMaps(NamedTuple):
    """What `Decoder` returns.

    logits: float32 (B*O, 16H, 16W), object or background; maps (B*O, C, ., .) at stride 16, 8, 4 on the way.
    """

    logits: Tensor
    maps: tuple[Tensor, Tensor, Tensor]


class Decoder(nn.Module):
    """Readout -> one logit per object and pixel at stride 1 of the padded frame."""

    def __init__(self, inputs: int, skips: Sequence[int], widths: Sequence[int]) -> None:
        """`inputs`: channels of the readout; `skips`: of stride 4 and 8; `widths`: at stride 16, 8 and 4."""
        super().__init__()
        self.compress = nn.Conv2d(inputs, widths[0], 3, padding=1)
        self.block = ResidualBlock(widths[0])
        self.refine8 = Refine(skips[1], widths[0], widths[1])
        self.refine4 = Refine(skips[0], widths[1], widths[2])
        self.predict = nn.Conv2d(widths[2], 2, 3, padding=1)

    def forward(self, readout: Tensor, features: Features) -> DecoderMaps:
        """readout (B*O, C, H, W) at stride 16 of the objects of a frame."""
        map16 = self.block(self.compress(readout))
        map8 = self.refine8(features.stride8, map16)
        map4 = self.refine4(features.stride4, map8)
        scores = self.predict(map4.relu()).float()  # STM's head: (background, object)
        logit = scores[:, 1:] - scores[:, :1]
        logits = F.interpolate(logit, scale_factor=4.0, mode="bilinear", align_corners=False)[:, 0]
        return DecoderMaps(logits, (map16, map8, map4))


class WideningBlock(ResidualBlock):
    """A `ResidualBlock` whose shortcut is a 3x3 convolution where it changes the number of channels."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(outputs)
        self.downsample = None
        if inputs != outputs:
            self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
            self.downsample = nn.Conv2d(inputs, outputs, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.conv2(self.conv1(x.relu()).relu())
        return (x if self.downsample is None else self.downsample(x)) + out


class Enlarge(nn.Module):
    """Twice the resolution, as STCN does it: the skip is added before the block that narrows."""

    def __init__(self, skip: int, inputs: int, outputs: int, skip_block: bool) -> None:
        super().__init__()
        self.skip = nn.Conv2d(skip, inputs, 3, padding=1)
        self.skip_block = ResidualBlock(inputs) if skip_block else nn.Identity()
        self.block = WideningBlock(inputs, outputs)

    def forward(self, skip: Tensor, x: Tensor) -> Tensor:
        """As `Refine.forward`."""
        fine = self.skip_block(self.skip(skip))
        coarse = F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
        out: Tensor = self.block(coarse + fine.repeat_interleave(x.shape[0] // fine.shape[0], 0))
        return out


class StcnDecoder(nn.Module):
    """STCN's decoder: `Decoder` with other blocks, and one score per object in place of two.

    Source: Cheng et al., NeurIPS 2021, supplement, as published. MiVOS (Cheng et al., CVPR 2021) has the same
    with a block on each skip.
    """

    def __init__(
        self, inputs: int, skips: Sequence[int], widths: Sequence[int], skip_blocks: bool = False
    ) -> None:
        """As `Decoder`; `skip_blocks`: MiVOS's."""
        super().__init__()
        self.compress = WideningBlock(inputs, widths[0])
        self.refine8 = Enlarge(skips[1], widths[0], widths[1], skip_blocks)
        self.refine4 = Enlarge(skips[0], widths[1], widths[2], skip_blocks)
        self.predict = nn.Conv2d(widths[2], 1, 3, padding=1)

    def forward(self, readout: Tensor, features: Features) -> DecoderMaps:
        """As `Decoder.forward`."""
        map16 = self.compress(readout)
        map8 = self.refine8(features.stride8, map16)
        map4 = self.refine4(features.stride4, map8)
        logit = self.predict(map4.relu()).float()
        logits = F.interpolate(logit, scale_factor=4.0, mode="bilinear", align_corners=False)[:, 0]
        return DecoderMaps(logits, (map16, map8, map4))


def soft_aggregate(logits: Tensor) -> Tensor:
    """Merge objects: logits (B, O, H, W), each against its background -> logits (B, 1 + O, H, W).

    The background comes first; its probability is the product of (1 - p); probabilities are clamped to
    [1e-7, 1 - 1e-7]. A softmax over the channels gives the merged probabilities.
    """
    p = logits.float().sigmoid()
    background = (1 - p).prod(1, keepdim=True)
    return torch.logit(torch.cat((background, p), 1), eps=1e-7)

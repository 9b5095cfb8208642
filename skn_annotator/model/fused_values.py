"""STCN's value encoder: a ResNet-18 that sees frame and masks, fused with the key encoder's features.

Sources: Cheng, Tai and Tang, "Rethinking Space-Time Networks with Improved Memory Coverage for Efficient
Video Object Segmentation", NeurIPS 2021, Section 3.1 and supplement; the attention in the fusion is CBAM (Woo
et al., ECCV 2018): first over channels, then over places. Its convolutions have biases, as published.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.model.decoder import WideningBlock
from skn_annotator.model.encoders import Query, mask_and_others

_MEAN = (0.485, 0.456, 0.406)
_STD = (0.229, 0.224, 0.225)
_REDUCTION = 16


class BasicBlock(nn.Module):
    """Two 3x3 convolutions, the first with the stride, and the shortcut (He et al., CVPR 2016)."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.bn1(self.conv1(x)).relu()
        out = self.bn2(self.conv2(out))
        return (out + (x if self.downsample is None else self.downsample(x))).relu()


class Attention(nn.Module):
    """CBAM: each channel is weighted by its mean and maximum, then each place by those over its channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        narrow = channels // _REDUCTION
        self.channel = nn.Sequential(nn.Linear(channels, narrow), nn.ReLU(), nn.Linear(narrow, channels))
        self.spatial = nn.Conv2d(2, 1, 7, padding=3)

    def forward(self, x: Tensor) -> Tensor:
        weight = self.channel(x.mean((2, 3))) + self.channel(x.amax((2, 3)))
        x = x * weight.sigmoid()[..., None, None]
        places = torch.cat((x.amax(1, keepdim=True), x.mean(1, keepdim=True)), 1)
        out: Tensor = x * self.spatial(places).sigmoid()
        return out


class Fuser(nn.Module):
    """Features of the masks and of the frame, side by side (B, C + CF, H, W) -> values (B, CV, H, W)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.block1 = WideningBlock(inputs, outputs)
        self.attention = Attention(outputs)
        self.block2 = WideningBlock(outputs, outputs)

    def forward(self, x: Tensor) -> Tensor:
        x = self.block1(x)
        out: Tensor = self.block2(x + self.attention(x))
        return out


class FusedValueEncoder(nn.Module):
    """It returns the query's key for all objects (B, 1, CK, H, W) and values per object (B, O, CV, H, W)."""

    mean: Tensor
    std: Tensor

    def __init__(self, channels: int, value_channels: int) -> None:
        """`channels`: of the query encoder's stride-16 features."""
        super().__init__()
        self.conv1 = nn.Conv2d(5, 64, 7, 2, 3)
        self.bn1 = nn.BatchNorm2d(64)
        self.layer1 = nn.Sequential(BasicBlock(64, 64, 1), BasicBlock(64, 64, 1))
        self.layer2 = nn.Sequential(BasicBlock(64, 128, 2), BasicBlock(128, 128, 1))
        self.layer3 = nn.Sequential(BasicBlock(128, 256, 2), BasicBlock(256, 256, 1))
        self.fuser = Fuser(256 + channels, value_channels)
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(_STD).view(1, 3, 1, 1), persistent=False)

    def forward(self, frame: Tensor, masks: Tensor, query: Query) -> tuple[Tensor, Tensor]:
        """frame (B, 3, H', W') in [0, 1], masks (B, O, H', W') in [0, 1], `query` of the same frame."""
        batch, objects = masks.shape[:2]
        frames = ((frame - self.mean) / self.std).repeat_interleave(objects, 0)
        x = self.bn1(self.conv1(torch.cat((frames, mask_and_others(masks)), 1))).relu()
        x = self.layer3(self.layer2(self.layer1(F.max_pool2d(x, 3, 2, 1))))
        features = query.features.stride16.repeat_interleave(objects, 0)
        values = self.fuser(torch.cat((x, features), 1))
        return query.key[:, None], values.unflatten(0, (batch, objects))

    def train(self, mode: bool = True) -> "FusedValueEncoder":
        """Batch norms keep the statistics that they came with, as those of the backbone do."""
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self

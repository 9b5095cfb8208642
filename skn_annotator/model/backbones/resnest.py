"""ResNeSt-101 up to stage 3, stride 16 (Zhang et al., "Split-Attention Networks", 2020): the paper's trunk.

Radix 2, one cardinal group, a deep stem of 64-64-128 channels, average pooling for the strides, after the
split-attention convolution. The parameters carry the official names, so that the ImageNet checkpoint loads as
it is.
"""

from torch import Tensor, nn

from skn_annotator.model.backbones.resnet import ResNet

_RADIX = 2


class SplitAttention(nn.Module):
    """A 3x3 convolution of `_RADIX` splits, weighted per channel by attention over them (Section 3.1)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        hidden = max(channels * _RADIX // 4, 32)
        self.conv = nn.Conv2d(channels, channels * _RADIX, 3, padding=1, groups=_RADIX, bias=False)
        self.bn0 = nn.BatchNorm2d(channels * _RADIX)
        self.fc1 = nn.Conv2d(channels, hidden, 1)
        self.bn1 = nn.BatchNorm2d(hidden)
        self.fc2 = nn.Conv2d(hidden, channels * _RADIX, 1)

    def forward(self, x: Tensor) -> Tensor:
        splits = self.bn0(self.conv(x)).relu().unflatten(1, (_RADIX, -1))  # B x R x C x H x W
        pooled = splits.sum(1).mean((2, 3), keepdim=True)
        attention = self.fc2(self.bn1(self.fc1(pooled)).relu()).unflatten(1, (_RADIX, -1)).softmax(1)
        out: Tensor = (attention * splits).sum(1)
        return out


class SplitBottleneck(nn.Module):
    """ResNet's bottleneck with split attention in the middle and average pooling for the stride."""

    def __init__(self, inputs: int, width: int, stride: int = 1) -> None:
        super().__init__()
        outputs = width * 4
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = SplitAttention(width)
        self.avd_layer = nn.AvgPool2d(3, stride, padding=1) if stride > 1 else nn.Identity()
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.AvgPool2d(stride, stride, ceil_mode=True, count_include_pad=False),
                nn.Conv2d(inputs, outputs, 1, bias=False),
                nn.BatchNorm2d(outputs),
            )

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.bn1(self.conv1(x)).relu()
        out = self.bn3(self.conv3(self.avd_layer(self.conv2(out))))
        return (out + (x if self.downsample is None else self.downsample(x))).relu()


def _deep_stem() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(3, 64, 3, 2, 1, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(inplace=True),
        nn.Conv2d(64, 64, 3, padding=1, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(inplace=True),
        nn.Conv2d(64, 128, 3, padding=1, bias=False),
    )


def resnest101(with_masks: bool = False) -> ResNet:
    """ResNeSt-101's first three stages: 3, 4 and 23 blocks."""
    return ResNet(_deep_stem(), 128, SplitBottleneck, (3, 4, 23), with_masks)

"""ResNet-50 up to stage 3, stride 16 (He et al., CVPR 2016), wired as STM has it.

The parameters carry torchvision's names (``conv1``, ``layer1.0.conv1``), so that its ImageNet checkpoint
loads as it is. With masks, the first layer adds convolutions of the object's mask (``conv1_m``) and of the
others' (``conv1_o``): Oh et al., ICCV 2019, Section 3.1. It leaves out stage 4 and the classifier.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

from skn_annotator.model.backbones.backbone import Backbone, Features
from skn_annotator.model.weights import load_weights, read_state

_MEAN = (0.485, 0.456, 0.406)
_STD = (0.229, 0.224, 0.225)


class Bottleneck(nn.Module):
    """1x1, 3x3 (with the stride), 1x1 to four times the width, and the shortcut."""

    def __init__(self, inputs: int, width: int, stride: int = 1) -> None:
        super().__init__()
        outputs = width * 4
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.bn1(self.conv1(x)).relu()
        out = self.bn2(self.conv2(out)).relu()
        out = self.bn3(self.conv3(out))
        return (out + (x if self.downsample is None else self.downsample(x))).relu()


class ResNet(Backbone):
    """RGB in [0, 1] (B, 3, H, W) -> Features of 256, 512 and 1024 channels.

    `stem` is the first convolution (or stack of them) with `stem_channels` outputs; `block` makes a residual
    block of (inputs, width, stride). ResNeSt shares this class.
    """

    mean: Tensor
    std: Tensor
    layer1: nn.Sequential
    layer2: nn.Sequential
    layer3: nn.Sequential

    def __init__(
        self,
        stem: nn.Module,
        stem_channels: int,
        block: "type[nn.Module]",
        blocks: tuple[int, int, int],
        with_masks: bool,
    ) -> None:
        super().__init__()
        self.conv1 = stem
        self.bn1 = nn.BatchNorm2d(stem_channels)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        if with_masks:
            self.conv1_m = nn.Conv2d(1, stem_channels, 7, 2, 3, bias=False)
            self.conv1_o = nn.Conv2d(1, stem_channels, 7, 2, 3, bias=False)
        inputs = stem_channels
        for number, (width, count) in enumerate(zip((64, 128, 256), blocks, strict=True), 1):
            layers = []
            for index in range(count):
                layers.append(block(inputs, width, 2 if number > 1 and index == 0 else 1))
                inputs = width * 4
            setattr(self, f"layer{number}", nn.Sequential(*layers))
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(_STD).view(1, 3, 1, 1), persistent=False)

    @property
    def channels(self) -> tuple[int, int, int]:
        return (256, 512, 1024)

    def forward(self, frame: Tensor, masks: Tensor | None = None) -> Features:
        """`masks` (B, 2, H, W): the object's and the union of the others', for a memory encoder."""
        x = self.conv1((frame - self.mean) / self.std)
        if masks is not None:
            x = x + self.conv1_m(masks[:, :1]) + self.conv1_o(masks[:, 1:])
        x = self.maxpool(self.bn1(x).relu())
        stride4 = self.layer1(x)
        stride8 = self.layer2(stride4)
        return Features(stride4, stride8, self.layer3(stride8))

    def prepare_for_training(self) -> None:
        """All layers learn, but batch norms keep the statistics that they came with (STM, Section 3.4)."""
        self.train()
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()

    def load_imagenet(self, path: Path) -> None:
        """Take torchvision's ResNet-50 or the official ResNeSt-101; stage 4 and the classifier are left out.

        A memory encoder's convolutions of the masks keep their fresh weights.
        """
        state = read_state(path)
        wanted = {name: tensor for name, tensor in state.items() if not name.startswith(("layer4.", "fc."))}
        fresh = {name: value for name, value in self.state_dict().items() if name.startswith("conv1_")}
        load_weights(self, {**wanted, **fresh}, str(path))


def resnet50(with_masks: bool = False) -> ResNet:
    """ResNet-50's first three stages: 3, 4 and 6 blocks."""
    return ResNet(nn.Conv2d(3, 64, 7, 2, 3, bias=False), 64, Bottleneck, (3, 4, 6), with_masks)

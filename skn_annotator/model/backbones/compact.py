"""MobileNetV2 up to stride 16 or 32 (Sandler et al., CVPR 2018, table 2), the trunk without a GPU.

Batch norms are folded into the convolutions, so that training needs no statistics and small batches do no
harm. The padding is TensorFlow's SAME: the ImageNet weights that it starts from were trained with it. The
stages at stride 32 know what things are, though not where: they are enlarged and added to the features at
stride 16, through a convolution that starts at zero, so that a trained network can be given them. The
classifier is left out.
"""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.model.backbones.features import Features

# (expansion, output channels, repeats, stride of the first)
_STAGES = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1))
_DEEP_STAGES = ((6, 160, 3, 2), (6, 320, 1, 1))
_FROZEN_STAGES = 2  # up to stride 4: edges and colours, half of the cost of a training step


class SameConv(nn.Conv2d):
    """1x1 or 3x3 with TensorFlow's SAME padding: the odd row goes to the bottom and the right."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__(inputs, outputs, kernel, stride, 0 if stride > 1 else kernel // 2, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        if self.stride[0] > 1:
            odd_rows, odd_columns = x.shape[-2] % 2, x.shape[-1] % 2
            x = F.pad(x, (odd_columns, 1, odd_rows, 1))
            if self.groups > 1 and self.weight.requires_grad:  # its backward is ten times slower in bfloat16
                with torch.autocast(x.device.type, enabled=False):
                    return super().forward(x.to(self.weight.dtype)).to(x.dtype)
        return super().forward(x)


class InvertedResidual(nn.Module):
    """Expand (1x1), depthwise (3x3), project (1x1, linear), with a shortcut where the shape allows."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        layers: list[nn.Module] = []
        if expansion > 1:
            layers += [SameConv(inputs, hidden, 1), nn.ReLU6(inplace=True)]
        layers += [SameConv(hidden, hidden, 3, stride, groups=hidden), nn.ReLU6(inplace=True)]
        layers += [SameConv(hidden, outputs, 1)]
        self.layers = nn.Sequential(*layers)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.layers(x)
        return x + out if self.shortcut else out


class CompactBackbone(nn.Module):
    """RGB in [0, 1] (B, 3, H, W), sides divisible by 16 -> Features of 24, 32 and 96 channels."""

    channels = (24, 32, 96)

    def __init__(self, deep: bool = False) -> None:
        """`deep`: with the stages at stride 32."""
        super().__init__()
        self.stem = nn.Sequential(SameConv(3, 32, 3, 2), nn.ReLU6(inplace=True))
        self.stages = nn.ModuleList()
        inputs = 32
        for expansion, outputs, repeats, stride in _STAGES + (_DEEP_STAGES if deep else ()):
            blocks = []
            for index in range(repeats):
                blocks.append(InvertedResidual(inputs, outputs, stride if index == 0 else 1, expansion))
                inputs = outputs
            self.stages.append(nn.Sequential(*blocks))
        self.merge: nn.Conv2d | None = None
        if deep:
            self.merge = nn.Conv2d(inputs, self.channels[2], 1)
            nn.init.zeros_(self.merge.weight)
            nn.init.zeros_(self.merge.bias)  # type: ignore[arg-type]

    def forward(self, frame: Tensor) -> Features:
        x = self.stem(frame * 2 - 1)
        maps = []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        top = maps[4]
        if self.merge is not None:
            size = (top.shape[2], top.shape[3])
            top = top + F.interpolate(self.merge(x), size, mode="bilinear", align_corners=False)
        return Features(stride4=maps[1], stride8=maps[2], stride16=top)

    def freeze_stem(self) -> None:
        """Keep the layers up to stride 4 as they were trained on ImageNet."""
        self.stem.requires_grad_(False)
        for stage in self.stages[:_FROZEN_STAGES]:
            stage.requires_grad_(False)

    def load_imagenet(self, arrays: Mapping[str, Tensor]) -> None:
        """Take folded ImageNet weights, named ``NN.*.weight`` / ``.bias`` in the order of execution.

        Layers in `arrays` beyond its own are left out. Raises ValueError if a shape does not fit.
        """
        convolutions = [module for module in self.modules() if isinstance(module, SameConv)]
        for kind in ("weight", "bias"):
            names = sorted(name for name in arrays if name.endswith(f".{kind}"))
            for name, convolution in zip(names, convolutions, strict=False):
                parameter = getattr(convolution, kind)
                if arrays[name].shape != parameter.shape:
                    raise ValueError(f"{name} is {tuple(arrays[name].shape)}, not {tuple(parameter.shape)}")
                with torch.no_grad():
                    parameter.copy_(arrays[name])

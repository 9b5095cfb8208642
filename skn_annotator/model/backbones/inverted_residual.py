"""Trunks of inverted residual blocks (Sandler et al., MobileNetV2, CVPR 2018), up to stride 16 or 32.

Batch norms are folded into the convolutions, so that training needs no statistics and small batches do no
harm. The padding is TensorFlow's SAME: the ImageNet weights that such trunks start from were trained with it.
The stages at stride 32 know what things are, though not where: they are enlarged and added to the features at
stride 16, through a convolution that starts at zero, so that a trained network can be given them. The
classifier is left out.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.errors import WeightsError
from skn_annotator.model.backbones.backbone import Backbone, Features
from skn_annotator.model.backbones.depthwise import depthwise5
from skn_annotator.model.weights import load_arrays

_STEM = 32  # channels
_FROZEN_STAGES = 2  # up to stride 4: edges and colours, half of the cost of a training step


class StageShape(NamedTuple):
    """One stage: `repeats` blocks of `outputs` channels, the first of them with `stride`."""

    expansion: int
    outputs: int
    repeats: int
    stride: int
    kernel: int = 3


class SameConv(nn.Conv2d):
    """A convolution of an odd kernel with TensorFlow's SAME padding: the odd row comes last."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__(inputs, outputs, kernel, stride, 0 if stride > 1 else kernel // 2, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        if self.stride[0] == 1:
            if self.groups > 1 and self.kernel_size[0] == 5 and self.weight.requires_grad:
                return self._depthwise5(x)
            return super().forward(x)
        half = self.kernel_size[0] // 2
        if self.groups > 1 and not self.weight.requires_grad and not (x.shape[2] | x.shape[3]) % 2:
            # a row and a column of zeros before the kernel in place of those behind the map: no copy of it
            weight = F.pad(self.weight, (1, 0, 1, 0))
            return F.conv2d(x, weight, self.bias, self.stride, half, groups=self.groups)
        x = _padded(x, half)
        if self.groups > 1 and self.weight.requires_grad:  # its backward is ten times slower in bfloat16
            with torch.autocast(x.device.type, enabled=False):
                return super().forward(x.to(self.weight.dtype)).to(x.dtype)
        return super().forward(x)

    def _depthwise5(self, x: Tensor) -> Tensor:
        """The same in the type that autocast would compute in: functions of our own are not cast."""
        if not torch.is_autocast_enabled(x.device.type):
            return depthwise5(x, self.weight, self.bias)
        dtype = torch.get_autocast_dtype(x.device.type)
        bias = None if self.bias is None else self.bias.to(dtype)
        with torch.autocast(x.device.type, enabled=False):
            return depthwise5(x.to(dtype), self.weight.to(dtype), bias)


def _padded(x: Tensor, half: int) -> Tensor:
    """Zeros around x (B, C, H, W) for a kernel of 2 half + 1 at stride 2. torch's own fills all with zeros
    first."""
    batch, channels, height, width = x.shape
    top, left = half - 1 + height % 2, half - 1 + width % 2
    size = (batch, channels, top + height + half, left + width + half)
    out = torch.empty(size, dtype=x.dtype, device=x.device, memory_format=torch.channels_last)
    out[:, :, :top] = 0
    out[:, :, top + height :] = 0
    out[:, :, top : top + height, :left] = 0
    out[:, :, top : top + height, left + width :] = 0
    out[:, :, top : top + height, left : left + width] = x
    return out


class InvertedResidual(nn.Module):
    """Expand (1x1), depthwise, project (1x1, linear), with a shortcut where the shape allows."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int, kernel: int = 3) -> None:
        super().__init__()
        hidden = inputs * expansion
        layers: list[nn.Module] = []
        if expansion > 1:
            layers += [SameConv(inputs, hidden, 1), nn.ReLU6(inplace=True)]
        layers += [SameConv(hidden, hidden, kernel, stride, groups=hidden), nn.ReLU6(inplace=True)]
        layers += [SameConv(hidden, outputs, 1)]
        self.layers = nn.Sequential(*layers)
        self.shortcut = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.layers(x)
        return x + out if self.shortcut else out


class InvertedResidualTrunk(Backbone):
    """A stem and stages of inverted residual blocks; features after the stages `taps`, counted from 0.

    `stages`: up to stride 16, `deep_stages`: those at stride 32, none: without. `scale`, `offset`: what the
    ImageNet weights expect is frame * scale + offset, for a frame in [0, 1].
    """

    def __init__(
        self,
        stages: Sequence[StageShape],
        deep_stages: Sequence[StageShape],
        taps: tuple[int, int, int],
        scale: float,
        offset: float,
    ) -> None:
        super().__init__()
        self._taps, self._scale, self._offset = taps, scale, offset
        self._channels = (stages[taps[0]].outputs, stages[taps[1]].outputs, stages[taps[2]].outputs)
        self.stem = nn.Sequential(SameConv(3, _STEM, 3, 2), nn.ReLU6(inplace=True))
        self.stages = nn.ModuleList()
        inputs = _STEM
        for shape in (*stages, *deep_stages):
            blocks = []
            for index in range(shape.repeats):
                stride = shape.stride if index == 0 else 1
                blocks.append(InvertedResidual(inputs, shape.outputs, stride, shape.expansion, shape.kernel))
                inputs = shape.outputs
            self.stages.append(nn.Sequential(*blocks))
        self.merge: nn.Conv2d | None = None
        if deep_stages:
            self.merge = nn.Conv2d(inputs, self._channels[2], 1)
            nn.init.zeros_(self.merge.weight)
            nn.init.zeros_(self.merge.bias)  # type: ignore[arg-type]

    @property
    def channels(self) -> tuple[int, int, int]:
        return self._channels

    def forward(self, frame: Tensor) -> Features:
        return self.deepen(self.begin(frame))

    def begin(self, frame: Tensor) -> Tensor:
        """The stages that training leaves as they came: frame (B, 3, H', W') -> the map at stride 4."""
        x: Tensor = self.stem(frame * self._scale + self._offset)
        for stage in self.stages[:_FROZEN_STAGES]:
            x = stage(x)
        return x

    def deepen(self, stride4: Tensor) -> Features:
        """The stages after `begin`, from the map that it returns or a changed one."""
        maps, x = {_FROZEN_STAGES - 1: stride4}, stride4
        for index, stage in enumerate(self.stages[_FROZEN_STAGES:], _FROZEN_STAGES):
            maps[index] = x = stage(x)
        stride4, stride8, top = (maps[tap] for tap in self._taps)
        if self.merge is not None:
            size = (top.shape[2], top.shape[3])
            top = top + F.interpolate(self.merge(x), size, mode="bilinear", align_corners=False)
        return Features(stride4, stride8, top)

    def prepare_for_training(self) -> None:
        self.train()
        self.stem.requires_grad_(False)
        for stage in self.stages[:_FROZEN_STAGES]:
            stage.requires_grad_(False)

    def load_imagenet(self, path: Path) -> None:
        """Take folded weights, arrays ``NN.*.weight`` / ``.bias`` of an .npz in the order of execution.

        Layers beyond the trunk's own, such as a classifier's, are left out.
        """
        arrays = load_arrays(path)
        try:
            self._take(arrays)
        except ValueError as error:
            raise WeightsError(
                "{path} does not hold this trunk's folded weights: {error}", path=path, error=error
            ) from error

    def _take(self, arrays: dict[str, Tensor]) -> None:
        """Raises ValueError if a shape does not fit or a layer is missing."""
        convolutions = [module for module in self.modules() if isinstance(module, SameConv)]
        for kind in ("weight", "bias"):
            names = [name for name in arrays if name.endswith(f".{kind}")]
            for name, convolution in zip(names, convolutions, strict=False):
                parameter = getattr(convolution, kind)
                if arrays[name].shape != parameter.shape:
                    raise ValueError(f"{name} is {tuple(arrays[name].shape)}, not {tuple(parameter.shape)}")
                with torch.no_grad():
                    parameter.copy_(arrays[name])
            if len(names) < len(convolutions):
                raise ValueError(f"{len(names)} arrays end in .{kind}, but it has {len(convolutions)} layers")

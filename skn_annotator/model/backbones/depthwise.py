"""Depthwise convolutions whose gradient is quick on the CPU in bfloat16.

PyTorch's gradient of a depthwise 5x5 convolution with respect to its weights has no quick kernel there: 25 to
80 ms for the maps of EfficientNet-Lite0 on crops of 256 pixels, where that of a 3x3 one takes less than one.
So the 5x5 kernel's is put together from those of four 3x3 kernels, one for each corner, which overlap in its
middle row and column: 1 to 14 ms.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

_KERNEL, _CORNER = 5, 3


def depthwise5(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """x (B, C, H, W) with one kernel (C, 1, 5, 5) per channel, two rows and columns of zeros around it,
    stride 1."""
    out: Tensor = _Depthwise5.apply(x, weight, bias)  # type: ignore[no-untyped-call]
    return out


class _Depthwise5(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        ctx.save_for_backward(x, weight)
        return F.conv2d(x, weight, bias, padding=2, groups=len(weight))

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x, weight = ctx.saved_tensors
        gradient = gradients[0].contiguous(memory_format=torch.channels_last)
        to_x = _gradients(gradient, x, weight, padding=2, of_x=True)
        height, width = x.shape[2], x.shape[3]
        padded = F.pad(x, (2, 2, 2, 2))
        to_weight = torch.empty_like(weight)
        corner = weight[..., :_CORNER, :_CORNER]
        for row in (0, _KERNEL - _CORNER):
            for column in (0, _KERNEL - _CORNER):
                seen = padded[:, :, row : row + height + 2, column : column + width + 2]
                seen = seen.contiguous(memory_format=torch.channels_last)
                part = _gradients(gradient, seen, corner, padding=0, of_x=False)
                to_weight[:, :, row : row + _CORNER, column : column + _CORNER] = part
        return to_x, to_weight, gradient.sum((0, 2, 3))


def _gradients(gradient: Tensor, x: Tensor, weight: Tensor, padding: int, of_x: bool) -> Tensor:
    """The gradient of a depthwise convolution with respect to x, or to its weights."""
    found = torch.ops.aten.convolution_backward(
        gradient,
        x,
        weight,
        None,
        [1, 1],
        [padding, padding],
        [1, 1],
        False,
        [0, 0],
        len(weight),
        [of_x, not of_x, False],
    )
    out: Tensor = found[0 if of_x else 1]
    return out

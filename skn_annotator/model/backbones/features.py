"""What every backbone returns: feature maps at three strides."""

from typing import NamedTuple

from torch import Tensor


class Features(NamedTuple):
    """Feature maps (B, C, H, W) at stride 4, 8 and 16 of the padded frame."""

    stride4: Tensor
    stride8: Tensor
    stride16: Tensor

"""What every backbone is and returns: feature maps at three strides, and how it is trained."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import NamedTuple

from torch import Tensor, nn


class Features(NamedTuple):
    """Feature maps (B, C, H, W) at stride 4, 8 and 16 of the padded frame."""

    stride4: Tensor
    stride8: Tensor
    stride16: Tensor


class Backbone(nn.Module, ABC):
    """RGB in [0, 1] (B, 3, H, W), sides divisible by 16 -> Features.

    A backbone says itself how it starts and how it is trained, so that training needs to know no kinds: one
    that lacks an answer cannot be built. `skn_annotator/model/backbones/registry.py` names them all.
    """

    @property
    @abstractmethod
    def channels(self) -> tuple[int, int, int]:
        """Of the features at stride 4, 8 and 16."""

    @abstractmethod
    def load_imagenet(self, path: Path) -> None:
        """Start from the ImageNet weights in `path`. Raises WeightsError if they are not its own."""

    @abstractmethod
    def prepare_for_training(self) -> None:
        """Enter training mode, except for what stays as ImageNet left it (first layers, batch statistics)."""

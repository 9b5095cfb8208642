"""Query and memory encoders with their key and value heads (Section 2.1; STM, Sections 3.1 and 3.2).

Two memory encoders: `MaskedKeyEncoder` is STM's, a whole backbone that sees the masks, with keys per object;
`SharedKeyEncoder` [choice] takes the query key of the frame as its memory key (STCN, Cheng et al., NeurIPS
2021), so that one affinity serves every object, and computes only the values from the masks.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from skn_annotator.model.backbones.backbone import Features

_KEY_GAIN = 0.25
"""Of the first keys over the features [choice]: those of folded trunks are large, and at 1 the affinity
begins as an argmax, through which little can be learnt (docs/experiments.md)."""
_FAR = 100.0
"""What no key comes near to in any channel."""


class Query(NamedTuple):
    """A frame in the query encoder: key (B, CK, H, W), value (B, CV, H, W), the features for the skips."""

    key: Tensor
    value: Tensor
    features: Features


class Memory(NamedTuple):
    """Memorized frames, their cells side by side.

    key (B, G, CK, THW), G = 1 where objects share it, else O; value (B, O, CV, THW); owner (B, THW) int64:
    which object each cell shows, 0 background, else 1 + its place among the O.
    """

    key: Tensor
    value: Tensor
    owner: Tensor

    def unread(self, cells: Tensor) -> "Memory":
        """The same with some `cells` (bool THW) so far from every key that nothing is read of them. For
        readers whose similarity is a distance."""
        return self._replace(key=self.key.masked_fill(cells, _FAR))


def side_by_side(memories: Sequence[Memory]) -> Memory:
    """One memory of several frames."""
    return Memory(*(torch.cat(parts, -1) for parts in zip(*memories, strict=True)))


class KeyValueHead(nn.Module):
    """Two 3x3 convolutions over stride-16 features: key and value."""

    def __init__(self, channels: int, key_channels: int, value_channels: int) -> None:
        super().__init__()
        self.key = nn.Conv2d(channels, key_channels, 3, padding=1)
        self.value = nn.Conv2d(channels, value_channels, 3, padding=1)
        nn.init.orthogonal_(self.key.weight, gain=_KEY_GAIN)
        nn.init.zeros_(self.key.bias)  # type: ignore[arg-type]

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        return self.key(features), self.value(features)


class QueryEncoder(nn.Module):
    """Frame (B, 3, 16H, 16W) in [0, 1] -> Query."""

    def __init__(self, backbone: nn.Module, channels: int, key_channels: int, value_channels: int) -> None:
        super().__init__()
        self.backbone = backbone
        self.head = KeyValueHead(channels, key_channels, value_channels)

    def forward(self, frame: Tensor) -> Query:
        features: Features = self.backbone(frame)
        key, value = self.head(features.stride16)
        return Query(key, value, features)


def mask_and_others(masks: Tensor) -> Tensor:
    """masks (B, O, H, W) in [0, 1] -> (B*O, 2, H, W): each object's mask and the union of the others'."""
    union = masks.sum(1, keepdim=True)
    others = (union - masks).clamp(0, 1)
    return torch.stack((masks, others), 2).flatten(0, 1)


class MaskedKeyEncoder(nn.Module):
    """STM's memory encoder: a second backbone whose first layer also sees the mask and the others' masks.

    It returns keys and values per object, (B, O, C, H, W).
    """

    def __init__(self, backbone: nn.Module, channels: int, key_channels: int, value_channels: int) -> None:
        super().__init__()
        self.backbone = backbone
        self.head = KeyValueHead(channels, key_channels, value_channels)

    def forward(self, frame: Tensor, masks: Tensor, query: Query) -> tuple[Tensor, Tensor]:
        """frame (B, 3, H', W') and masks (B, O, H', W') in [0, 1]; `query` is not used."""
        batch, objects = masks.shape[:2]
        features: Features = self.backbone(frame.repeat_interleave(objects, 0), mask_and_others(masks))
        key, value = self.head(features.stride16)
        return key.unflatten(0, (batch, objects)), value.unflatten(0, (batch, objects))


class SharedKeyEncoder(nn.Module):
    """Four stride-2 convolutions over frame and masks, fused with the query encoder's stride-16 features.

    It returns the query's key for all objects (B, 1, CK, H, W) and values per object (B, O, CV, H, W).
    """

    def __init__(self, channels: int, value_channels: int) -> None:
        super().__init__()
        widths = (16, 32, 64, 96)
        layers: list[nn.Module] = []
        inputs = 5
        for width in widths:
            layers += [nn.Conv2d(inputs, width, 3, stride=2, padding=1), nn.ReLU(inplace=True)]
            inputs = width
        self.stem = nn.Sequential(*layers)
        self.fuse = nn.Conv2d(inputs + channels, value_channels, 3, padding=1)
        self.block = nn.Sequential(
            nn.ReLU(),
            nn.Conv2d(value_channels, value_channels, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(value_channels, value_channels, 3, padding=1),
        )

    def forward(self, frame: Tensor, masks: Tensor, query: Query) -> tuple[Tensor, Tensor]:
        """frame (B, 3, H', W') in [0, 1], masks (B, O, H', W') in [0, 1], `query` of the same frame."""
        batch, objects = masks.shape[:2]
        frames = frame.repeat_interleave(objects, 0)
        x = self.stem(torch.cat((frames, mask_and_others(masks)), 1))
        features = query.features.stride16.repeat_interleave(objects, 0)
        x = self.fuse(torch.cat((x, features), 1))
        x = x + self.block(x)
        return query.key[:, None], x.unflatten(0, (batch, objects))

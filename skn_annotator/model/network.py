"""SKN: a space-time-memory network whose reader has a spatial-constrain kernel.

Source: Qiao et al., "A memory reader with spatial-constrain kernel for Video Object Segmentation", 2021,
Section 2. `build(config)` assembles it with every choice visible in `SKNConfig`. The network holds no memory:
`memorize` returns keys and values, and the caller hands them back to `segment`. It knows nothing of videos,
frame numbers or numpy.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.model.aspp import ASPP
from skn_annotator.model.backbones.backbone import Backbone
from skn_annotator.model.backbones.registry import backbone_kind
from skn_annotator.model.decoder import Decoder, StcnDecoder, soft_aggregate
from skn_annotator.model.encoders import MaskedKeyEncoder, Memory, Query, QueryEncoder, SharedKeyEncoder
from skn_annotator.model.fused_values import FusedValueEncoder
from skn_annotator.model.kernels import (
    Prior,
    cells_of_mask,
    owners_of_masks,
    prior_of_cells,
    spatial_constrain_kernel,
)
from skn_annotator.model.reader import Matches, MemoryReader, ReaderConfig, Readout
from skn_annotator.model.sensory import SensoryMemory

STRIDE = 16
"""Pixels of the padded frame per cell."""
_MOST_CHANNELS = 1 << 14


def _is_whole(value: object, least: int) -> bool:
    return type(value) is int and least <= value <= _MOST_CHANNELS


@dataclass(frozen=True)
class SKNConfig:
    """Everything that `build` needs; stored in each checkpoint, so that a file rebuilds its own network."""

    backbone: str = "compact"
    """A name in `BACKBONES`: "compact" is MobileNetV2 to stride 16, "compact32" to stride 32."""
    key_channels: int = 64
    value_channels: int = 128
    shared_keys: bool = True
    """Keys that do not see the masks (STCN): one affinity serves all objects. False: STM's, per object."""
    decoder_widths: Sequence[int] = (128, 64, 48)
    """Channels of the decoder at stride 16, 8 and 4."""
    aspp: int = 0
    """Hidden channels of each branch of the ASPP on the readout; 0: none."""
    aspp_context: bool = False
    """Whether the ASPP sees, beside the readout, what the decoder sees beside it: the last masks, the kernel
    and the sensory memory. An object is one thing: whose a piece is, is told by what lies around it
    [choice]."""
    wiring: str = "skn"
    """"stcn": value encoder and decoder are STCN's, as published; it needs shared keys. "mivos": the decoder
    is MiVOS's; keys see the masks."""
    decode_prior: bool = True
    """Whether the decoder also sees the last mask and the spatial-constrain kernel, at stride 16 [choice]."""
    decode_others: bool = False
    """Whether it also sees the last masks of the others: what was theirs is not this one's [choice]."""
    sensory: int = 0
    """Channels of the sensory memory; 0: none."""
    reader: ReaderConfig = field(default_factory=ReaderConfig)
    confidence: tuple[float, ...] = (1.0, 0.0)
    """Calibration of `Step.confidence`, so that it tells the J to expect: scale and bias of the mean
    probability's logit, and the weights of what else `inference.confidence` goes by."""

    def __post_init__(self) -> None:
        """Raises ValueError if there is no such backbone, if it has no keys that see the masks, or if a value
        is none that a network can have: it may come from a file."""
        kind = backbone_kind(self.backbone)
        widths = (self.key_channels, self.value_channels, *self.decoder_widths)
        if len(self.decoder_widths) != 3 or not all(_is_whole(width, 1) for width in widths):
            raise ValueError(f"channels are whole numbers of 1 to {_MOST_CHANNELS}, the decoder's three")
        if not _is_whole(self.aspp, 0) or not _is_whole(self.sensory, 0):
            raise ValueError(f"aspp and sensory are whole numbers of 0 to {_MOST_CHANNELS}")
        shares = {"skn": self.shared_keys, "stcn": True, "mivos": False}
        if self.wiring not in shares or self.shared_keys != shares[self.wiring]:
            raise ValueError('wiring is "skn", "stcn", which shares its keys, or "mivos", which does not')
        flags = (self.shared_keys, self.decode_prior, self.decode_others, self.aspp_context)
        if not all(isinstance(each, bool) for each in flags):
            raise ValueError("shared_keys, decode_prior, decode_others and aspp_context are true or false")
        if len(self.confidence) < 2 or not all(math.isfinite(each) for each in self.confidence):
            raise ValueError("confidence is a scale, a bias and weights")
        if not self.shared_keys and kind.memory is None:
            raise ValueError(
                f"the backbone {self.backbone!r} has no keys that see the masks: set shared_keys"
            )


# the floor keeps a fast object in reach of the matched points (docs/experiments.md)
_COMPACT_READER = ReaderConfig(similarity="l2", sigma_g=3.0, prior_floor=0.03, reach=2.5)

_LITE0 = SKNConfig(
    backbone="efficientnet_lite0",
    aspp=64,
    aspp_context=True,
    decode_others=True,
    sensory=48,
    reader=_COMPACT_READER,
)

PRESETS = {
    "compact": SKNConfig(backbone="compact32", aspp=64, reader=_COMPACT_READER),
    "lite0": _LITE0,
    "lite2": replace(_LITE0, backbone="efficientnet_lite2"),
    # STM as published: what its checkpoint fits
    "resnet50": SKNConfig(
        backbone="resnet50",
        key_channels=128,
        value_channels=512,
        shared_keys=False,
        decoder_widths=(256, 256, 256),
        aspp=0,
        decode_prior=False,
        reader=ReaderConfig(similarity="dot"),
    ),
    # STCN as published: what its checkpoint fits
    "stcn": SKNConfig(
        backbone="resnet50",
        key_channels=64,
        value_channels=512,
        decoder_widths=(512, 256, 256),
        wiring="stcn",
        decode_prior=False,
        reader=ReaderConfig(similarity="l2", top=20),
    ),
    # MiVOS's propagation network as published: what its checkpoint fits
    "mivos": SKNConfig(
        backbone="resnet50",
        key_channels=128,
        value_channels=512,
        shared_keys=False,
        decoder_widths=(512, 256, 256),
        wiring="mivos",
        decode_prior=False,
        reader=ReaderConfig(similarity="dot", top=50),
    ),
    # the SKN paper's network
    "resnest101": SKNConfig(
        backbone="resnest101",
        key_channels=128,
        value_channels=512,
        shared_keys=False,
        decoder_widths=(256, 256, 256),
        aspp=256,
        decode_prior=False,
        reader=ReaderConfig(similarity="dot"),
    ),
}


class Expectation(NamedTuple):
    """Where the objects are expected on the grid of query cells, from their last masks.

    prior (B, O); kernel (B, O, H, W) float32: the spatial-constrain kernel; last (B, O, H, W): how much of
    each cell the last mask covers.
    """

    prior: Prior
    kernel: Tensor
    last: Tensor


class Segmentation(NamedTuple):
    """What `SKN.segment` returns.

    logits (B, 1 + O, H', W') float32, merged, background first, at the padded frame's size; readout: what
    `SKN.read` returned; expected: what `SKN.expect` returned; sensory (B, O, C, H, W): what to hand to the
    next frame, None if the network has no sensory memory.
    """

    logits: Tensor
    readout: Readout
    expected: Expectation
    sensory: Tensor | None


_DECODERS: dict[str, Callable[..., Decoder | StcnDecoder]] = {
    "skn": Decoder,
    "stcn": StcnDecoder,
    "mivos": partial(StcnDecoder, skip_blocks=True),
}


class SKN(nn.Module):
    """The network. Frames are (B, 3, H', W') RGB in [0, 1], sides divisible by 16; H = H'/16, W = W'/16."""

    def __init__(self, config: SKNConfig) -> None:
        super().__init__()
        self.config = config
        kind = backbone_kind(config.backbone)
        backbone = kind.query()
        skip4, skip8, top = backbone.channels
        self.query_encoder = QueryEncoder(
            backbone=backbone,
            channels=top,
            key_channels=config.key_channels,
            value_channels=config.value_channels,
        )
        self.memory_encoder: SharedKeyEncoder | MaskedKeyEncoder | FusedValueEncoder
        if config.wiring == "stcn":
            self.memory_encoder = FusedValueEncoder(channels=top, value_channels=config.value_channels)
        elif config.shared_keys or kind.memory is None:
            self.memory_encoder = SharedKeyEncoder(channels=top, value_channels=config.value_channels)
        else:
            self.memory_encoder = MaskedKeyEncoder(
                backbone=kind.memory(),
                channels=top,
                key_channels=config.key_channels,
                value_channels=config.value_channels,
            )
        self.reader = MemoryReader(config.reader)
        readout = 2 * config.value_channels
        beside = 2 * config.decode_prior + config.decode_others + config.sensory
        seen = beside if config.aspp_context else 0
        self.aspp = ASPP(readout, config.aspp, seen) if config.aspp else None
        make_decoder = _DECODERS[config.wiring]
        self.decoder = make_decoder(
            inputs=readout + beside,
            skips=(skip4, skip8),
            widths=config.decoder_widths,
        )
        self.sensory = (
            SensoryMemory(config.sensory, config.value_channels, config.decoder_widths)
            if config.sensory
            else None
        )

    @property
    def backbones(self) -> list[Backbone]:
        """The query encoder's, and the memory encoder's if it has one."""
        return [module for module in self.modules() if isinstance(module, Backbone)]

    def encode(self, frame: Tensor) -> Query:
        """The query encoder: frame -> key, value and skips."""
        query: Query = self.query_encoder(frame)
        return query

    def memorize(self, frame: Tensor, masks: Tensor, query: Query) -> Memory:
        """The memory encoder: frame, masks (B, O, H', W') in [0, 1] and the frame's query -> one memory."""
        key, value = self.memory_encoder(frame, masks, query)
        owner = owners_of_masks(masks, (key.shape[-2], key.shape[-1]))
        return Memory(key.flatten(3), value.flatten(3), owner.flatten(1))

    def begin_sensory(self, memory: Memory, grid: tuple[int, int]) -> Tensor | None:
        """The sensory memory (B, O, C, H, W) after a frame whose masks are known; None if there is none.

        `memory`: of this frame alone, of `grid` (H, W) cells.
        """
        if self.sensory is None:
            return None
        value = memory.value
        state = self.sensory.begin(value.flatten(0, 1).view(-1, value.shape[2], *grid))
        return state.view(*value.shape[:2], *state.shape[1:])

    def segment(
        self,
        query: Query,
        memory: Memory,
        last_masks: Tensor,
        sensory: Tensor | None = None,
        block: int | None = None,
    ) -> Segmentation:
        """Read the memory and decode every object's mask.

        last_masks (B, O, H', W') in [0, 1]: of the frame processed before; empty: no prior. `sensory` (B, O,
        C, H, W): the sensory memory after that frame; None: nothing is remembered. `block`: see
        `MemoryReader`.
        """
        grid = (query.key.shape[2], query.key.shape[3])
        expected = self.expect(last_masks, grid, query.value.dtype)
        readout = self.read(query.key, memory, expected.kernel, block)
        logits, sensory = self.decode(query, readout.value, expected, sensory)
        return Segmentation(logits, readout, expected, sensory)

    def expect(self, last_masks: Tensor, grid: tuple[int, int], dtype: torch.dtype) -> Expectation:
        """Equations (4) to (6): where the objects are expected, from the masks (B, O, H', W') in [0, 1] of
        the frame processed before. `dtype`: of `Expectation.last`."""
        prior = prior_of_cells(cells_of_mask(last_masks, grid))
        kernel = spatial_constrain_kernel(prior, grid, self.config.reader.prior_floor)
        return Expectation(prior, kernel, F.adaptive_avg_pool2d(last_masks.to(dtype), grid))

    def decode(
        self, query: Query, readout: Tensor, expected: Expectation, sensory: Tensor | None
    ) -> tuple[Tensor, Tensor | None]:
        """Readout (B, O, CV, H, W) -> merged logits and the next sensory memory, as in `Segmentation`."""
        batch, objects = readout.shape[:2]
        frame_value = query.value[:, None].expand(-1, objects, -1, -1, -1)
        # the convolutions want channels last: one copy for all of them
        x = torch.cat((frame_value, readout), 2).flatten(0, 1).contiguous(memory_format=torch.channels_last)
        if self.sensory is not None and sensory is None:
            sensory = x.new_zeros(batch, objects, self.config.sensory, *readout.shape[-2:])
        beside = self._beside(expected, sensory, x).contiguous(memory_format=torch.channels_last)
        if self.aspp is not None:  # equation (11)
            x = self.aspp(x, beside if self.config.aspp_context else None)
        decoded = self.decoder(torch.cat((x, beside), 1), query.features)
        logits = soft_aggregate(decoded.logits.unflatten(0, (batch, objects)))
        if self.sensory is not None:
            shown = logits.softmax(1)[:, 1:].flatten(0, 1)
            state = beside[:, -self.config.sensory :]
            sensory = self.sensory(state, decoded.maps, shown).unflatten(0, (batch, objects))
        return logits, sensory

    def _beside(self, expected: Expectation, sensory: Tensor | None, x: Tensor) -> Tensor:
        """What is known of each object beside its readout `x` (B * O, C, H, W), as maps like it, the sensory
        memory last."""
        last = expected.last.to(x.dtype)
        beside = [x[:, :0]]
        if self.config.decode_prior:
            beside.append(torch.stack((last, expected.kernel.to(x.dtype)), 2).flatten(0, 1))
        if self.config.decode_others:
            others = (last.sum(1, keepdim=True) - last).clamp(0, 1)
            beside.append(others.flatten(0, 1)[:, None])
        if sensory is not None:
            beside.append(sensory.flatten(0, 1).to(x.dtype))
        return torch.cat(beside, 1)

    def read(
        self,
        query_key: Tensor,
        memory: Memory,
        kernel: Tensor,
        block: int | None = None,
        reader: MemoryReader | None = None,
    ) -> Readout:
        """Read the memory with one affinity for all objects if they share their keys, else with one for each,
        as in the paper: value (B, O, CV, H, W), matches and norm per affinity (B, G, ...).

        `kernel` (B, O, H, W): spatial-constrain kernels. `reader`: None is the network's own.
        """
        value, objects = memory.value, memory.value.shape[1]
        reader = reader or self.reader
        if memory.key.shape[1] == 1:
            key, kernels, owner = affinity_of(memory, kernel, 0)
            found = reader(query_key, key, value, kernels, owner, block)
        else:
            each = [affinity_of(memory, kernel, channel) for channel in range(objects)]
            key, kernels, owner = (torch.stack(parts, 1).flatten(0, 1) for parts in zip(*each, strict=True))
            found = reader(
                query_key.repeat_interleave(objects, 0),
                key,
                value.flatten(0, 1)[:, None],
                kernels,
                owner,
                block,
            )
        lead = (len(value), memory.key.shape[1])
        return Readout(
            found.value.flatten(0, 1).unflatten(0, value.shape[:2]),
            Matches(*(part.unflatten(0, lead) for part in found.matches)),
            found.norm.changed(lambda part: part.unflatten(0, lead)),
        )


def affinity_of(memory: Memory, kernel: Tensor, channel: int) -> tuple[Tensor, Tensor, Tensor]:
    """Memory keys (B, CK, THW), kernels (B, K, H, W) and owners (B, THW) that the object `channel` is read
    by, as `MemoryReader` takes them, from the kernels (B, O, H, W) of all objects."""
    if memory.key.shape[1] == 1:
        return memory.key[:, 0], torch.cat((torch.ones_like(kernel[:, :1]), kernel), 1), memory.owner
    return memory.key[:, channel], kernel[:, channel, None], torch.zeros_like(memory.owner)


def build(config: SKNConfig) -> SKN:
    """Assemble the network that `config` describes, with fresh weights, in training mode."""
    return SKN(config)

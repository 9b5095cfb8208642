"""Checkpoints that others published, STM's, MiVOS's and STCN's, under our names.

STM (Oh et al., ICCV 2019) names its parts ``Encoder_M``, ``Encoder_Q``, ``KV_M_r4``, ``KV_Q_r4`` and
``Decoder``, with or without DataParallel's ``module.``; the propagation network of MiVOS (Cheng et al., CVPR
2021) ``mask_rgb_encoder``, ``rgb_encoder``, ``kv_m_f16``, ``kv_q_f16`` and ``decoder``; STCN (Cheng et al.,
NeurIPS 2021) ``key_encoder``, ``key_proj``, ``key_comp``, ``value_encoder`` and ``decoder``. The file is
PyTorch's and loads with ``weights_only``: nothing in it can run. Nothing is downloaded.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from skn_annotator.errors import WeightsError
from skn_annotator.files import writing
from skn_annotator.model.checkpoints import build_with, save_checkpoint
from skn_annotator.model.network import PRESETS
from skn_annotator.model.weights import read_state

_STM_PARTS = {
    "Encoder_Q": "query_encoder.backbone",
    "Encoder_M": "memory_encoder.backbone",
    "KV_Q_r4.Key": "query_encoder.head.key",
    "KV_Q_r4.Value": "query_encoder.head.value",
    "KV_M_r4.Key": "memory_encoder.head.key",
    "KV_M_r4.Value": "memory_encoder.head.value",
    "Decoder.convFM": "decoder.compress",
    "Decoder.ResMM": "decoder.block",
    "Decoder.RF3.convFS": "decoder.refine8.skip",
    "Decoder.RF3.ResFS": "decoder.refine8.skip_block",
    "Decoder.RF3.ResMM": "decoder.refine8.block",
    "Decoder.RF2.convFS": "decoder.refine4.skip",
    "Decoder.RF2.ResFS": "decoder.refine4.skip_block",
    "Decoder.RF2.ResMM": "decoder.refine4.block",
    "Decoder.pred2": "decoder.predict",
}
_STAGES = {".res2.": ".layer1.", ".res3.": ".layer2.", ".res4.": ".layer3."}
_CONSTANTS = (".mean", ".std")  # buffers of STM's encoders: ImageNet's, as ours


def stm_to_skn(state: Mapping[str, Tensor], source: str) -> dict[str, Tensor]:
    """STM's weights under our names, for ``PRESETS["resnet50"]``. Raises WeightsError for unknown names."""
    weights = {name: tensor for name, tensor in state.items() if not name.endswith(_CONSTANTS)}
    renamed = _renamed(weights, _STM_PARTS, "STM", source)
    compress = renamed.get("decoder.compress.weight")
    if compress is not None:  # STM reads (memory, query), we (query, memory) as equation (11)
        half = compress.shape[1] // 2
        renamed["decoder.compress.weight"] = torch.cat((compress[:, half:], compress[:, :half]), 1)
    return renamed


_STCN_PARTS = {
    "key_encoder": "query_encoder.backbone",
    "key_proj.key_proj": "query_encoder.head.key",
    "key_comp": "query_encoder.head.value",
    "value_encoder.fuser.attention.ChannelGate.mlp.1": "memory_encoder.fuser.attention.channel.0",
    "value_encoder.fuser.attention.ChannelGate.mlp.3": "memory_encoder.fuser.attention.channel.2",
    "value_encoder.fuser.attention.SpatialGate.spatial.conv": "memory_encoder.fuser.attention.spatial",
    "value_encoder": "memory_encoder",
    "decoder.compress": "decoder.compress",
    "decoder.up_16_8.skip_conv": "decoder.refine8.skip",
    "decoder.up_16_8.out_conv": "decoder.refine8.block",
    "decoder.up_8_4.skip_conv": "decoder.refine4.skip",
    "decoder.up_8_4.out_conv": "decoder.refine4.block",
    "decoder.pred": "decoder.predict",
}
"""The first that a name begins with counts."""


def stcn_to_skn(state: Mapping[str, Tensor], source: str) -> dict[str, Tensor]:
    """STCN's weights under our names, for ``PRESETS["stcn"]``. Raises WeightsError for unknown names."""
    return _query_first(_renamed(state, _STCN_PARTS, "STCN", source))


_MIVOS_PARTS = {
    "rgb_encoder": "query_encoder.backbone",
    "mask_rgb_encoder": "memory_encoder.backbone",
    "kv_q_f16.key_proj": "query_encoder.head.key",
    "kv_q_f16.val_proj": "query_encoder.head.value",
    "kv_m_f16.key_proj": "memory_encoder.head.key",
    "kv_m_f16.val_proj": "memory_encoder.head.value",
    "decoder.compress": "decoder.compress",
    "decoder.up_16_8.skip_conv1": "decoder.refine8.skip",
    "decoder.up_16_8.skip_conv2": "decoder.refine8.skip_block",
    "decoder.up_16_8.out_conv": "decoder.refine8.block",
    "decoder.up_8_4.skip_conv1": "decoder.refine4.skip",
    "decoder.up_8_4.skip_conv2": "decoder.refine4.skip_block",
    "decoder.up_8_4.out_conv": "decoder.refine4.block",
    "decoder.pred": "decoder.predict",
}


def mivos_to_skn(state: Mapping[str, Tensor], source: str) -> dict[str, Tensor]:
    """The weights of MiVOS's propagation network under our names, for ``PRESETS["mivos"]``.

    Its first layer of the memory encoder, over picture, mask and the others' masks, becomes STM's three.
    Raises WeightsError for unknown names.
    """
    renamed = _renamed(state, _MIVOS_PARTS, "MiVOS", source)
    first = renamed.pop("memory_encoder.backbone.conv1.weight", None)
    if first is not None:
        for name, part in (("conv1", first[:, :3]), ("conv1_m", first[:, 3:4]), ("conv1_o", first[:, 4:])):
            renamed[f"memory_encoder.backbone.{name}.weight"] = part
    return _query_first(renamed)


def _renamed(
    state: Mapping[str, Tensor], parts: Mapping[str, str], whose: str, source: str
) -> dict[str, Tensor]:
    """`state` with the first of `parts` that a name begins with replaced. Raises WeightsError for others."""
    renamed, unknown = {}, []
    for name, tensor in state.items():
        part = next((p for p in parts if name.startswith(f"{p}.")), None)
        if part is None:
            unknown.append(name)
        else:
            own = parts[part] + name.removeprefix(part)
            for theirs, ours in _STAGES.items():
                own = own.replace(theirs, ours)
            renamed[own] = tensor
    if unknown:
        raise WeightsError(
            "{source} is not {whose}'s checkpoint: {n} surplus ({names})",
            source=source,
            whose=whose,
            n=len(unknown),
            names=", ".join(sorted(unknown)[:3]),
        )
    return renamed


def _query_first(renamed: dict[str, Tensor]) -> dict[str, Tensor]:
    """STCN and MiVOS read the readout as (memory, query), we (query, memory) as equation (11)."""
    for name in ("conv1", "downsample"):
        weight = renamed.get(f"decoder.compress.{name}.weight")
        if weight is not None:
            half = weight.shape[1] // 2
            renamed[f"decoder.compress.{name}.weight"] = torch.cat((weight[:, half:], weight[:, :half]), 1)
    return renamed


class _Published(NamedTuple):
    """A network that others published: how its names begin, `PRESETS`, and what makes ours of its weights."""

    whose: str
    begins: str
    preset: str
    translate: Callable[[Mapping[str, Tensor], str], dict[str, Tensor]]


_PUBLISHED = (
    _Published("STCN", "key_encoder.", "stcn", stcn_to_skn),
    _Published("MiVOS", "mask_rgb_encoder.", "mivos", mivos_to_skn),
    _Published("STM", "", "resnet50", stm_to_skn),
)


def convert_public(source: Path, target: Path, notes: Mapping[str, str] | None = None) -> str:
    """Write the published checkpoint `source`, STM's, MiVOS's or STCN's, as ours, with SKN's reader on top.

    `notes` go into it. Returns whose it is, told by its names. Raises WeightsError, ProjectError where
    `target` cannot be written.
    """
    state = read_state(source)
    found = next(
        each for each in _PUBLISHED if any(name.startswith(each.begins) for name in state) or not each.begins
    )
    config = PRESETS[found.preset]
    network = build_with(config, found.translate(state, str(source)), str(source))
    with writing(target):
        save_checkpoint(target, config, network.state_dict(), {"source": found.whose, **(notes or {})})
    return found.whose

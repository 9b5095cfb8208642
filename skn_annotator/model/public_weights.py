"""Checkpoints that others published, STM's and STCN's, under our names.

STM (Oh et al., ICCV 2019) names its parts ``Encoder_M``, ``Encoder_Q``, ``KV_M_r4``, ``KV_Q_r4`` and
``Decoder``, with or without DataParallel's ``module.``; STCN (Cheng et al., NeurIPS 2021) ``key_encoder``,
``key_proj``, ``key_comp``, ``value_encoder`` and ``decoder``. The file is PyTorch's and loads with
``weights_only``: nothing in it can run. Nothing is downloaded.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from skn_annotator.errors import WeightsError
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
_STM_STAGES = {".res2.": ".layer1.", ".res3.": ".layer2.", ".res4.": ".layer3."}
_CONSTANTS = (".mean", ".std")  # buffers of STM's encoders: ImageNet's, as ours


def stm_to_skn(state: Mapping[str, Tensor], source: str) -> dict[str, Tensor]:
    """STM's weights under our names, for ``PRESETS["resnet50"]``. Raises WeightsError for unknown names."""
    renamed, unknown = {}, []
    for name, tensor in state.items():
        part = next((p for p in _STM_PARTS if name.startswith(f"{p}.")), None)
        if part is None:
            unknown.append(name)
        elif not name.endswith(_CONSTANTS):
            own = _STM_PARTS[part] + name.removeprefix(part)
            for theirs, ours in _STM_STAGES.items():
                own = own.replace(theirs, ours)
            renamed[own] = tensor
    if unknown:
        raise WeightsError(
            "{source} is not STM's checkpoint: {n} surplus ({names})",
            source=source,
            n=len(unknown),
            names=", ".join(sorted(unknown)[:3]),
        )
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
    renamed, unknown = {}, []
    for name, tensor in state.items():
        part = next((p for p in _STCN_PARTS if name.startswith(f"{p}.")), None)
        if part is None:
            unknown.append(name)
        else:
            renamed[(_STCN_PARTS[part] + name.removeprefix(part)).replace(".res2.", ".layer1.")] = tensor
    if unknown:
        raise WeightsError(
            "{source} is not STCN's checkpoint: {n} surplus ({names})",
            source=source,
            n=len(unknown),
            names=", ".join(sorted(unknown)[:3]),
        )
    for name in ("conv1", "downsample"):  # both read the readout as (memory, query), too
        weight = renamed.get(f"decoder.compress.{name}.weight")
        if weight is not None:
            half = weight.shape[1] // 2
            renamed[f"decoder.compress.{name}.weight"] = torch.cat((weight[:, half:], weight[:, :half]), 1)
    return renamed


def convert_public(source: Path, target: Path, notes: Mapping[str, str] | None = None) -> str:
    """Write the published checkpoint `source`, STM's or STCN's, as ours, with SKN's reader on top.

    `notes` go into it. Returns whose it is, told by its names. Raises WeightsError.
    """
    state = read_state(source)
    is_stcn = any(name.startswith("key_encoder.") for name in state)
    whose, preset = ("STCN", "stcn") if is_stcn else ("STM", "resnet50")
    own = (stcn_to_skn if is_stcn else stm_to_skn)(state, str(source))
    network = build_with(PRESETS[preset], own, str(source))
    save_checkpoint(target, PRESETS[preset], network.state_dict(), {"source": whose, **(notes or {})})
    return whose

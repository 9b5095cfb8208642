"""Weights that others published, under our names: STM's checkpoint, and ImageNet trunks.

STM (Oh et al., ICCV 2019) names its parts ``Encoder_M``, ``Encoder_Q``, ``KV_M_r4``, ``KV_Q_r4`` and
``Decoder``, with or without DataParallel's ``module.``; the trunks are torchvision's ResNet-50 and the
official ResNeSt-101. Files are PyTorch's and load with ``weights_only``: nothing in them can run. Nothing is
downloaded.
"""

from collections.abc import Mapping
from pathlib import Path
from pickle import UnpicklingError  # what torch says of a file that is not its own

import torch
from torch import Tensor

from skn_annotator.errors import WeightsError
from skn_annotator.model.backbones.resnet import ResNet
from skn_annotator.model.checkpoints import load_weights, save_checkpoint
from skn_annotator.model.network import PRESETS, build

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


def read_state(path: Path) -> dict[str, Tensor]:
    """The state dict in a PyTorch file, without ``module.``. Raises WeightsError if there is none."""
    if not path.is_file():
        raise WeightsError("{path} does not exist", path=path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (UnpicklingError, RuntimeError, EOFError, OSError) as error:
        raise WeightsError("{path} is not a file of PyTorch weights, or it is damaged", path=path) from error
    if isinstance(state, dict) and isinstance(state.get("state_dict"), dict):
        state = state["state_dict"]
    if not isinstance(state, dict) or not all(isinstance(value, Tensor) for value in state.values()):
        raise WeightsError("{path} holds no state dict: a mapping from names to weights", path=path)
    return {str(name).removeprefix("module."): value for name, value in state.items()}


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


def convert_stm(source: Path, target: Path) -> None:
    """Write STM's checkpoint `source` as ours: its wiring, with SKN's reader on top. Raises WeightsError."""
    config = PRESETS["resnet50"]
    network = build(config)
    load_weights(network, stm_to_skn(read_state(source), str(source)), str(source))
    save_checkpoint(target, config, network.state_dict(), {"source": "STM"})


def load_trunk(backbone: ResNet, path: Path) -> None:
    """Load an ImageNet checkpoint into a backbone; stage 4 and the classifier are left out.

    A memory encoder's convolutions of the masks keep their fresh weights. Raises WeightsError that lists what
    is missing or surplus.
    """
    state = read_state(path)
    wanted = {name: tensor for name, tensor in state.items() if not name.startswith(("layer4.", "fc."))}
    fresh = {name: value for name, value in backbone.state_dict().items() if name.startswith("conv1_")}
    load_weights(backbone, {**wanted, **fresh}, str(path))

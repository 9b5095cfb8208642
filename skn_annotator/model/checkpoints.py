"""Checkpoints: safetensors files that hold the weights and, as metadata, the configuration of their network.

A file rebuilds its own network, and holds nothing that could run code. Weights are stored in half precision.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from skn_annotator.errors import WeightsError
from skn_annotator.model.network import SKN, SKNConfig, build
from skn_annotator.model.reader import ReaderConfig
from skn_annotator.model.weights import load_weights
from skn_annotator.resources import default_weights

_FORMAT = "skn-annotator 1"

TRAINING = "training/"
"""What the names begin with of what else a run keeps in its checkpoint; a network does not load it."""


def save_checkpoint(
    path: Path,
    config: SKNConfig,
    weights: Mapping[str, Tensor],
    notes: Mapping[str, str] | None = None,
    training: Mapping[str, Tensor] | None = None,
) -> None:
    """Write `weights` (a state dict) in half precision, with `config` and free `notes`, replacing `path`.

    `training`: tensors whose names begin with `TRAINING`, kept as they are.
    """
    tensors = {name: tensor.detach().cpu().half().contiguous() for name, tensor in weights.items()}
    tensors |= training or {}
    metadata = {"format": _FORMAT, "config": json.dumps(asdict(config)), **(notes or {})}
    temporary = path.with_name(path.name + ".tmp")
    save_file(tensors, temporary, metadata)
    temporary.chmod(0o644)  # safetensors leaves it to its owner alone: an installed checkpoint is for all
    os.replace(temporary, path)  # noqa: PTH105


def config_from_dict(values: Mapping[str, Any]) -> SKNConfig:
    """The inverse of `dataclasses.asdict` on a SKNConfig. Raises TypeError on unknown names."""
    reader = ReaderConfig(**values.get("reader", {}))
    rest: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
    return SKNConfig(**{**rest, "reader": reader})


def read_checkpoint(path: Path) -> tuple[SKNConfig, dict[str, Tensor]]:
    """The configuration and the weights in `path`. Raises WeightsError if it is no checkpoint."""
    if not path.is_file():
        raise WeightsError(
            "{path} does not exist: give --weights a checkpoint, or leave it out for the bundled one",
            path=path,
        )
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            names = [name for name in file.keys() if not name.startswith(TRAINING)]  # noqa: SIM118
            weights = {name: file.get_tensor(name) for name in names}
    except (SafetensorError, OSError) as error:
        raise WeightsError(
            "{path} is not a safetensors checkpoint, or it is damaged ({reason})",
            path=path,
            reason=str(error),
        ) from error
    if metadata.get("format") != _FORMAT:
        raise WeightsError(
            "{path} holds weights, but not those of an SKN network: it names no configuration", path=path
        )
    try:
        return config_from_dict(json.loads(metadata["config"])), weights
    except (KeyError, TypeError, ValueError) as error:
        raise WeightsError(
            "{path} was written by another version: its configuration is unknown ({reason})",
            path=path,
            reason=str(error),
        ) from error


def read_training_state(path: Path) -> dict[str, Tensor]:
    """The tensors of a checkpoint, which `read_checkpoint` accepts, whose names begin with `TRAINING`."""
    with safe_open(path, framework="pt") as file:
        names = [name for name in file.keys() if name.startswith(TRAINING)]  # noqa: SIM118
        return {name: file.get_tensor(name) for name in names}


def load_network(path: Path | str | None = None, device: str = "auto") -> SKN:
    """The network that `path` holds (None: the bundled checkpoint), in evaluation mode on `device`.

    `device` is "auto", "cpu", "cuda" or another of torch's names. Raises WeightsError.
    """
    path = Path(path or default_weights())
    config, weights = read_checkpoint(path)
    network = build(config)
    load_weights(network, weights, str(path))
    return network.eval().requires_grad_(False).to(resolve_device(device))


def resolve_device(name: str) -> torch.device:
    """ "auto" becomes the GPU if there is one. Raises WeightsError if the named device is not there."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise WeightsError("--device {name}: no such device; use auto, cpu or cuda", name=name) from error
    if device.type not in ("cpu", "cuda", "mps", "xpu"):  # torch knows more names, which compute nothing
        raise WeightsError("--device {name}: nothing can be computed there; use auto, cpu or cuda", name=name)
    if device.type == "cuda" and not torch.cuda.is_available():
        raise WeightsError("--device cuda: this machine has no usable CUDA GPU; use --device cpu")
    return device

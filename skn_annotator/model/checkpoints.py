"""Checkpoints: safetensors files that hold the weights and, as metadata, the configuration of their network.

A file rebuilds its own network, and holds nothing that could run code. Weights are stored in half precision.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from skn_annotator.errors import WeightsError
from skn_annotator.files import check_readable, exists, replace_files
from skn_annotator.model.click_network import ClickConfig, ClickNetwork
from skn_annotator.model.foreign_weights import foreign_weights
from skn_annotator.model.network import SKN, SKNConfig, build
from skn_annotator.model.reader import ReaderConfig
from skn_annotator.model.weights import check_weights, load_weights
from skn_annotator.resources import click_weights, default_weights

Network = SKN | ClickNetwork
Config = SKNConfig | ClickConfig

_FORMATS: dict[type[Config], str] = {
    SKNConfig: "skn-annotator 1",
    ClickConfig: "skn-annotator clicks 1",
}
_LONGEST = 200
"""Letters of a reason."""

TRAINING = "training/"
"""What the names begin with of what else a run keeps in its checkpoint; a network does not load it."""


def save_checkpoint(
    path: Path,
    config: Config,
    weights: Mapping[str, Tensor],
    notes: Mapping[str, str] | None = None,
    training: Mapping[str, Tensor] | None = None,
) -> None:
    """Write `weights` (a state dict) in half precision, with `config` and free `notes`, replacing `path`.

    `training`: tensors whose names begin with `TRAINING`, kept as they are.
    """
    tensors = {name: _stored(tensor.detach().cpu()).contiguous() for name, tensor in weights.items()}
    tensors |= training or {}
    metadata = {"format": _FORMATS[type(config)], "config": json.dumps(asdict(config)), **(notes or {})}
    replace_files({path: save(tensors, metadata)})


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split())[:_LONGEST]


def _stored(tensor: Tensor) -> Tensor:
    """In half precision; a count, which may be greater than that can hold, stays as it is."""
    return tensor.half() if tensor.is_floating_point() else tensor


def config_from_dict(values: Mapping[str, Any]) -> SKNConfig:
    """The inverse of `dataclasses.asdict` on a SKNConfig. Raises TypeError on unknown names, ValueError for
    what no network can have."""
    reader = ReaderConfig(**values.get("reader", {}))
    return SKNConfig(**{**_hashable(values), "reader": reader})


def _hashable(values: Mapping[str, Any]) -> dict[str, Any]:
    """JSON knows lists alone; configurations hold tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def read_checkpoint(path: Path) -> tuple[SKNConfig, dict[str, Tensor]]:
    """The configuration and the weights of an SKN network. Raises WeightsError if `path` holds none."""
    values, weights = _read(path, SKNConfig)
    try:
        return config_from_dict(values), weights
    except (TypeError, ValueError, AttributeError) as error:
        raise _unknown(path, error) from error


def read_click_checkpoint(path: Path) -> tuple[ClickConfig, dict[str, Tensor]]:
    """The same of a network of clicks."""
    values, weights = _read(path, ClickConfig)
    try:
        return ClickConfig(**_hashable(values)), weights
    except (TypeError, ValueError, AttributeError) as error:
        raise _unknown(path, error) from error


def read_weights(path: Path, config: Config) -> dict[str, Tensor]:
    """The weights in `path` of a network of the kind that `config` describes."""
    return _read(path, type(config))[1]


def holds_clicks(path: Path) -> bool:
    """Whether `path` is a checkpoint of a network of clicks; False also if it is none at all."""
    with contextlib.suppress(SafetensorError, OSError), safe_open(path, framework="pt") as file:
        return (file.metadata() or {}).get("format") == _FORMATS[ClickConfig]
    return False


def _unknown(path: Path, error: Exception) -> WeightsError:
    return WeightsError(
        "{path} was written by another version: its configuration is unknown ({reason})",
        path=path,
        reason=_in_a_line(error),
    )


def _of_another_kind(path: Path, written: str | None) -> WeightsError | None:
    """The error about a checkpoint of ours, of the format `written`, that holds the other kind of network."""
    if written == _FORMATS[ClickConfig]:
        return WeightsError(
            "{path} is a network of clicks, which selects on one picture: a pass needs an SKN network",
            path=path,
        )
    if written == _FORMATS[SKNConfig]:
        return WeightsError("{path} is an SKN network, not a network of clicks", path=path)
    return None


def _without_weights(path: Path) -> WeightsError:
    return WeightsError("{path} is a safetensors file that holds no weights", path=path)


def _read(path: Path, kind: type[Config]) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The values of the configuration and the weights in `path`, which holds a network of `kind`."""
    if not exists(path):
        raise WeightsError(
            "{path} does not exist: give --weights a checkpoint, or leave it out for the bundled one",
            path=path,
        )
    if barred := check_readable(path):
        raise WeightsError(barred)
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            names = [name for name in file.keys() if not name.startswith(TRAINING)]  # noqa: SIM118
            weights = {name: file.get_tensor(name) for name in names}
    except (SafetensorError, OSError, ValueError, TypeError, MemoryError) as error:
        raise foreign_weights(path) or WeightsError(
            "{path} is not a safetensors checkpoint, or it is damaged ({reason})",
            path=path,
            reason=_in_a_line(error),
        ) from error
    written = metadata.get("format")
    if written != _FORMATS[kind]:
        raise _of_another_kind(path, written) or foreign_weights(path) or _without_weights(path)
    try:
        values: dict[str, Any] = json.loads(metadata["config"])
    except (LookupError, ValueError, RecursionError) as error:
        raise _unknown(path, error) from error
    return values, weights


def read_training_state(path: Path) -> dict[str, Tensor]:
    """The tensors of a checkpoint, which `read_checkpoint` accepts, whose names begin with `TRAINING`."""
    with safe_open(path, framework="pt") as file:
        names = [name for name in file.keys() if name.startswith(TRAINING)]  # noqa: SIM118
        return {name: file.get_tensor(name) for name in names}


def check_checkpoint(path: Path) -> None:
    """Raises WeightsError, which says what `path` is, unless `load_network` would take it; builds nothing."""
    config, weights = read_checkpoint(path)
    with torch.device("meta"):
        check_weights(build(config), weights, str(path))


def load_network(path: Path | str | None = None, device: str = "auto") -> SKN:
    """The network that `path` holds (None: the bundled checkpoint), in evaluation mode on `device`.

    `device` is "auto", "cpu", "cuda" or another of torch's names. Raises WeightsError.
    """
    path = Path(path or default_weights())
    config, weights = read_checkpoint(path)
    network = build_with(config, weights, str(path))
    return network.eval().requires_grad_(False).to(resolve_device(device))


def build_with(config: SKNConfig, weights: Mapping[str, Tensor], source: str) -> SKN:
    """The network that `config` describes with `weights`, which were read from `source`.

    They are compared with a network that has shapes and no memory first: whatever sizes a file claims,
    no more is allocated than it holds. Raises WeightsError.
    """
    with torch.device("meta"):
        check_weights(build(config), weights, source)
    network = build(config)
    load_weights(network, weights, source)
    return network


def load_click_network(path: Path | str | None = None, device: str = "auto") -> ClickNetwork:
    """The network of clicks that `path` holds, as `load_network` does."""
    path = Path(path or click_weights())
    config, weights = read_click_checkpoint(path)
    with torch.device("meta"):
        check_weights(ClickNetwork(config), weights, str(path))
    network = ClickNetwork(config)
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
    there = _count(device.type)
    if not there:
        raise WeightsError(
            "--device {name}: this machine has no usable {kind} GPU; use --device cpu",
            name=name,
            kind=device.type.upper(),
        )
    if (device.index or 0) >= there:
        raise WeightsError(
            "--device {name}: this machine has {n} of them, counted from 0", name=name, n=there
        )
    return device


def _count(kind: str) -> int:
    """How many devices of this kind can be used."""
    if kind == "mps":
        return int(torch.backends.mps.is_available())
    kinds = {"cuda": torch.cuda, "xpu": torch.xpu}
    return kinds[kind].device_count() if kind in kinds and kinds[kind].is_available() else int(kind == "cpu")

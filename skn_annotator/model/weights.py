"""Reading weights that others wrote, and putting weights into a network with nothing left out in silence."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from pickle import UnpicklingError  # what torch says of a file that is not its own
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

import numpy as np
import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from skn_annotator.errors import WeightsError
from skn_annotator.files import check_readable, read_file

_DAMAGE = (
    *(UnpicklingError, BadZipFile, struct.error, RuntimeError, EOFError, OSError, LookupError, ValueError),
    *(TypeError, AttributeError, AssertionError, ArithmeticError, MemoryError, ImportError, SyntaxError),
    *(zlib.error, TokenError, SafetensorError),
)
"""What torch and numpy raise at damaged files, depending on where the damage is."""
_LONGEST = 200
"""Letters of a reason."""
_MOST_UNPACKED = 2 << 30
"""Bytes of arrays; a trunk has 100 MB."""


def load_pickled(path: Path, device: torch.device | str = "cpu") -> Any:
    """What a PyTorch file holds: tensors in mappings and lists. Nothing in it can run.

    Raises WeightsError if it is no such file, is damaged, or holds more than its own size: torch compresses
    nothing, so that would be a file made to fill the memory.
    """
    if barred := check_readable(path):
        raise WeightsError(barred)
    try:
        if is_zipfile(path):
            with ZipFile(path) as archive:
                if sum(each.file_size for each in archive.infolist()) > path.stat().st_size:
                    raise UnpicklingError("it is compressed")
        return torch.load(path, map_location=device, weights_only=True)
    except _DAMAGE as error:
        raise WeightsError("{path} is not a file of PyTorch weights, or it is damaged", path=path) from error


def load_arrays(path: Path) -> dict[str, Tensor]:
    """The arrays of an .npz by their names, in the order of these, as float32.

    Raises WeightsError if it is no such file, is damaged, or unpacks to more than 2 GiB.
    """
    if barred := check_readable(path):
        raise WeightsError(barred)
    try:
        data = BytesIO(read_file(path))
        with ZipFile(data) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_UNPACKED:
                raise BadZipFile("it unpacks to more than 2 GiB")
        data.seek(0)
        with np.load(data, allow_pickle=False) as arrays:
            return {name: torch.from_numpy(arrays[name]).float() for name in sorted(arrays.files)}
    except _DAMAGE as error:
        raise WeightsError(
            "{path} is not a file of arrays (.npz), or it is damaged: {reason}",
            path=path,
            reason=str(error)[:_LONGEST] or type(error).__name__,
        ) from error


def read_state(path: Path) -> dict[str, Tensor]:
    """The state dict in a PyTorch file, without ``module.``. Raises WeightsError if there is none."""
    state = load_pickled(path)
    for name in ("state_dict", "model"):
        if isinstance(state, dict) and isinstance(state.get(name), dict):
            state = state[name]
    if not isinstance(state, dict) or not all(isinstance(value, Tensor) for value in state.values()):
        raise WeightsError("{path} holds no state dict: a mapping from names to weights", path=path)
    return {str(name).removeprefix("module."): value for name, value in state.items()}


def load_weights(network: nn.Module, weights: Mapping[str, Tensor], source: str) -> None:
    """Copy `weights` into `network`. Raises WeightsError as `check_weights` does."""
    check_weights(network, weights, source)
    network.load_state_dict({name: tensor.float() for name, tensor in weights.items()})


def check_weights(network: nn.Module, weights: Mapping[str, Tensor], source: str) -> None:
    """Raises WeightsError that names which of `weights` are missing, surplus, misshapen or no numbers.

    Nothing is allocated: `network` may be one of the device "meta", which has shapes alone.
    """
    own = network.state_dict()
    missing = sorted(own.keys() - weights.keys())
    surplus = sorted(weights.keys() - own.keys())
    shapes = sorted(n for n in own.keys() & weights.keys() if own[n].shape != weights[n].shape)
    if missing or surplus or shapes:
        parts = [
            f"{len(names)} {what} ({', '.join(names[:3])}{', ...' if len(names) > 3 else ''})"
            for what, names in (("missing", missing), ("surplus", surplus), ("of another shape", shapes))
            if names
        ]
        raise WeightsError(
            "{source} is a checkpoint of another network: weights {differences}",
            source=source,
            differences="; ".join(parts),
        )
    endless = [n for n in sorted(own) if own[n].is_floating_point() and not weights[n].isfinite().all()]
    if endless:
        raise WeightsError(
            "{source} holds weights that are no finite numbers ({names}): its training diverged, or it is "
            "damaged",
            source=source,
            names=", ".join(endless[:3]),
        )

"""Reading weights that others wrote, and putting weights into a network with nothing left out in silence."""

from collections.abc import Mapping
from pathlib import Path
from pickle import UnpicklingError  # what torch says of a file that is not its own

import torch
from torch import Tensor, nn

from skn_annotator.errors import WeightsError


def read_state(path: Path) -> dict[str, Tensor]:
    """The state dict in a PyTorch file, without ``module.``. Raises WeightsError if there is none."""
    if not path.is_file():
        raise WeightsError("{path} does not exist", path=path)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (UnpicklingError, RuntimeError, EOFError, OSError, LookupError, ValueError) as error:
        raise WeightsError("{path} is not a file of PyTorch weights, or it is damaged", path=path) from error
    if isinstance(state, dict) and isinstance(state.get("state_dict"), dict):
        state = state["state_dict"]
    if not isinstance(state, dict) or not all(isinstance(value, Tensor) for value in state.values()):
        raise WeightsError("{path} holds no state dict: a mapping from names to weights", path=path)
    return {str(name).removeprefix("module."): value for name, value in state.items()}


def load_weights(network: nn.Module, weights: Mapping[str, Tensor], source: str) -> None:
    """Copy `weights` into `network`. Raises WeightsError that names what is missing, surplus or misshapen."""
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
    network.load_state_dict({name: tensor.float() for name, tensor in weights.items()})

"""A run in one small file, from which another machine goes on: a checkpoint with what the optimizer has
learnt.

``state.pt`` holds the weights, their moving average and AdamW's two moments in full: twelve times a
checkpoint. The packed file holds the moving average in half precision, as a checkpoint does (the program
loads it as one), and the second moments as the means of their rows and columns, whose product stands for them
(Shazeer and Stern, Adafactor, ICML 2018). The first moments start at zero: they remember ten steps. The run
goes on from the moving average: where the rate is constant, that is where the weights move around.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from skn_annotator.errors import WeightsError
from skn_annotator.model.checkpoints import (
    TRAINING,
    Network,
    read_training_state,
    read_weights,
    save_checkpoint,
)
from skn_annotator.model.weights import load_weights

_ROWS, _COLUMNS, _STEP = f"{TRAINING}rows/", f"{TRAINING}columns/", f"{TRAINING}step"


def pack(path: Path, step: int, network: Network, average: Network, optimizer: torch.optim.Optimizer) -> None:
    """Write a run after `step` steps. `optimizer` moves the parameters of `network`."""
    tensors = dict(average.state_dict())
    extra = {_STEP: torch.tensor([step])}
    for name, parameter in network.named_parameters():
        if parameter in optimizer.state:
            rows, columns = _factors(optimizer.state[parameter]["exp_avg_sq"])
            extra |= {_ROWS + name: rows, _COLUMNS + name: columns}
    save_checkpoint(path, average.config, tensors, {"step": str(step)}, extra)


def unpack(path: Path, network: Network, average: Network, optimizer: torch.optim.Optimizer) -> int:
    """Bring a run to where the packed one was; returns the number of steps done.

    Raises WeightsError if `path` is no packed run, or that of another network.
    """
    weights = read_weights(path, network.config)
    state = read_training_state(path)
    if _STEP not in state:
        raise WeightsError("{path} is a checkpoint without a training state: give it to --init", path=path)
    for target in (network, average):
        load_weights(target, weights, str(path))
    step = _step_in(state, path)
    for name, parameter in network.named_parameters():
        if _ROWS + name in state and parameter.requires_grad:
            squares = _product(*_factors_in(state, name, parameter, path))
            optimizer.state[parameter] = {
                "step": torch.tensor(float(step)),
                "exp_avg": torch.zeros_like(parameter),
                "exp_avg_sq": squares.reshape(parameter.shape).to(parameter).clone(),
            }
    return step


def _step_in(state: Mapping[str, Tensor], path: Path) -> int:
    """The number of steps done; raises WeightsError if it is none."""
    step = state[_STEP]
    if step.numel() != 1 or step.is_floating_point() or step.is_complex() or int(step) < 0:
        raise WeightsError("{path} is damaged: it has no number of steps", path=path)
    return int(step)


def _factors_in(
    state: Mapping[str, Tensor], name: str, parameter: Tensor, path: Path
) -> tuple[Tensor, Tensor]:
    """What `_factors` stored of the parameter `name`; raises WeightsError if it does not fit."""
    rows, columns = state[_ROWS + name], state.get(_COLUMNS + name)
    first = parameter.shape[0]
    if columns is None or rows.shape != (first,) or columns.shape != (parameter.numel() // first,):
        raise WeightsError(
            "{path} is damaged: its training state of {name} does not fit", path=path, name=name
        )
    return rows, columns


def _factors(squares: Tensor) -> tuple[Tensor, Tensor]:
    """The means of the rows (first dimension) and of the columns (all others), float32."""
    table = squares.detach().float().cpu().reshape(squares.shape[0], -1)
    return table.mean(1), table.mean(0)


def _product(rows: Tensor, columns: Tensor) -> Tensor:
    """What `_factors` stand for; exact where a table has rank one, as a bias has."""
    return rows[:, None] * columns / rows.mean().clamp_min(1e-30)

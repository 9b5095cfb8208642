"""A run in one small file, from which another machine goes on: a checkpoint with what the optimizer has
learnt.

``state.pt`` holds the weights, their moving average and AdamW's two moments in full: twelve times a
checkpoint. The packed file holds the moving average in half precision, as a checkpoint does (the program
loads it as one), and the second moments as the means of their rows and columns, whose product stands for them
(Shazeer and Stern, Adafactor, ICML 2018). The first moments start at zero: they remember ten steps. The run
goes on from the moving average: where the rate is constant, that is where the weights move around.
"""

from pathlib import Path

import torch
from torch import Tensor

from skn_annotator.errors import WeightsError
from skn_annotator.model.checkpoints import TRAINING, read_checkpoint, read_training_state, save_checkpoint
from skn_annotator.model.network import SKN
from skn_annotator.model.weights import load_weights

_ROWS, _COLUMNS, _STEP = f"{TRAINING}rows/", f"{TRAINING}columns/", f"{TRAINING}step"


def pack(path: Path, step: int, network: SKN, average: SKN, optimizer: torch.optim.Optimizer) -> None:
    """Write a run after `step` steps. `optimizer` moves the parameters of `network`."""
    tensors = dict(average.state_dict())
    extra = {_STEP: torch.tensor([step])}
    for name, parameter in network.named_parameters():
        if parameter in optimizer.state:
            rows, columns = _factors(optimizer.state[parameter]["exp_avg_sq"])
            extra |= {_ROWS + name: rows, _COLUMNS + name: columns}
    save_checkpoint(path, average.config, tensors, {"step": str(step)}, extra)


def unpack(path: Path, network: SKN, average: SKN, optimizer: torch.optim.Optimizer) -> int:
    """Bring a run to where the packed one was; returns the number of steps done.

    Raises WeightsError if `path` is no packed run, or that of another network.
    """
    weights = read_checkpoint(path)[1]
    state = read_training_state(path)
    if _STEP not in state:
        raise WeightsError("{path} is a checkpoint without a training state: give it to --init", path=path)
    for target in (network, average):
        load_weights(target, weights, str(path))
    step = int(state[_STEP])
    for name, parameter in network.named_parameters():
        if _ROWS + name in state and parameter.requires_grad:
            squares = _product(state[_ROWS + name], state[_COLUMNS + name])
            optimizer.state[parameter] = {
                "step": torch.tensor(float(step)),
                "exp_avg": torch.zeros_like(parameter),
                "exp_avg_sq": squares.reshape(parameter.shape).to(parameter).clone(),
            }
    return step


def _factors(squares: Tensor) -> tuple[Tensor, Tensor]:
    """The means of the rows (first dimension) and of the columns (all others), float32."""
    table = squares.detach().float().cpu().reshape(squares.shape[0], -1)
    return table.mean(1), table.mean(0)


def _product(rows: Tensor, columns: Tensor) -> Tensor:
    """What `_factors` stand for; exact where a table has rank one, as a bias has."""
    return rows[:, None] * columns / rows.mean().clamp_min(1e-30)

"""Learner: a network in training, the average of its weights and its optimizer; what all stages do at a step.

The loops are in `train` and `clicks.click_training`.
"""

import copy
from pathlib import Path
from typing import Generic, TypeVar

from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from skn_annotator.model.click_network import ClickNetwork
from skn_annotator.model.network import SKN
from skn_annotator.training.optimization import (
    check_finite,
    make_optimizer,
    prepare_for_training,
    set_rate,
    update_average,
)
from skn_annotator.training.run_folder import RunFolder
from skn_annotator.training.stage import StageConfig

Trained = TypeVar("Trained", SKN, ClickNetwork)


class Learner(Generic[Trained]):
    """`network` learns, `average` follows it, both on one device; `start` is the number of steps done."""

    def __init__(
        self, network: Trained, stage: StageConfig, folder: RunFolder, packed: Path | None = None
    ) -> None:
        """Goes on where the run in `folder` stopped, or where the `packed` run did if it is new.

        Raises SknError if a saved state does not fit.
        """
        self._stage, self._folder = stage, folder
        self.network: Trained = network
        self.average: Trained = copy.deepcopy(network).requires_grad_(False)
        prepare_for_training(network)
        self._optimizer = make_optimizer(network, stage)
        device = next(network.parameters()).device
        self.start = folder.resume(network, self.average, self._optimizer, device, packed)
        self._moving = [p for group in self._optimizer.param_groups for p in group["params"]]

    def descend(self, loss: Tensor, step: int) -> dict[str, float]:
        """Move the weights down the gradient of `loss`; returns the learning ``rate`` and the gradient's
        ``norm``.

        Raises SknError if the norm is not finite: the weights would be lost.
        """
        rate = set_rate(self._optimizer, self._stage, step)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        norm = clip_grad_norm_(self._moving, self._stage.clip_gradient)
        check_finite(norm, self._folder.path, step)
        self._optimizer.step()
        update_average(self.average, self.network, step, self._stage.ema)
        return {"rate": rate, "norm": norm.item()}

    def is_due(self, done: int) -> bool:
        """Whether the run is saved after `done` steps."""
        return done % self._stage.save_every == 0 or done == self._stage.steps

    def save(self, done: int) -> None:
        """Save the run after `done` steps. Raises SknError if there is no room."""
        self._folder.save(done, self.network, self.average, self._optimizer)

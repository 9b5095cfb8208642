"""What a stage starts from and how its weights move: first weights, learning rates, the moving average."""

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from skn_annotator.errors import SknError
from skn_annotator.model.checkpoints import Network, build_with, read_checkpoint
from skn_annotator.model.encoders import KeyValueHead
from skn_annotator.model.network import PRESETS, SKN, build
from skn_annotator.model.weights import load_weights
from skn_annotator.training.config import TrainConfig
from skn_annotator.training.stage import StageConfig


def start_network(config: TrainConfig, init: Path | None, imagenet: Path | None) -> SKN:
    """A fresh network, from the weights of a checkpoint (`init`) or with an ImageNet trunk (`imagenet`).

    With both, a trained network grows: the stage's network takes the checkpoint's weights, what they lack is
    fresh (a trunk's further stages from ImageNet), and further inputs of a layer begin with weights of zero.
    Raises WeightsError if a file does not fit.
    """
    torch.manual_seed(config.seed)
    stored, weights = read_checkpoint(init) if init is not None else (None, {})
    chosen = PRESETS[config.network] if stored is None or imagenet is not None else stored
    chosen = replace(chosen, reader=config.reader or chosen.reader)
    if init is not None and imagenet is None:
        return with_keys_scaled(build_with(chosen, weights, str(init)), config.key_scale)
    network = build(chosen)
    if imagenet is not None:
        for backbone in network.backbones:
            backbone.load_imagenet(imagenet)
        own = network.state_dict()
        load_weights(network, {**own, **_widened(weights, own)}, str(init or imagenet))
    return with_keys_scaled(network, config.key_scale)


@torch.no_grad()
def with_keys_scaled(network: SKN, scale: float) -> SKN:
    """The network, whose keys are `scale` times as large."""
    for head in network.modules():
        if isinstance(head, KeyValueHead):
            for parameter in head.key.parameters():
                parameter.mul_(scale)
    return network


def _widened(weights: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """`weights` with zeros for the inputs that the layers of `wanted` have beyond them."""
    wide = dict(weights)
    for name, tensor in weights.items():
        old, new = tensor.shape, wanted[name].shape if name in wanted else tensor.shape
        if len(old) == len(new) > 1 and old[1] < new[1] and (old[0], *old[2:]) == (new[0], *new[2:]):
            fresh = torch.zeros_like(wanted[name])
            fresh[:, : tensor.shape[1]] = tensor
            wide[name] = fresh
    return wide


def prepare_for_training(network: Network) -> None:
    """Training mode, in the order of memory that is quickest; each backbone says what of it stays as it
    came."""
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    network.train()
    for backbone in network.backbones:
        backbone.prepare_for_training()


def make_optimizer(network: Network, config: StageConfig) -> torch.optim.AdamW:
    """AdamW over what `prepare_for_training` left to learn; backbones learn at `trunk_rate` of the rate."""
    trunk = {id(parameter) for backbone in network.backbones for parameter in backbone.parameters()}
    moving = [parameter for parameter in network.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in moving if id(p) not in trunk], "scale": 1.0},
        {"params": [p for p in moving if id(p) in trunk], "scale": config.trunk_rate},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, weight_decay=config.weight_decay)


def rate_scale(config: StageConfig, step: int) -> float:
    """The learning rate over its base: a linear warm-up, then half a cosine down to `final_rate`."""
    if step < config.warmup:
        return (step + 1) / config.warmup
    progress = (step - config.warmup) / max(1, config.steps - config.warmup)
    return config.final_rate + (1 - config.final_rate) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))


def set_rate(optimizer: torch.optim.Optimizer, config: StageConfig, step: int) -> float:
    """Give every group its learning rate for `step`; returns the base that their scales multiply."""
    rate = config.learning_rate * rate_scale(config, step)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["scale"]
    return rate


def check_finite(norm: Tensor, run: Path, step: int) -> None:
    """Raises SknError if the gradient's `norm` is none: the weights would be lost with the next step."""
    if not torch.isfinite(norm):
        raise SknError(f"{run}: the loss diverged at step {step}; lower learning_rate and start again")


@torch.no_grad()
def update_average(average: Network, network: Network, step: int, decay: float) -> None:
    """Exponential moving average of the weights; quick at first, so that the start is forgotten."""
    rate = min(decay, (1 + step) / (10 + step))
    for mean, value in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - rate)
        else:
            mean.copy_(value)

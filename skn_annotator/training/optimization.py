"""What a stage starts from and how its weights move: first weights, learning rates, the moving average."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from skn_annotator.errors import WeightsError
from skn_annotator.model.backbones.compact import CompactBackbone
from skn_annotator.model.backbones.resnet import ResNet
from skn_annotator.model.checkpoints import load_weights, read_checkpoint
from skn_annotator.model.encoders import SharedKeyEncoder
from skn_annotator.model.network import PRESETS, SKN, build
from skn_annotator.model.public_weights import load_trunk
from skn_annotator.training.config import TrainConfig


def start_network(config: TrainConfig, init: Path | None, imagenet: Path | None) -> SKN:
    """A fresh network, from the weights of a checkpoint (`init`) or with an ImageNet trunk (`imagenet`).

    With both, the stage's network takes the checkpoint's weights and has its trunk's further stages from
    ImageNet: a trained network grows. Raises WeightsError if a file does not fit.
    """
    torch.manual_seed(config.seed)
    stored, weights = read_checkpoint(init) if init is not None else (None, {})
    chosen = PRESETS[config.network] if stored is None or imagenet is not None else stored
    network = build(replace(chosen, reader=config.reader or chosen.reader))
    if imagenet is not None:
        for backbone in _backbones(network):
            _load_imagenet(backbone, imagenet)
        weights = {**network.state_dict(), **weights}
    if weights:
        load_weights(network, weights, str(init))
    return network


def _backbones(network: SKN) -> list[CompactBackbone | ResNet]:
    """The query encoder's trunk, and the memory encoder's if it has one."""
    encoders = (network.query_encoder, network.memory_encoder)
    found = [encoder.backbone for encoder in encoders if not isinstance(encoder, SharedKeyEncoder)]
    return [backbone for backbone in found if isinstance(backbone, CompactBackbone | ResNet)]


def _load_imagenet(backbone: CompactBackbone | ResNet, path: Path) -> None:
    if isinstance(backbone, ResNet):
        load_trunk(backbone, path)
        return
    try:
        with np.load(path, allow_pickle=False) as arrays:
            backbone.load_imagenet({name: torch.from_numpy(arrays[name]).float() for name in arrays.files})
    except (OSError, ValueError) as error:
        raise WeightsError(f"{path} does not hold a folded MobileNetV2: {error}") from error


def training_mode(network: SKN) -> None:
    """Training mode, but batch norms keep the statistics that they came with (STM, Section 3.4)."""
    network.train()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()


def make_optimizer(network: SKN, config: TrainConfig) -> torch.optim.AdamW:
    """AdamW; the backbones learn at `trunk_rate` of the rate, the compact one keeps its stem."""
    trunk: set[int] = set()
    for backbone in _backbones(network):
        if isinstance(backbone, CompactBackbone):
            backbone.freeze_stem()
        trunk.update(id(parameter) for parameter in backbone.parameters())
    moving = [parameter for parameter in network.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in moving if id(p) not in trunk], "scale": 1.0},
        {"params": [p for p in moving if id(p) in trunk], "scale": config.trunk_rate},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, weight_decay=config.weight_decay)


def rate_scale(config: TrainConfig, step: int) -> float:
    """The learning rate over its base: a linear warm-up, then half a cosine down to `final_rate`."""
    if step < config.warmup:
        return (step + 1) / config.warmup
    progress = (step - config.warmup) / max(1, config.steps - config.warmup)
    return config.final_rate + (1 - config.final_rate) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))


def set_rate(optimizer: torch.optim.Optimizer, config: TrainConfig, step: int) -> float:
    """Give every group its learning rate for `step`; returns the base that their scales multiply."""
    rate = config.learning_rate * rate_scale(config, step)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["scale"]
    return rate


@torch.no_grad()
def update_average(average: SKN, network: SKN, step: int, decay: float) -> None:
    """Exponential moving average of the weights; quick at first, so that the start is forgotten."""
    rate = min(decay, (1 + step) / (10 + step))
    for mean, value in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - rate)
        else:
            mean.copy_(value)

"""Training, one stage: settings, then one flat loop.

A clip of T frames: the first is memorized with its true masks; each later frame is segmented from the memory,
and memorized with the masks that the network found, so that it learns to live with its own mistakes (STM,
Section 3.4).

The run folder holds ``state.pt`` (weights, their moving average, optimizer, step: killed at any moment and
started again, the run goes on), ``weights.safetensors`` (the moving average, what the program loads) and
``log.csv``. The clip of each step depends on the seed and the step alone, so no random state needs to be
saved.
"""

import copy
import csv
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_
from torch.utils.data import DataLoader, Dataset

from skn_annotator.errors import SknError
from skn_annotator.model.backbones.compact import CompactBackbone
from skn_annotator.model.checkpoints import load_weights, read_checkpoint, save_checkpoint
from skn_annotator.model.encoders import Query
from skn_annotator.model.network import PRESETS, SKN, build
from skn_annotator.training.clips import ClipMaker
from skn_annotator.training.config import TrainConfig
from skn_annotator.training.datasets import KINDS
from skn_annotator.training.losses import clip_loss, keep_share


class ClipDataset(Dataset[tuple[Tensor, Tensor]]):
    """Clip number i of the run: frames (T, 3, S, S) and masks (T, S, S), uint8; the same for one seed."""

    def __init__(self, config: TrainConfig, root: Path) -> None:
        datasets = [KINDS[entry.kind](root / entry.path) for entry in config.data]
        self.maker = ClipMaker(datasets, [entry.weight for entry in config.data], config.clip)
        self.config = config

    def __len__(self) -> int:
        return self.config.steps * self.config.batch

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        progress = min(1.0, index / self.config.batch / max(1, self.config.gap_steps))
        gap = 1 + round(progress * (self.config.clip.largest_gap - 1))
        clip = self.maker.make(np.random.default_rng((self.config.seed, index)), gap)
        return torch.from_numpy(clip.frames).permute(0, 3, 1, 2), torch.from_numpy(clip.masks)


def segment_clip(network: SKN, frames: Tensor, masks: Tensor) -> list[Tensor]:
    """Follow a clip: frames (B, T, 3, S, S) in [0, 1], true masks (B, T, O, S, S) -> logits of frames 1.."""
    queries = _split(network.encode(frames.flatten(0, 1)), *frames.shape[:2])
    last = masks[:, 0]
    keys, values, logits = [], [], []
    for t in range(1, frames.shape[1]):
        memory = network.memorize(frames[:, t - 1], last, queries[t - 1])
        keys.append(memory.key.flatten(3))
        values.append(memory.value.flatten(3))
        result = network.segment(queries[t], torch.cat(keys, -1), torch.cat(values, -1), last.detach())
        logits.append(result.logits)
        last = result.logits.softmax(1)[:, 1:]
    return logits


def _split(query: Query, batch: int, length: int) -> list[Query]:
    """The queries of a batch of clips, encoded at once, frame by frame."""

    def at(x: Tensor, t: int) -> Tensor:
        return x.view(batch, length, *x.shape[1:])[:, t].contiguous(memory_format=torch.channels_last)

    return [
        Query(at(query.key, t), at(query.value, t), type(query.features)(*(at(x, t) for x in query.features)))
        for t in range(length)
    ]


def learning_rate(config: TrainConfig, step: int) -> float:
    """Over the base rate: a linear warm-up, then half a cosine down to `final_rate`."""
    if step < config.warmup:
        return (step + 1) / config.warmup
    progress = (step - config.warmup) / max(1, config.steps - config.warmup)
    return config.final_rate + (1 - config.final_rate) * 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))


def make_optimizer(network: SKN, config: TrainConfig) -> torch.optim.AdamW:
    """AdamW; the backbone learns at `trunk_rate` of the rate, the compact one keeps its stem."""
    backbone = network.query_encoder.backbone
    if isinstance(backbone, CompactBackbone):
        backbone.freeze_stem()
    trunk = {id(parameter) for parameter in backbone.parameters()}
    groups = [
        {"params": [p for p in network.parameters() if p.requires_grad and id(p) not in trunk], "scale": 1.0},
        {"params": [p for p in backbone.parameters() if p.requires_grad], "scale": config.trunk_rate},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, weight_decay=config.weight_decay)


@torch.no_grad()
def update_average(average: SKN, network: SKN, step: int, decay: float) -> None:
    """Exponential moving average of the weights; quick at first, so that the start is forgotten."""
    rate = min(decay, (1 + step) / (10 + step))
    for mean, value in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(value, 1 - rate)
        else:
            mean.copy_(value)


def start_network(config: TrainConfig, init: Path | None, imagenet: Path | None) -> SKN:
    """A fresh network, from the weights of a checkpoint (`init`) or with an ImageNet trunk."""
    torch.manual_seed(config.seed)
    if init is not None:
        stored, weights = read_checkpoint(init)
        network = build(stored)
        load_weights(network, weights, str(init))
        return network
    network = build(PRESETS[config.network])
    backbone = network.query_encoder.backbone
    if imagenet is not None and isinstance(backbone, CompactBackbone):
        with np.load(imagenet, allow_pickle=False) as arrays:
            backbone.load_imagenet({name: torch.from_numpy(arrays[name]).float() for name in arrays.files})
    return network


def train(
    config: TrainConfig,
    root: Path,
    run: Path,
    init: Path | None = None,
    imagenet: Path | None = None,
    device: torch.device | str = "cpu",
    workers: int = 1,
) -> Iterator[dict[str, float]]:
    """Train one stage in the folder `run`, going on where it stopped; yields a row of figures per step."""
    device = torch.device(device)
    run.mkdir(parents=True, exist_ok=True)
    network = start_network(config, init, imagenet).to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(network).requires_grad_(False)
    optimizer = make_optimizer(network, config)
    start = _resume(run, network, average, optimizer, device)

    clips = ClipDataset(config, root)
    order = range(start * config.batch, len(clips))
    loader = DataLoader(clips, config.batch, sampler=order, num_workers=workers, drop_last=True)
    _cut_log(run / "log.csv", start)
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    network.train()
    clock = time.perf_counter()
    for step, (frames, masks) in enumerate(loader, start):
        rate = config.learning_rate * learning_rate(config, step)
        for group in optimizer.param_groups:
            group["lr"] = rate * group["scale"]

        frames = frames.to(device).float() / 255
        masks = masks.to(device).long()
        truth = torch.stack([(masks == i).float() for i in range(1, config.clip.objects + 1)], 2)
        with torch.autocast(device.type, torch.bfloat16):
            logits = segment_clip(network, frames, truth)
        keep = keep_share(step, config.bootstrap_start, config.bootstrap_end, config.bootstrap_share)
        loss = clip_loss(logits, masks, keep)

        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = clip_grad_norm_(parameters, config.clip_gradient)
        if not torch.isfinite(norm):
            raise SknError(f"{run}: the loss diverged at step {step}; lower learning_rate and start again")
        optimizer.step()
        update_average(average, network, step, config.ema)

        now = time.perf_counter()
        overlap = _overlap(logits[-1], masks[:, -1])
        row = {
            "step": step,
            "loss": loss.item(),
            "overlap": overlap,
            "norm": norm.item(),
            "rate": rate,
            "seconds": now - clock,
        }
        clock = now
        _log(run / "log.csv", row)
        if (step + 1) % config.save_every == 0 or step + 1 == config.steps:
            _save(run, step + 1, network, average, optimizer)
        yield row


@torch.no_grad()
def _overlap(logits: Tensor, masks: Tensor) -> float:
    """Mean intersection over union of the objects that the last frame shows: a figure to watch."""
    found = logits.argmax(1)
    values = []
    for i in range(1, logits.shape[1]):
        both = ((found == i) & (masks == i)).sum((1, 2))
        either = ((found == i) | (masks == i)).sum((1, 2))
        seen = (masks == i).any(2).any(1)
        values.append((both / either.clamp_min(1))[seen])
    joined = torch.cat(values)
    return float(joined.mean()) if len(joined) else 1.0


def _save(run: Path, step: int, network: SKN, average: SKN, optimizer: torch.optim.Optimizer) -> None:
    """Write both files beside their places, then swap them in: a full disk leaves the last good ones."""
    state = {
        "step": step,
        "network": network.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
    }
    temporary = run / "state.pt.tmp"
    try:
        torch.save(state, temporary)
        os.replace(temporary, run / "state.pt")  # noqa: PTH105
        save_checkpoint(
            run / "weights.safetensors", network.config, average.state_dict(), {"step": str(step)}
        )
    except (OSError, RuntimeError) as error:
        temporary.unlink(missing_ok=True)
        raise SknError(
            f"{run}: the checkpoint of step {step} cannot be saved ({error}); the one before it is whole, "
            "make room and start again"
        ) from error


def _resume(
    run: Path, network: SKN, average: SKN, optimizer: torch.optim.Optimizer, device: torch.device
) -> int:
    """Load ``state.pt`` if it is there; the step to go on with."""
    path = run / "state.pt"
    if not path.exists():
        return 0
    state = torch.load(path, map_location=device, weights_only=True)
    network.load_state_dict(state["network"])
    average.load_state_dict(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    step: int = state["step"]
    return step


def _cut_log(path: Path, start: int) -> None:
    """Drop the rows of steps that will be done again."""
    if path.exists():
        header, *rows = path.read_text().splitlines()
        kept = [row for row in rows if int(row.partition(",")[0]) < start]
        path.write_text("\n".join([header, *kept]) + "\n")


def _log(path: Path, row: dict[str, float]) -> None:
    new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(row)
        writer.writerow([f"{value:.6g}" for value in row.values()])

"""Training, one stage: settings, then one flat loop.

A clip of T frames: the first is memorized with its true masks; each later frame is segmented from the memory,
and memorized with the masks that the network found, so that it learns to live with its own mistakes (STM,
Section 3.4). The clip of each step depends on the seed and the step alone, so no random state needs saving: a
run that is killed and started again goes on as if nothing had happened.

A damaged file does not end a run: another takes its place, a warning names it, and the log counts it.

Under ``torchrun`` every process takes its share of the clips and gradients are averaged, so that n processes
with a batch of b do what one does with n * b.
"""

import copy
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from torch.nn.utils import clip_grad_norm_
from torch.utils.data import DataLoader, Dataset

from skn_annotator.errors import SknError
from skn_annotator.model.backbones.backbone import Features
from skn_annotator.model.encoders import Query, side_by_side
from skn_annotator.model.network import SKN
from skn_annotator.training.adversarial import AdversarialConfig, spoil
from skn_annotator.training.clips import ClipMaker
from skn_annotator.training.config import TrainConfig
from skn_annotator.training.journal import Journal
from skn_annotator.training.losses import clip_loss, keep_share
from skn_annotator.training.optimization import (
    make_optimizer,
    prepare_for_training,
    set_rate,
    start_network,
    update_average,
)
from skn_annotator.training.run_folder import RunFolder
from skn_annotator.training.validation import Validation


class Clips(NamedTuple):
    """One clip or, with B in front, a batch: frames (T, 3, S, S) and masks (T, S, S), uint8.

    damaged: sentences about files that were wanted and could not be read.
    """

    frames: Tensor
    masks: Tensor
    damaged: Sequence[str]


class ClipDataset(Dataset[Clips | SknError]):
    """Clip number i of the run; the same for one seed.

    An error is returned, not raised: out of a worker process it would come as a traceback in a sentence.
    """

    def __init__(self, config: TrainConfig, root: Path, batch: int) -> None:
        """`batch`: clips per step, of all processes together."""
        self.maker = ClipMaker(
            [entry.open(root) for entry in config.data],
            [entry.weight for entry in config.data],
            config.clip,
            [entry.largest_gap or config.clip.largest_gap for entry in config.data],
            [entry.whole for entry in config.data],
        )
        self.config = config
        self.batch = batch

    def __len__(self) -> int:
        return self.config.steps * self.batch

    def __getitem__(self, index: int) -> Clips | SknError:
        progress = min(1.0, index / self.batch / max(1, self.config.gap_steps))
        try:
            clip = self.maker.make(np.random.default_rng((self.config.seed, index)), progress)
        except SknError as error:
            return error
        return Clips(
            torch.from_numpy(clip.frames).permute(0, 3, 1, 2), torch.from_numpy(clip.masks), clip.damaged
        )


def _batch(items: list[Clips | SknError]) -> Clips | SknError:
    """Clips side by side, or the first error."""
    for item in items:
        if isinstance(item, SknError):
            return item
    clips = [item for item in items if isinstance(item, Clips)]
    damaged = [sentence for clip in clips for sentence in clip.damaged]
    return Clips(torch.stack([c.frames for c in clips]), torch.stack([c.masks for c in clips]), damaged)


class ClipNetwork(nn.Module):
    """A network that follows whole clips: one forward call per step, as DistributedDataParallel needs it."""

    def __init__(self, network: SKN, noise: AdversarialConfig) -> None:
        super().__init__()
        self.network = network
        self.noise = noise

    def forward(self, frames: Tensor, masks: Tensor, rng: np.random.Generator) -> list[Tensor]:
        """frames (B, T, 3, S, S) in [0, 1], true masks (B, T, O, S, S) -> logits of frames 1.."""
        network = self.network
        queries = _split(network.encode(frames.flatten(0, 1)), *frames.shape[:2])
        last = masks[:, 0]
        memories, logits = [], []
        for t in range(1, frames.shape[1]):
            known = last if t == 1 else torch.stack([spoil(clip, self.noise, rng) for clip in last])
            memories.append(network.memorize(frames[:, t - 1], known, queries[t - 1]))
            result = network.segment(queries[t], side_by_side(memories), last.detach())
            logits.append(result.logits)
            last = result.logits.softmax(1)[:, 1:]
        return logits


def _split(query: Query, batch: int, length: int) -> list[Query]:
    """The queries of a batch of clips, encoded at once, frame by frame."""

    def at(x: Tensor, t: int) -> Tensor:
        return x.view(batch, length, *x.shape[1:])[:, t].contiguous(memory_format=torch.channels_last)

    shrinkage = query.shrinkage
    return [
        Query(
            key=at(query.key, t),
            value=at(query.value, t),
            features=Features(*(at(x, t) for x in query.features)),
            shrinkage=None if shrinkage is None else at(shrinkage, t),
        )
        for t in range(length)
    ]


def _batches(config: TrainConfig, clips: ClipDataset, start: int, rank: int, workers: int) -> Iterator[Clips]:
    """The batches of process `rank` from step `start` on: every step's clips are dealt out in turn."""
    processes = clips.batch // config.batch
    order = [i for i in range(start * clips.batch, len(clips)) if i // config.batch % processes == rank]
    loader = DataLoader(
        clips, config.batch, sampler=order, num_workers=workers, drop_last=True, collate_fn=_batch
    )
    for batch in loader:
        if isinstance(batch, SknError):
            raise batch
        yield batch


def train(
    config: TrainConfig,
    root: Path,
    run: Path,
    init: Path | None = None,
    imagenet: Path | None = None,
    device: torch.device | str = "cpu",
    workers: int = 1,
) -> Iterator[dict[str, float]]:
    """Train one stage in the folder `run`, going on where it stopped; yields a row of figures per step, with
    ``jf`` after a validation. Under ``torchrun`` the caller has initialized the process group; only the first
    process writes files.
    """
    device = torch.device(device)
    rank, processes = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    folder = RunFolder(run)
    network = start_network(config, init, imagenet).to(device)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(network).requires_grad_(False)
    prepare_for_training(network)
    optimizer = make_optimizer(network, config)
    start = folder.resume(network, average, optimizer, device)
    validation = config.validation and Validation(config.validation, root, rank, processes)
    journal = Journal(folder, start, rank)
    clip_network = ClipNetwork(network, config.adversarial)
    model = DistributedDataParallel(clip_network) if processes > 1 else clip_network
    clip_dataset = ClipDataset(config, root, config.batch * processes)
    parameters = [p for group in optimizer.param_groups for p in group["params"]]
    clock = time.perf_counter()
    for step, clips in enumerate(_batches(config, clip_dataset, start, rank, workers), start):
        rate = set_rate(optimizer, config, step)
        frames = clips.frames.to(device).float() / 255
        masks = clips.masks.to(device).long()
        truth = torch.stack([(masks == i).float() for i in range(1, config.clip.objects + 1)], 2)
        with torch.autocast(device.type, torch.bfloat16):
            logits = model(frames, truth, np.random.default_rng((config.seed, step, rank)))
        keep = keep_share(step, config.bootstrap_start, config.bootstrap_end, config.bootstrap_share)
        loss = clip_loss(logits, masks, keep)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = clip_grad_norm_(parameters, config.clip_gradient)
        if not torch.isfinite(norm):
            raise SknError(f"{run}: the loss diverged at step {step}; lower learning_rate and start again")
        optimizer.step()
        update_average(average, network, step, config.ema)

        row = {"step": step, "loss": loss.item(), "overlap": mean_overlap(logits[-1], masks[:, -1])}
        row |= {"norm": norm.item(), "rate": rate, "seconds": time.perf_counter() - clock}
        row["damaged"] = len(clips.damaged)
        journal.step(row, clips.damaged)
        done = step + 1
        if done % config.save_every == 0 or done == config.steps:
            if rank == 0:
                folder.save(done, network, average, optimizer)
            journal.clip(step, frames[0], masks[0], [frame[0].detach() for frame in logits])
        if validation and validation.due(done, config.steps):
            row["jf"] = journal.validated(done, average, *validation.scores(average))
        clock = time.perf_counter()
        yield row
    journal.close()


@torch.no_grad()
def mean_overlap(logits: Tensor, masks: Tensor) -> float:
    """Mean intersection over union of the objects that `masks` (B, H, W) shows: a figure to watch."""
    found = logits.argmax(1)
    values = []
    for i in range(1, logits.shape[1]):
        both = ((found == i) & (masks == i)).sum((1, 2))
        either = ((found == i) | (masks == i)).sum((1, 2))
        seen = (masks == i).any(2).any(1)
        values.append((both / either.clamp_min(1))[seen])
    joined = torch.cat(values)
    return float(joined.mean()) if len(joined) else 1.0

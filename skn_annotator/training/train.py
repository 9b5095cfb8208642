"""Training, one stage: settings, then one flat loop.

`clip_network` follows the clips that `clip_batches` deals out. The clip of each step depends on the seed and
the step alone, so no random state needs saving: a run that is killed and started again goes on as if nothing
had happened.

A damaged file does not end a run: another takes its place, a warning names it, and the log counts it.

Under ``torchrun`` every process takes its share of the clips and gradients are averaged, so that n processes
with a batch of b do what one does with n * b.
"""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn.parallel import DistributedDataParallel

from skn_annotator.training.clip_batches import ClipDataset, batches
from skn_annotator.training.clip_network import ClipNetwork, Followed, covered, learned_frames
from skn_annotator.training.config import TrainConfig
from skn_annotator.training.journal import Journal
from skn_annotator.training.learner import Learner
from skn_annotator.training.losses import clip_loss, keep_share, matching_loss
from skn_annotator.training.optimization import start_network
from skn_annotator.training.run_folder import RunFolder
from skn_annotator.training.validation import Validation


def train(
    config: TrainConfig,
    root: Path,
    run: Path,
    *,
    init: Path | None = None,
    imagenet: Path | None = None,
    packed: Path | None = None,
    device: torch.device | str = "cpu",
    workers: int = 1,
) -> Iterator[dict[str, float]]:
    """Train one stage in the folder `run`, going on where it stopped, or where the `packed` run did if it is
    new.

    Yields a row of figures per step, with ``jf`` after a validation. Under ``torchrun`` the caller has
    initialized the process group; only the first process writes files.
    """
    device = torch.device(device)
    rank, processes = place_among_processes()
    cv2.setNumThreads(1)  # clips are made beside the network: OpenCV would take all processors
    folder = RunFolder(run)
    network = start_network(config, packed or init, imagenet).to(device)
    learner = Learner(network, config, folder, packed)
    validation = config.validation and Validation(config.validation, root, rank, processes)
    journal = Journal(folder, learner.start, rank)
    clip_network = ClipNetwork(network, config.adversarial, config.burn_in, config.teacher_forcing)
    model = DistributedDataParallel(clip_network) if processes > 1 else clip_network
    clip_dataset = ClipDataset(config, root, config.batch * processes)
    clock = time.perf_counter()
    dealt = batches(config, clip_dataset, learner.start, rank, workers)
    for step, clips in enumerate(dealt, learner.start):
        frames = clips.frames.to(device).float() / 255
        masks = clips.masks.to(device).long()
        noise = np.random.default_rng((config.seed, step, rank))
        with torch.autocast(device.type, torch.bfloat16):
            followed = model(frames, masks, clips.regions, noise)
        keep = kept(config, step)
        loss = batch_loss(followed, masks, keep, config.burn_in)
        if config.matching:
            loss = loss + config.matching * batch_matching_loss(followed, masks, keep, config.burn_in)
        row = {"step": step, "loss": loss.item(), "overlap": mean_overlap(followed, masks)}
        row |= learner.descend(loss, step)
        row |= {"damaged": len(clips.damaged), "seconds": time.perf_counter() - clock}
        journal.step(row, clips.damaged)
        done = step + 1
        if learner.is_due(done):
            if rank == 0:
                learner.save(done)
            journal.clip(step, frames, masks, followed[0])
        if validation and validation.due(done, config.steps):
            row["jf"] = journal.validated(done, learner.average, *validation.scores(learner.average))
        clock = time.perf_counter()
        yield row
    journal.close()


def place_among_processes() -> tuple[int, int]:
    """This process's number and how many there are, as ``torchrun`` says."""
    return int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))


def kept(config: TrainConfig, step: int) -> float:
    """The share of the hardest pixels that count at `step`."""
    return keep_share(step, config.bootstrap_start, config.bootstrap_end, config.bootstrap_share)


def batch_loss(followed: Sequence[Followed], masks: Tensor, keep: float, burn_in: int = 0) -> Tensor:
    """The mean of `clip_loss` over the clips; masks (B, T, S, S): all true ones."""
    times = learned_frames(masks.shape[1], burn_in)
    losses = []
    for clips, logits, _ in followed:
        found, truth = [logits[t - 1] for t in times], [masks[clips, t] for t in times]
        losses.append(len(clips) * clip_loss(found, truth, keep))
    return torch.stack(losses).sum() / len(masks)


def batch_matching_loss(followed: Sequence[Followed], masks: Tensor, keep: float, burn_in: int = 0) -> Tensor:
    """The mean of `matching_loss` over the clips, as `batch_loss`."""
    losses = []
    for clips, _, read in followed:
        for t in learned_frames(masks.shape[1], burn_in):
            shares = read[t - 1]
            own = torch.stack([(masks[clips, t] == i).float() for i in range(1, shares.shape[1] + 1)], 1)
            shown = covered(own, (shares.shape[3], shares.shape[4]))
            losses.append(len(clips) * matching_loss(shares, shown, keep))
    return torch.stack(losses).sum() / (len(masks) * len(learned_frames(masks.shape[1], burn_in)))


@torch.no_grad()
def mean_overlap(followed: Sequence[Followed], masks: Tensor) -> float:
    """Mean intersection over union of the objects that the last frames show: a figure to watch."""
    values = []
    for clips, logits, _ in followed:
        found, truth = logits[-1].argmax(1), masks[clips, -1]
        for i in range(1, logits[-1].shape[1]):
            both = ((found == i) & (truth == i)).sum((1, 2))
            either = ((found == i) | (truth == i)).sum((1, 2))
            values.append((both / either.clamp_min(1))[(truth == i).any(2).any(1)])
    joined = torch.cat(values)
    return float(joined.mean()) if len(joined) else 1.0

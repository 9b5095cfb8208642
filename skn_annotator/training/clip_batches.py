"""The clips of a run by number, and the batches that a process takes.

The clip of each step depends on the seed and the step alone, so no random state needs saving.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from skn_annotator.errors import SknError
from skn_annotator.training.clips import ClipMaker
from skn_annotator.training.config import TrainConfig


class Clips(NamedTuple):
    """One clip or, with B in front, a batch: frames (T, 3, S, S) and masks (T, S, S), uint8.

    regions: float32 (T, 3), see `regions`. damaged: sentences about files that were wanted and could not be
    read.
    """

    frames: Tensor
    masks: Tensor
    regions: Tensor
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
            [entry.weight if entry.sprite_weight is None else entry.sprite_weight for entry in config.data],
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
            torch.from_numpy(clip.frames).permute(0, 3, 1, 2),
            torch.from_numpy(clip.masks),
            torch.from_numpy(clip.regions),
            clip.damaged,
        )


def _batch(items: list[Clips | SknError]) -> Clips | SknError:
    """Clips side by side, or the first error."""
    for item in items:
        if isinstance(item, SknError):
            return item
    clips = [item for item in items if isinstance(item, Clips)]
    damaged = [sentence for clip in clips for sentence in clip.damaged]
    frames, masks, regions = (torch.stack(parts) for parts in zip(*(clip[:3] for clip in clips), strict=True))
    return Clips(frames, masks, regions, damaged)


def batches(config: TrainConfig, clips: ClipDataset, start: int, rank: int, workers: int) -> Iterator[Clips]:
    """The batches of process `rank` from step `start` on: every step's clips are dealt out in turn."""
    processes = clips.batch // config.batch
    order = [i for i in range(start * clips.batch, len(clips)) if i // config.batch % processes == rank]
    loader = DataLoader(
        clips,
        config.batch,
        sampler=order,
        num_workers=workers,
        drop_last=True,
        collate_fn=_batch,
    )
    for batch in loader:
        if isinstance(batch, SknError):
            raise batch
        yield batch

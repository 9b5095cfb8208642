"""The network on whole clips: what training differentiates.

A clip of T frames: the first is memorized with its true masks; each later frame is segmented from the memory,
and memorized with the masks that the network found, so that it learns to live with its own mistakes (STM,
Section 3.4). What goes wrong late in a video is made of many such mistakes. So that training meets them in
clips that it can afford, some frames may be followed without gradients, as the burn-in of recurrent networks
(Kapturowski et al., ICLR 2019): they lead to the state from which the frames after them are learned.

Look-alikes are the other way round: once they are mixed up, the last masks say little, and a network that
always lives with its mistakes learns to pass over them, although nothing else tells which is which. So in a
share of the clips of several objects it is told the true masks after each frame: teacher forcing (Williams
and Zipser, 1989).
"""

from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from skn_annotator.model.backbones.backbone import Features
from skn_annotator.model.encoders import Memory, Query, side_by_side
from skn_annotator.model.network import SKN
from skn_annotator.training.adversarial import AdversarialConfig, spoil
from skn_annotator.training.regions import carried


class Followed(NamedTuple):
    """Clips with equally many objects: their places (N,) in the batch, and for each of their frames from the
    second on the logits (N, 1 + O, S, S), background first; `read`: of what each query cell of these reads,
    how much is each object's by the true masks, and how much is not, (N, O, 2, H, W)."""

    clips: Tensor
    logits: list[Tensor]
    read: list[Tensor]


class ClipNetwork(nn.Module):
    """A network that follows whole clips: one forward call per step, as DistributedDataParallel needs it."""

    def __init__(
        self, network: SKN, noise: AdversarialConfig, burn_in: int = 0, teacher_forcing: float = 0.0
    ) -> None:
        """`burn_in`: how many frames are followed without gradients, from the third of a clip on;
        `teacher_forcing`: the share (0-1) of the clips of several objects whose true masks are told after
        each frame."""
        super().__init__()
        self.network = network
        self.noise = noise
        self.burn_in = burn_in
        self.teacher_forcing = teacher_forcing

    def forward(
        self, frames: Tensor, masks: Tensor, regions: Tensor, rng: np.random.Generator
    ) -> list[Followed]:
        """Follow a batch of clips.

        frames (B, T, 3, S, S) in [0, 1]; masks (B, T, S, S): the true ids 1.., of which clips that are
        not forced see the first frame's only; regions (B, T, 3), on the CPU, see `regions`. Clips with
        equally many objects go together, so that nothing is computed for an object that a clip does not have.
        """
        length = frames.shape[1]
        encoded = self._encoded(frames)
        counts = masks[:, 0].flatten(1).amax(1).clamp_min(1)
        followed = []
        for count in sorted(set(counts.tolist())):
            clips = (counts == count).nonzero()[:, 0]
            queries = [_chosen(*encoded[t], clips) for t in range(length)]
            truth = torch.stack([(masks[clips] == i).float() for i in range(1, count + 1)], 2)
            found = self._follow(frames[clips], truth, regions[clips.cpu()], queries, rng)
            followed.append(Followed(clips, *found))
        return followed

    def _encoded(self, frames: Tensor) -> list[tuple[Query, int, int]]:
        """For each frame of the clips (B, T, ...): the queries with which it was encoded, its place among
        those of its clip, and their number."""
        length = frames.shape[1]
        learned = [0, *learned_frames(length, self.burn_in)]
        others = [t for t in range(length) if t not in learned]
        encoded: dict[int, tuple[Query, int, int]] = {}
        for times, grad in ((learned, True), (others, False)):
            if times:
                with torch.set_grad_enabled(grad and torch.is_grad_enabled()):
                    query = self.network.encode(frames[:, times].flatten(0, 1))
                encoded |= {t: (query, place, len(times)) for place, t in enumerate(times)}
        return [encoded[t] for t in range(length)]

    def _follow(
        self,
        frames: Tensor,
        truth: Tensor,
        regions: Tensor,
        queries: list[Query],
        rng: np.random.Generator,
    ) -> tuple[list[Tensor], list[Tensor]]:
        """Follow clips (N, T, ...) whose true masks are `truth` (N, T, O, S, S): `Followed.logits` and
        `Followed.read`."""
        network, length = self.network, frames.shape[1]
        learned = {0, *learned_frames(length, self.burn_in)}
        differentiated = torch.is_grad_enabled()
        grid = (queries[0].key.shape[2], queries[0].key.shape[3])
        last, memories, sensory, found, read = truth[:, 0], [], None, [], []
        forced = self._forced(len(frames), truth.shape[2], rng)[:, None, None, None].to(frames.device)
        for t in range(1, length):
            with torch.set_grad_enabled(differentiated and t - 1 in learned):
                known = last if t == 1 else torch.stack([spoil(clip, self.noise, rng) for clip in last])
                memory = network.memorize(frames[:, t - 1], known, queries[t - 1])
                memories.append(_with_truth(memory, truth[:, t - 1], grid))
            with torch.set_grad_enabled(differentiated and t in learned):
                if t == 1:
                    sensory = network.begin_sensory(memory, grid)
                prior = carried(last.detach(), regions[:, t - 1], regions[:, t])
                if sensory is not None:
                    moved = carried(sensory.flatten(1, 2), regions[:, t - 1], regions[:, t])
                    sensory = moved.view_as(sensory)
                expected = network.expect(prior, grid, queries[t].value.dtype)
                readout = network.read(queries[t].key, side_by_side(memories), expected.kernel).value
                logits, sensory = network.decode(queries[t], readout[:, :, :-2], expected, sensory)
                last = torch.where(forced, truth[:, t], logits.softmax(1)[:, 1:])
            found.append(logits)
            read.append(readout[:, :, -2:])
        return found, read

    def _forced(self, clips: int, objects: int, rng: np.random.Generator) -> Tensor:
        """Which of so many clips, bool (N,), are told their true masks after each frame."""
        if objects == 1 or not self.teacher_forcing:
            return torch.zeros(clips, dtype=torch.bool)
        return torch.from_numpy(rng.random(clips) < self.teacher_forcing)


def _with_truth(memory: Memory, truth: Tensor, grid: tuple[int, int]) -> Memory:
    """The memory of one frame of `grid` cells with two further channels of values: how much of a cell is each
    object's by the true masks (N, O, S, S), and how much is not. So the reader says what it matches."""
    own = covered(truth, grid).flatten(2)[:, :, None].to(memory.value)
    return memory._replace(value=torch.cat((memory.value, own, 1 - own), 2))


def covered(masks: Tensor, grid: tuple[int, int]) -> Tensor:
    """Which share of each cell masks (N, O, S, S) in [0, 1] cover: (N, O, *grid)."""
    return F.adaptive_avg_pool2d(masks, grid)


def learned_frames(length: int, burn_in: int) -> list[int]:
    """The frames of a clip of `length` that a loss is taken of: those from the second on, without the
    `burn_in` ones after it."""
    return [t for t in range(1, length) if t == 1 or t > 1 + burn_in]


def _chosen(query: Query, place: int, times: int, clips: Tensor) -> Query:
    """Of frames that were encoded at once, `times` of each clip: that at `place` of some clips."""
    frames = clips * times + place

    def at(x: Tensor) -> Tensor:
        return x[frames].contiguous(memory_format=torch.channels_last)

    return Query(
        key=at(query.key),
        value=at(query.value),
        features=Features(*(at(part) for part in query.features)),
    )

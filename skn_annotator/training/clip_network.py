"""The network on whole clips: what training differentiates.

A clip of T frames: the first is memorized with its true masks; each later frame is segmented from the memory,
and memorized with the masks that the network found, so that it learns to live with its own mistakes (STM,
Section 3.4).
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from skn_annotator.model.backbones.backbone import Features
from skn_annotator.model.encoders import Query, side_by_side
from skn_annotator.model.network import SKN
from skn_annotator.training.adversarial import AdversarialConfig, spoil
from skn_annotator.training.regions import carried


class Followed(NamedTuple):
    """Clips with equally many objects: their places (N,) in the batch, and for each of their frames from the
    second on the logits (N, 1 + O, S, S), background first."""

    clips: Tensor
    logits: list[Tensor]


class ClipNetwork(nn.Module):
    """A network that follows whole clips: one forward call per step, as DistributedDataParallel needs it."""

    def __init__(self, network: SKN, noise: AdversarialConfig) -> None:
        super().__init__()
        self.network = network
        self.noise = noise

    def forward(
        self, frames: Tensor, first: Tensor, regions: Tensor, rng: np.random.Generator
    ) -> list[Followed]:
        """Follow a batch of clips.

        frames (B, T, 3, S, S) in [0, 1]; first (B, S, S): the true ids 1.. of the first frames; regions (B,
        T, 3), see `regions`. Clips with equally many objects go together, so that nothing is computed for an
        object that a clip does not have.
        """
        length = frames.shape[1]
        query = self.network.encode(frames.flatten(0, 1))
        counts = first.flatten(1).amax(1).clamp_min(1)
        followed = []
        for count in sorted(set(counts.tolist())):
            clips = (counts == count).nonzero()[:, 0]
            queries = [_chosen(query, clips * length + t) for t in range(length)]
            masks = torch.stack([(first[clips] == i).float() for i in range(1, count + 1)], 1)
            logits = self._follow(frames[clips], masks, regions[clips], queries, rng)
            followed.append(Followed(clips, list(logits)))
        return followed

    def _follow(
        self,
        frames: Tensor,
        masks: Tensor,
        regions: Tensor,
        queries: list[Query],
        rng: np.random.Generator,
    ) -> Iterator[Tensor]:
        """Follow clips (N, T, ...) whose first frames show `masks` (N, O, S, S); yields logits (N, 1 + O, S,
        S)."""
        network = self.network
        last, memories, sensory = masks, [], None
        for t in range(1, frames.shape[1]):
            known = last if t == 1 else torch.stack([spoil(clip, self.noise, rng) for clip in last])
            memories.append(network.memorize(frames[:, t - 1], known, queries[t - 1]))
            if t == 1:
                grid = (queries[0].key.shape[2], queries[0].key.shape[3])
                sensory = network.begin_sensory(memories[0], grid)
            prior = carried(last.detach(), regions[:, t - 1], regions[:, t])
            if sensory is not None:
                moved = carried(sensory.flatten(1, 2), regions[:, t - 1], regions[:, t])
                sensory = moved.view_as(sensory)
            logits, _, _, sensory = network.segment(queries[t], side_by_side(memories), prior, sensory)
            yield logits
            last = logits.softmax(1)[:, 1:]


def _chosen(query: Query, frames: Tensor) -> Query:
    """The queries of some of the frames that were encoded at once."""

    def at(x: Tensor) -> Tensor:
        return x[frames].contiguous(memory_format=torch.channels_last)

    return Query(
        key=at(query.key),
        value=at(query.value),
        features=Features(*(at(part) for part in query.features)),
    )

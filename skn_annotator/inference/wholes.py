"""What an object can be, given where all of them were: the network's masks are held to it.

An object is one thing that goes on as it went: it has no pieces far from where it was (`pieces`), and of
look-alikes each has what is its own by how it moved (`own_motion`) and as a whole (`identities`). All this is
looked up on a map of a quarter of the network's pixels.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Alpha, CellMap, Pixels, Probabilities
from skn_annotator.inference.identities import Trail, dealt_out
from skn_annotator.inference.old_ground import OldGround
from skn_annotator.inference.own_motion import explained
from skn_annotator.inference.pieces import STEP, covered, enlarged, far_pieces
from skn_annotator.model.decoder import soft_aggregate

_CHANGED = 0.02
"""Probabilities that change by less stay as they are."""


@dataclass(frozen=True)
class Wholes:
    """The O objects that are looked for on frame `t`, as they were before."""

    t: int
    before: tuple[Pixels, ...]
    """Their last masks on the map, as the region that is looked at shows them."""
    sizes: tuple[float, ...]
    """Roots of their areas of late, in pixels of the map: what hides an object does not make it smaller."""
    known: tuple[float, ...]
    """The squares of these when they were seen last: to hide an object for long does not make it small."""
    apart: tuple[bool, ...]
    """Whether a reference shows them in far pieces: they may have pieces anywhere."""
    trails: tuple[Trail | None, ...]
    """Where they went; None: it is not known."""
    groups: tuple[tuple[int, ...], ...]
    """Those that look alike, as positions among them; none where the region is not the whole frame."""
    ground: OldGround | None = None
    """What there was on the last frame; None: that is not known."""
    going: Probabilities | None = None
    """How much of each pixel of the map is each object's by its motion; None: it is not known."""

    def kept(
        self, logits: Tensor, probability: Tensor, read: Callable[[Sequence[int]], CellMap]
    ) -> tuple[Tensor, Mapping[int, Trail | None]]:
        """The merged logits (1, 1 + O, H', W') of objects that are wholes, and the trails, by position, of
        those that look alike. The same tensor where nothing is changed.

        `probability`: the softmax of `logits`; `read`: gives for objects at some positions and for each query
        cell the share of what is read there that shows one of them (`Reading.share_of`).
        """
        logits = self._without_far(logits, probability, read)
        trails: dict[int, Trail | None] = {}
        for group in self.groups:
            logits, after = self._dealt_out(logits, list(group))
            trails |= zip(group, after, strict=True)
        return logits, trails

    def shares_by_motion(self, own: Tensor) -> list[float]:
        """Of each object's probabilities `own` (O, H', W') the share that is its own by its motion, too: 0
        where it is nowhere; 1 of objects that look like no other, and where the motion is not known."""
        shares = [1.0] * len(own)
        if self.going is None:
            return shares
        for place in {place for group in self.groups for place in group}:
            found: Alpha = F.avg_pool2d(own[place][None].float(), STEP)[0].cpu().numpy()
            shares[place] = float(np.minimum(found, self.going[place]).sum() / max(1.0, found.sum()))
        return shares

    def _without_far(
        self, logits: Tensor, probability: Tensor, read: Callable[[Sequence[int]], CellMap]
    ) -> Tensor:
        """What is far from an object goes to whom the network finds next."""
        objects = zip(probability[0, 1:], self.before, self.sizes, self.known, self.apart, strict=True)
        far = [
            far_pieces(
                covered(mask),
                before,
                size=size,
                known=known,
                read=partial(read, self._alike(place)),
                apart=apart,
                was_there=partial(self._was_there, place),
            )
            for place, (mask, before, size, known, apart) in enumerate(objects)
        ]
        if all(each is None for each in far):
            return logits
        own = logits[:, 1:].clone()
        for channel, pixels in enumerate(far):
            if pixels is not None:
                own[0, channel][enlarged(pixels, logits.device)] = -torch.inf
        return soft_aggregate(own)

    def _was_there(self, place: int, piece: Pixels) -> bool:
        """Whether the last frame shows a piece, taken for the object at a position, beside its mask."""
        if self.ground is None or len(self._alike(place)) > 1:
            return False
        return self.ground.shows(piece, self.before[place])

    def _alike(self, place: int) -> tuple[int, ...]:
        """The object at a position and its look-alikes: what is read of one is read of the others too."""
        return next((group for group in self.groups if place in group), (place,))

    def _dealt_out(self, logits: Tensor, group: Sequence[int]) -> tuple[Tensor, list[Trail | None]]:
        probability = logits.softmax(1)
        own = probability[:, 1:][:, group]
        shares: Probabilities = F.avg_pool2d(own, STEP)[0].cpu().numpy()
        all_shares = np.concatenate((1 - shares.sum(0, keepdims=True), shares))
        trails = [self.trails[place] for place in group]
        by_motion = all_shares
        if self.going is not None:
            areas = [None if trail is None else trail.area for trail in trails]
            by_motion = explained(all_shares, self.going[group], areas)
        dealt, after = dealt_out(by_motion, trails, self.t)
        changed = np.abs(dealt - all_shares)[1:].sum(0) > _CHANGED
        if not changed.any():
            return logits, after
        part = torch.from_numpy(dealt[1:] / np.maximum(dealt[1:].sum(0), 1e-6)).to(probability)
        part = F.interpolate(part[None], scale_factor=STEP, mode="bilinear", align_corners=False)[0]
        where = enlarged(changed, probability.device)
        together, ground = own.sum(1, keepdim=True), probability[:, :1]
        # what is the ground's, though they have more of it together, is not to become one's
        together = torch.where(ground > own.amax(1, keepdim=True), torch.minimum(together, ground), together)
        probability[:, 1:][:, group] = torch.where(where, part * together, own)
        return probability.clamp_min(1e-7).log(), after


def sharpened(probability: Tensor) -> Tensor:
    """Merged probabilities (1, 1 + O, H', W') with the odds taken twice: what is half sure would be
    remembered as half an object [choice]."""
    clamped = probability.clamp(1e-7, 1 - 1e-7)
    odds = clamped / (1 - clamped)
    return odds / odds.sum(1, keepdim=True)

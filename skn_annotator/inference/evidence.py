"""Evidence: what can be seen of how good an object's mask is, without knowing the truth.

By-products of a step that cost next to nothing [choice; the paper has none of it]: how sharp the
probabilities are, in the mask and around it, whether the memory's cells of the object found their match
inside the mask, whether the references alone find it there, how that went since the object was given,
whether a look-alike always moved on as it went, and whether the mask is cut by the frame's border.
`confidence` makes one number of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from skn_annotator.arrays import Mask
from skn_annotator.model.network import STRIDE

_STEP = 2
"""Of the probabilities every so many rows and columns are looked at: sums over a mask stay what they are."""
_UNSURE = 0.2
"""A probability nearer to one half than this is unsure."""
_RING = 4, 2
"""The ring around a mask: pixels per square of it, and squares that it is wide."""
_LASTS = 0.9
"""What share of a running mean is left after a frame."""


class Trend(NamedTuple):
    """How it went since the object was given: running means, which begin with the first frame's values;
    whether its last mask touches the frame's border; and how little of it was its own by its motion."""

    around: float
    """Of the mean probability in a ring around the mask: 0-1, higher where it is unclear where it ends."""
    reference_matched: float
    """Of `Evidence.reference_matched`."""
    recalled: float
    """Of `Evidence.recalled`."""
    at_border: bool = False
    by_motion: float = 1.0
    """The least share so far of the mask that is the object's by its motion; 1 where none was looked for.
    Look-alikes may have changed places where it was low, and keep them from there on: also in a later pass
    that starts from what an earlier one made (`Plan.by_motion`)."""

    @property
    def means(self) -> tuple[float, float, float]:
        """The running means alone."""
        return self[:3]

    def after(self, before: "Trend | None") -> "Trend":
        """This one frame's values after those `before`; None: the object was given there."""
        if before is None:
            return self
        around, reference_matched, recalled = (
            _LASTS * old + (1 - _LASTS) * new for old, new in zip(before.means, self.means, strict=True)
        )
        return Trend(
            around, reference_matched, recalled, self.at_border, min(before.by_motion, self.by_motion)
        )


class Evidence(NamedTuple):
    """What a step shows of one object's mask."""

    probability: float
    """The mean of the mask's pixels, 0.5-1; 0: there are none."""
    unsure: float
    """Pixels with a probability near one half, over those of the mask."""
    spread: float
    """The variance of all pixels' outcomes, p (1 - p), summed, over the square root of the mask's pixels."""
    matched: float
    """Of the memory's cells of the object, the share that matches a place inside the mask, weighted by the
    strength of the match; 1 where there are none."""
    reference_matched: float
    """The same of the cells that the user decided."""
    recalled: float
    """How well the mask agrees with what the references alone find: see `recall`; 1 where there are none."""
    trend: Trend
    """How it went until now, this step included."""
    border: bool
    """Whether the mask touches the border of the frame; one without pixels, whether the last one did."""


class MatchedCells(NamedTuple):
    """The N cells of the memory, and where on the frame each of them is found; R = 1 or O, the objects."""

    cells: Tensor
    """(R, N): the query cell that matches each memory cell best."""
    strength: Tensor
    """(R, N): how well it does, 0-1."""
    owner: Tensor
    """(N,): 1 + the place among the objects of the one that the memory cell shows."""
    decided: Tensor
    """(N,): whether the memory cell's frame is a reference."""


def evidence(
    own: Tensor,
    mask: Mask,
    ids: Sequence[int],
    *,
    memory: MatchedCells,
    recalled: Sequence[float],
    by_motion: Sequence[float],
    trends: Sequence[Trend | None],
) -> list[Evidence]:
    """The evidence of each of the objects `ids`.

    own: probabilities (O, H', W'); mask: id map of the source; recalled: as `recall` has it; by_motion: as
    `Wholes.shares_by_motion` has it; trends: until now, None for one that was given on the frame before.
    """
    squares = F.avg_pool2d(own[None].float(), _RING[0])[0]
    inside = F.avg_pool2d(squares[None], STRIDE // _RING[0])[0].flatten(1)  # O x HW
    sampled = own[:, ::_STEP, ::_STEP].float()
    won = sampled > 0.5
    count = won.sum((1, 2)).float()
    sums = [
        count,
        (sampled * won).sum((1, 2)),
        ((sampled - 0.5).abs() < _UNSURE).sum((1, 2)).float(),
        (sampled * (1 - sampled)).sum((1, 2)),
        *_matched(inside, memory),
        _around(squares),
    ]
    found = []
    rows = torch.stack(sums, 1).cpu().tolist()
    for i, trend, agreed, moved, numbers in zip(ids, trends, recalled, by_motion, rows, strict=True):
        pixels, within, unsure, variance, matched, reference_matched, around = numbers
        at_border = _on_border(mask, i) if pixels else trend is not None and trend.at_border
        if not pixels and trend is not None:
            around = trend.around  # there is no ring
        found.append(
            Evidence(
                probability=within / pixels if pixels else 0.0,
                unsure=unsure / pixels if pixels else 2.0,
                spread=_STEP * variance / max(pixels, 1.0) ** 0.5,
                matched=matched,
                reference_matched=reference_matched,
                recalled=agreed,
                trend=Trend(around, reference_matched, agreed, at_border, moved).after(trend),
                border=at_border,
            )
        )
    return found


def _around(squares: Tensor) -> Tensor:
    """(O,): the mean of the probabilities `squares` (O, H, W) in a ring around each mask; 0 without one."""
    won = (squares > 0.5).float()
    ring = F.max_pool2d(won, 2 * _RING[1] + 1, 1, _RING[1]) - won
    return (squares * ring).sum((1, 2)) / ring.sum((1, 2)).clamp_min(1.0)


def _matched(inside: Tensor, memory: MatchedCells) -> tuple[Tensor, Tensor]:
    """(O,) each: `Evidence.matched` and `Evidence.reference_matched`; `inside` (O, HW): the probabilities."""
    objects = len(inside)
    cells, strength = (each.expand(objects, -1) for each in (memory.cells, memory.strength))
    own = memory.owner == torch.arange(1, objects + 1, device=inside.device)[:, None]  # O x N
    hits = inside.gather(1, cells)
    shares = []
    for weight in (strength * own, strength * (own & memory.decided)):
        total = weight.sum(1)
        shares.append(torch.where(total > 0, (weight * hits).sum(1) / total.clamp_min(1e-6), 1.0))
    return shares[0], shares[1]


def _on_border(mask: Mask, object_id: int) -> bool:
    edges = (mask[:2], mask[-2:], mask[:, :2], mask[:, -2:])
    return any(bool((edge == object_id).any()) for edge in edges)

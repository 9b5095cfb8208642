"""Whose each piece of what look-alikes cover together is.

What the network reads of look-alikes is nearly the same; so once they have crossed, it may give parts of one
object to several. But an object is one thing, and goes on as it went. So the pieces of their common mask are
dealt out: each object is in the piece that fits best what the network says, where the object was
going, and how large it is, and a piece with one object in it is all that object's. Pieces that hold several
stay as the network has them [choice; docs/experiments.md has the figures].
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from skn_annotator.arrays import Pixels, Probabilities, Size, Vector
from skn_annotator.model.encoders import Memory

_ALIKE = 0.35
"""Two objects look alike if their cells, by their keys, are taken for the other's to this share."""
_NEIGHBOURS = 1
"""Cells so near to a cell resemble it because their fields overlap: they tell nothing."""
_BLOCK = 512
"""Cells that are compared with all others at once: of a large frame all together would take gigabytes."""
_SMALL = 0.15
"""Pieces with less than this share of the smallest object's area are left as they are."""
_MOTION = 2.0
"""What a distance of the object's size from where it was expected costs; what the network says counts 1."""
_FARTHEST = 2.0
"""Distances count up to so many sizes."""
_DECAY = 0.05
"""How fast the expected place counts less, per frame in which the object was not seen alone."""
_EMPTY = 1.5
"""What a piece that is nobody's costs at most."""
_TOO_LARGE, _TOO_LARGE_FOR_SEVERAL = 1.3, 1.2
"""A piece may be so many times as large as its objects were."""
_TOO_SMALL_FOR_SEVERAL, _LACKING = 0.6, 0.5
"""One that several share is dear from this many times their size downwards; so much costs what it lacks."""
_DIVIDED, _WHOLE_AGAIN = 0.8, 1.2
"""Pieces that the network gives to one object to this share, together at most so many times as large as it
was, are one: something hides its middle."""
_REMEMBERED = 4
"""An object's pace is that of its last so many places."""


def look_alikes(memory: Memory, grid: Size) -> list[list[int]]:
    """The objects, as positions among the O of a frame's `memory` of `grid` (H, W) cells, that look like
    others, with these: each cell of two objects is compared with all others of both, as the reader does it.

    Every object has a key of its own where keys see the masks: nothing can be compared, and none is named.
    """
    shown = set(memory.owner.flatten().tolist()) - {0}
    if memory.key.shape[1] > 1 or len(shown) < 2:
        return []
    taken = _taken_for(memory.key[0, 0].float().T, memory.owner[0], grid, memory.value.shape[1])
    alike = (taken + taken.T) / 2 >= _ALIKE
    return joined([i, j] for i, j in alike.nonzero().tolist() if i < j)


def joined(groups: Iterable[Sequence[int]]) -> list[list[int]]:
    """The groups, those with a member in common made one."""
    apart: list[set[int]] = []
    for group in groups:
        common = [other for other in apart if other & set(group)]
        apart = [other for other in apart if not other & set(group)] + [set(group).union(*common)]
    return [sorted(group) for group in apart]


def _taken_for(key: Tensor, owner: Tensor, grid: Size, objects: int) -> Tensor:
    """Of what the cells of object i read of i and j, the share that is j's: (O, O) float64; 0 where one of
    them has no cell. Some object has one.

    An object whose cells are all neighbours cannot be read of itself: the ground counts as it then, and
    another's cells only as far as they are taken for its own, too.
    """
    cells = owner.nonzero()[:, 0]
    result, small = torch.zeros(objects, objects, dtype=torch.float64), []
    for i in range(objects):
        mine = (owner == 1 + i).nonzero()[:, 0]
        if not len(mine):
            continue
        is_alone = bool((_apart(mine, mine, grid) <= _NEIGHBOURS).all())
        small += [i] if is_alone else []
        of = torch.arange(len(owner), device=owner.device) if is_alone else cells
        shown = owner[of, None] == torch.arange(objects + 1, device=owner.device)
        read = torch.cat([_read(key, some, of, shown, grid) for some in torch.split(mine, _BLOCK)])
        itself = read[:, :1] if is_alone else read[:, 1 + i : 2 + i]
        result[i] = (read[:, 1:] / (read[:, 1:] + itself).clamp_min(1e-300)).mean(0).cpu()
    result[:, [k for k in range(objects) if not bool((owner == 1 + k).any())]] = 0
    for i in small:
        result[i] = torch.minimum(result[i], result[:, i])
    return result.fill_diagonal_(0)


def _read(key: Tensor, some: Tensor, of: Tensor, shown: Tensor, grid: Size) -> Tensor:
    """What `some` cells read of each object that the cells `of` show, the ground first: (N, 1 + O)."""
    affinity = -torch.cdist(key[some], key[of]).double().square() / key.shape[1] ** 0.5
    affinity = affinity.masked_fill(_apart(some, of, grid) <= _NEIGHBOURS, -torch.inf)
    affinity -= affinity.amax(1, keepdim=True).clamp_min(-1e9)
    read: Tensor = affinity.exp() @ shown.double()
    return read


def _apart(some: Tensor, others: Tensor, grid: Size) -> Tensor:
    """How many rows or columns cells are from each other, whichever are more: (N, M)."""
    rows = some[:, None] // grid[1] - others // grid[1]
    columns = some[:, None] % grid[1] - others % grid[1]
    return torch.maximum(rows.abs(), columns.abs())


@dataclass(frozen=True)
class Trail:
    """An object's whole, when it was last seen alone: its area, and its places (frame, (x, y)), all in pixels
    of the map."""

    area: float
    places: tuple[tuple[int, Vector], ...]

    def expected(self, t: int) -> tuple[Vector, float]:
        """Where it should be on frame `t`, and what that counts, 0-1: nothing before its pace is known."""
        frame, place = self.places[-1]
        first, start = self.places[0]
        if frame == first:
            return place, 0.0
        passed = abs(t - frame)
        return place + (place - start) / (frame - first) * (t - frame), 1 / (1 + _DECAY * max(0, passed - 1))

    def seen(self, t: int, place: Vector, area: float) -> "Trail":
        """The same once it was seen alone on frame `t`."""
        places = (*self.places, (t, place))[-_REMEMBERED:]
        return Trail(0.7 * self.area + 0.3 * area, places)


def begun(own: Pixels, t: int) -> Trail:
    """The trail of an object that covers the pixels `own` of frame `t`."""
    return Trail(float(own.sum()), ((t, np.argwhere(own)[:, ::-1].mean(0)),))


def dealt_out(
    shares: Probabilities, trails: Sequence[Trail | None], t: int
) -> tuple[Probabilities, list[Trail | None]]:
    """The probabilities `shares` (1 + O, H, W), background first, with each piece given to whose it is; and
    the trails after frame `t` of the O objects, whose `trails` lead to it."""
    known = [trail for trail in trails if trail is not None]
    after = list(trails)
    count, pieces, stats, centers = cv2.connectedComponentsWithStats((shares[0] < 0.5).astype(np.uint8))
    areas = stats[:, cv2.CC_STAT_AREA].astype(float)
    least = _SMALL * min((trail.area for trail in known), default=0.0)
    numbers = [n for n in range(1, count) if areas[n] > least]
    if len(known) < 2 or not numbers:
        return shares, after
    groups = _divided(shares, trails, pieces, numbers)
    inside = [np.isin(pieces, group) for group in groups]
    area = np.array([areas[group].sum() for group in groups])
    center = np.array([np.average(centers[group], 0, areas[group]) for group in groups])
    dealt = _Fit(shares, trails, t, inside, center, area).best()
    result = shares.copy()
    for place, own in enumerate(inside):
        owners = [i for i, piece in dealt.items() if piece == place]
        if owners:
            _give(result, own, owners)
        if len(owners) == 1:
            trail = trails[owners[0]]
            assert trail is not None
            after[owners[0]] = trail.seen(t, center[place], area[place])
    return result, after


def _divided(
    shares: Probabilities, trails: Sequence[Trail | None], pieces: npt.NDArray[np.int32], numbers: list[int]
) -> list[list[int]]:
    """The `numbers` of the pieces, those of an object that something divides together: else an object that
    has long been hidden would be given a half of another one."""
    claims = {n: shares[1:, pieces == n].sum(1) for n in numbers}
    groups = []
    for i, trail in enumerate(trails):
        own = [n for n, claimed in claims.items() if claimed[i] > _DIVIDED * claimed.sum()]
        area = sum(np.count_nonzero(pieces == n) for n in own)
        if trail is not None and len(own) > 1 and area <= _WHOLE_AGAIN * trail.area:
            groups.append(own)
    return joined([*groups, *([n] for n in numbers)])


def _give(shares: Probabilities, piece: Pixels, owners: Sequence[int]) -> None:
    """What of `piece`, and of its soft edge, is not the `owners`' becomes theirs."""
    edge = cv2.dilate(piece.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    zone = edge & (piece | (shares[0] >= 0.5))
    all_of_it = shares[1:, zone].sum(0)
    kept = np.zeros_like(shares[1:, zone])
    kept[list(owners)] = shares[1:, zone][list(owners)] + 1e-6
    shares[1:, zone] = kept / kept.sum(0) * all_of_it


class _Fit:
    """How well objects fit into pieces: `inside` (P, H, W), with `centers` (x, y) and `areas`."""

    def __init__(
        self,
        shares: Probabilities,
        trails: Sequence[Trail | None],
        t: int,
        inside: Sequence[Pixels],
        centers: npt.NDArray[np.float64],
        areas: npt.NDArray[np.float64],
    ) -> None:
        self._trails = {i: trail for i, trail in enumerate(trails) if trail is not None}
        self._areas, self._pieces = areas, range(len(inside))
        self._costs: dict[tuple[int, frozenset[int]], float] = {}
        self._least = min(trail.area for trail in self._trails.values())
        claims = np.array([shares[1:, own].sum(1) / max(1e-6, shares[1:, own].sum()) for own in inside])
        self._alone, self._among = np.zeros((2, len(trails), len(inside)))
        pixels = [np.nonzero(own) for own in inside]
        for i, trail in self._trails.items():
            place, weight = trail.expected(t)
            size = trail.area**0.5
            for piece, (rows, columns) in enumerate(pixels):
                nearest = np.hypot(columns - place[0], rows - place[1]).min() / size
                center = np.hypot(*(centers[piece] - place)) / size
                self._alone[i, piece] = _MOTION * weight * min(_FARTHEST, center) - claims[piece, i]
                self._among[i, piece] = _MOTION * weight * min(_FARTHEST, nearest) - claims[piece, i]

    def best(self) -> dict[int, int]:
        """Object -> piece, as cheap as single moves and exchanges of two can make it."""
        dealt = {i: int(self._among[i].argmin()) for i in self._trails}
        while self._improve(dealt):
            pass
        return dealt

    def _improve(self, dealt: dict[int, int]) -> bool:
        """Make one move, or one exchange, that lowers the cost; False if none does."""
        owners = {piece: frozenset(i for i in dealt if dealt[i] == piece) for piece in self._pieces}
        for i, old in dealt.items():
            for new in self._pieces:
                after = {old: owners[old] - {i}, new: owners[new] | {i}}
                if new != old and self._lowers(owners, after):
                    dealt[i] = new
                    return True
        for i, j in combinations(dealt, 2):
            one, other = dealt[i], dealt[j]
            after = {one: owners[one] - {i} | {j}, other: owners[other] - {j} | {i}}
            if one != other and self._lowers(owners, after):
                dealt[i], dealt[j] = other, one
                return True
        return False

    def _lowers(self, owners: Mapping[int, frozenset[int]], after: Mapping[int, frozenset[int]]) -> bool:
        change = sum(self._cost(piece, after[piece]) - self._cost(piece, owners[piece]) for piece in after)
        return change < -1e-9

    def _cost(self, piece: int, owners: frozenset[int]) -> float:
        """What it costs that the piece is the `owners`'."""
        if (piece, owners) not in self._costs:
            self._costs[piece, owners] = self._reckoned(piece, owners)
        return self._costs[piece, owners]

    def _reckoned(self, piece: int, owners: frozenset[int]) -> float:
        area = float(self._areas[piece])
        if not owners:
            return min(_EMPTY, area / self._least)
        filled = area / sum(self._trails[i].area for i in owners)
        if len(owners) == 1:
            return float(self._alone[min(owners), piece]) + max(0.0, filled - _TOO_LARGE)
        claimed = float(sum(self._among[i, piece] for i in owners))
        lacking = max(0.0, _TOO_SMALL_FOR_SEVERAL - filled)
        return claimed + _LACKING * lacking + max(0.0, filled - _TOO_LARGE_FOR_SEVERAL)

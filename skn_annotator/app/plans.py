"""Which frames a pass goes over, planned from what there is: pure, before anything runs.

A pass starts at a reference frame and ends before the next one in its direction: reference frames bound it.
One to an end of the video goes on from each that it comes to, and fills what lies between two of them from
both. Only one over a single frame or a chosen range may start from a mask that is none.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from itertools import chain, pairwise

from skn_annotator.app.language import mark, tr
from skn_annotator.errors import SknError


class Direction(Enum):
    """Where a pass goes, seen from the current frame."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    TO_END = "forward to the end"
    TO_START = "backward to the start"
    ONE_ON = "one frame on"
    ONE_BACK = "one frame back"
    RANGE = "the chosen range"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Ground:
    """What a plan is made from: the current frame `t`, and what there is in a sequence of `length` frames.

    `masked`: the frames that have a mask. `selection`: the chosen range, both ends included.
    """

    t: int
    references: Collection[int]
    length: int
    masked: Collection[int] = ()
    selection: tuple[int, int] | None = None


@dataclass(frozen=True)
class Plan:
    """The frames of a pass in order; each stretch begins at a reference frame, or at one that stands in.

    `stand_ins`: frames of `order` whose mask is taken as it is although it is no reference frame.
    """

    order: tuple[int, ...]
    stand_ins: frozenset[int] = frozenset()


def plan(ground: Ground, direction: Direction) -> Plan:
    """The pass that `direction` asks for.

    Raises SknError, with what to do, if there is no mask to start from or no frame to fill.
    """
    if direction in (Direction.ONE_ON, Direction.ONE_BACK):
        return _one_frame(ground, 1 if direction is Direction.ONE_ON else -1)
    if direction is Direction.RANGE:
        return _range(ground)
    if not ground.references:
        raise SknError(tr("No frame is painted yet: paint the objects on this frame, then propagate"))
    if direction is Direction.EVERYWHERE:
        order = cover(0, ground.length - 1, ground.references)
    elif direction is Direction.BOTH:
        order = _both(ground)
    elif direction in (Direction.TO_END, Direction.TO_START):
        order = _to_an_end(ground, direction)
    else:
        order = _one_way(ground, direction)
    if set(order) <= set(ground.references):
        raise SknError(
            tr("Nothing to fill {where}: the next frame is a reference frame or the end").format(
                where=tr(_WHERE[direction])
            )
        )
    return Plan(order)


_WHERE = {
    Direction.FORWARD: mark("after this frame"),
    Direction.BACKWARD: mark("before this frame"),
    Direction.TO_END: mark("after this frame"),
    Direction.TO_START: mark("before this frame"),
    Direction.BOTH: mark("around this frame"),
    Direction.EVERYWHERE: mark("in this video"),
}


def cover(first: int, last: int, starts: Collection[int]) -> tuple[int, ...]:
    """An order over every frame from `first` to `last` that goes out from `starts`, one of them at least.

    Forward from the first start to the end; then backward, where there is something to fill, from each start
    to the one before it, so that what lies between two is reached from both; then backward to `first`.
    """
    known = sorted(starts)
    between = [range(b, a, -1) for a, b in pairwise(known) if b - a > 1]
    to_first = range(known[0], first - 1, -1) if known[0] > first else range(0)
    return (*range(known[0], last + 1), *chain.from_iterable(between), *to_first)


def _both(ground: Ground) -> tuple[int, ...]:
    """Between two reference frames from both of them, else both ways from the nearest one."""
    t, references = ground.t, ground.references
    before = max((r for r in references if r < t), default=None)
    after = min((r for r in references if r > t), default=None)
    if t not in references and before is not None and after is not None:
        return cover(before, after - 1, (before, after))
    start = min(references, key=lambda reference: (abs(reference - t), reference))
    return (*_forward(start, references, ground.length), *_backward(start, references))


def _one_way(ground: Ground, direction: Direction) -> tuple[int, ...]:
    if direction is Direction.FORWARD:
        return _forward(_start_before(ground), ground.references, ground.length)
    return _backward(_start_after(ground), ground.references)


def _to_an_end(ground: Ground, direction: Direction) -> tuple[int, ...]:
    """As one way, on over every reference frame there."""
    if direction is Direction.TO_END:
        start = _start_before(ground)
        return cover(start, ground.length - 1, [r for r in ground.references if r >= start])
    start = _start_after(ground)
    mirrored = cover(0, start, [start - r for r in ground.references if r <= start])
    return tuple(start - t for t in mirrored)


def _start_before(ground: Ground) -> int:
    """The reference frame here, or the nearest one before."""
    starts = [reference for reference in ground.references if reference <= ground.t]
    if not starts:
        raise SknError(
            tr(
                "No reference frame before frame {t}: "
                "paint this frame, or propagate backward from frame {other}"
            ).format(t=ground.t + 1, other=min(ground.references) + 1)
        )
    return max(starts)


def _start_after(ground: Ground) -> int:
    """The reference frame here, or the nearest one after."""
    starts = [reference for reference in ground.references if reference >= ground.t]
    if not starts:
        raise SknError(
            tr(
                "No reference frame after frame {t}: "
                "paint this frame, or propagate forward from frame {other}"
            ).format(t=ground.t + 1, other=max(ground.references) + 1)
        )
    return min(starts)


def _forward(start: int, references: Collection[int], length: int) -> tuple[int, ...]:
    end = min((reference for reference in references if reference > start), default=length)
    return tuple(range(start, end))


def _backward(start: int, references: Collection[int]) -> tuple[int, ...]:
    end = max((reference for reference in references if reference < start), default=-1)
    return tuple(range(start, end, -1))


def _one_frame(ground: Ground, way: int) -> Plan:
    """From the mask of this frame, whatever made it, to its neighbour."""
    t, target = ground.t, ground.t + way
    if not 0 <= target < ground.length:
        raise SknError(
            (
                tr("Frame {t} is the last one: there is nothing to fill")
                if way > 0
                else tr("Frame {t} is the first one: there is nothing to fill")
            ).format(t=t + 1)
        )
    if target in ground.references:
        raise SknError(tr("Frame {t} is a reference frame: it is never overwritten").format(t=target + 1))
    if t not in ground.masked:
        raise SknError(tr("Frame {t} has no mask: paint it, or go to one that has a mask").format(t=t + 1))
    return Plan((t, target), frozenset([t]) - frozenset(ground.references))


def _range(ground: Ground) -> Plan:
    """From the reference frames in and beside the range, else from the mask before it, or after it."""
    if ground.selection is None:
        raise SknError(tr("No range is chosen: drag with shift held on the timeline, then propagate"))
    first, last = ground.selection
    starts = [r for r in ground.references if first - 1 <= r <= last + 1]
    stand_ins = frozenset[int]()
    if not starts:
        beside = [t for t in (first - 1, last + 1) if t in ground.masked]
        if not beside:
            raise SknError(
                tr(
                    "No mask in or beside frames {first}-{last} to start from: "
                    "paint one of them, or choose up to a frame that has one"
                ).format(first=first + 1, last=last + 1)
            )
        starts, stand_ins = beside[:1], frozenset(beside[:1])
    order = cover(first, last, starts)
    if set(order) <= {*ground.references, *stand_ins}:
        raise SknError(
            tr("Nothing to fill: frames {first}-{last} are reference frames").format(
                first=first + 1, last=last + 1
            )
        )
    return Plan(order, stand_ins)

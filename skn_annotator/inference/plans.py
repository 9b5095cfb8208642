"""Which frames a pass goes over, planned from what there is: pure, before anything runs.

A pass is made of stretches. Each starts at a frame whose mask is there already and ends before the next
reference frame in its direction: reference frames bound it. A pass to an end of the video goes on from each
reference frame that it comes to, and fills what lies between two of them from both. Only one over a single
frame or a chosen range may start from a mask that is no reference.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from skn_annotator.errors import Message, SknError


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

    `masked`: the frames that have a mask. `selection`: the chosen range, both ends included, of which every
    `step`-th frame is wanted.
    """

    t: int
    references: Collection[int]
    length: int
    masked: Collection[int] = ()
    selection: tuple[int, int] | None = None
    step: int = 1


@dataclass(frozen=True)
class Stretch:
    """A part of a pass that begins afresh: from the mask of frame `start` over `frames`, in one direction.

    The step of `frames` is how far apart they are: what lies between them is neither read nor written.
    """

    start: int
    frames: range

    def __iter__(self) -> Iterator[int]:
        """The start, then the frames."""
        yield self.start
        yield from self.frames

    @property
    def direction(self) -> int:
        """1 forward, -1 backward."""
        return 1 if self.frames.step > 0 else -1


@dataclass(frozen=True)
class Plan:
    """The stretches of a pass, in order, none without frames.

    `stand_ins`: starts whose mask is taken as it is although they are no reference frames.
    """

    stretches: tuple[Stretch, ...]
    stand_ins: frozenset[int] = frozenset()

    @property
    def total(self) -> int:
        """The number of steps of the pass, its starts included."""
        return sum(1 + len(stretch.frames) for stretch in self.stretches)

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and the last frame that it comes to."""
        ends = [
            t for stretch in self.stretches for t in (stretch.start, stretch.frames[0], stretch.frames[-1])
        ]
        return min(ends), max(ends)

    @property
    def step(self) -> int:
        """How far apart the frames are that it goes over."""
        return abs(self.stretches[0].frames.step)

    def fills_nothing(self, known: Collection[int]) -> bool:
        """True if every frame that it goes over is among `known`."""
        return all(t in known for stretch in self.stretches for t in stretch.frames)


def plan(ground: Ground, direction: Direction) -> Plan:
    """The pass that `direction` asks for.

    Raises SknError, with what to do, if there is no mask to start from or no frame to fill.
    """
    if direction in (Direction.ONE_ON, Direction.ONE_BACK):
        return _one_frame(ground, 1 if direction is Direction.ONE_ON else -1)
    if direction is Direction.RANGE:
        return _range(ground)
    if not ground.references:
        raise SknError("No frame is painted yet: paint the objects on this frame, then propagate")
    if direction is Direction.EVERYWHERE:
        planned = cover(range(ground.length), ground.references)
    elif direction is Direction.BOTH:
        planned = _both(ground)
    elif direction in (Direction.TO_END, Direction.TO_START):
        planned = _to_an_end(ground, direction)
    else:
        planned = _one_way(ground, direction)
    if planned.fills_nothing(ground.references):
        raise SknError(
            "Nothing to fill {where}: the next frame is a reference frame or the end", where=_WHERE[direction]
        )
    return planned


_WHERE = {
    Direction.FORWARD: Message("after this frame"),
    Direction.BACKWARD: Message("before this frame"),
    Direction.TO_END: Message("after this frame"),
    Direction.TO_START: Message("before this frame"),
    Direction.BOTH: Message("around this frame"),
    Direction.EVERYWHERE: Message("in this video"),
}


def cover(frames: range, starts: Collection[int]) -> Plan:
    """A plan over every one of `frames`, ascending, that goes out from `starts`, one of them at least.

    Forward from the first start to the end; then backward, where there is something to fill, from each start
    to the one before it, so that what lies between two is reached from both; then backward from the first.
    A start that is none of `frames` is not passed through: there a stretch ends, and another one begins.
    """
    known = sorted(starts)
    begins = [known[0], *(t for t in known[1:] if t not in frames)]
    ends = [*begins[1:], max(frames[-1], known[-1]) + 1]
    forward = [Stretch(a, _between(frames, a, b)) for a, b in zip(begins, ends, strict=True)]
    backward = [Stretch(b, _between(frames, a, b)[::-1]) for a, b in pairwise(known)]
    to_first = Stretch(known[0], _between(frames, frames[0] - 1, known[0])[::-1])
    return _joined([*forward, *backward, to_first])


def _between(frames: range, a: int, b: int) -> range:
    """Those of `frames` that lie between `a` and `b`, neither included."""
    return frames[bisect_right(frames, a) : bisect_left(frames, b)]


def _joined(stretches: Sequence[Stretch]) -> Plan:
    return Plan(tuple(stretch for stretch in stretches if stretch.frames))


def _both(ground: Ground) -> Plan:
    """Between two reference frames from both of them, else both ways from the nearest one."""
    t, references = ground.t, ground.references
    before = max((r for r in references if r < t), default=None)
    after = min((r for r in references if r > t), default=None)
    if t not in references and before is not None and after is not None:
        return cover(range(before, after), (before, after))
    start = min(references, key=lambda reference: (abs(reference - t), reference))
    return _joined([_forward(start, ground), _backward(start, ground)])


def _one_way(ground: Ground, direction: Direction) -> Plan:
    if direction is Direction.FORWARD:
        return _joined([_forward(_start_before(ground), ground)])
    return _joined([_backward(_start_after(ground), ground)])


def _to_an_end(ground: Ground, direction: Direction) -> Plan:
    """As one way, on over every reference frame there."""
    if direction is Direction.TO_END:
        start = _start_before(ground)
        return cover(range(start, ground.length), [r for r in ground.references if r >= start])
    start = _start_after(ground)
    mirrored = cover(range(start + 1), [start - r for r in ground.references if r <= start])
    return Plan(tuple(_mirrored(stretch, start) for stretch in mirrored.stretches))


def _mirrored(stretch: Stretch, end: int) -> Stretch:
    """The same with frame 0 at `end`, and the other way round."""
    frames = stretch.frames
    return Stretch(end - stretch.start, range(end - frames.start, end - frames.stop, -frames.step))


def _start_before(ground: Ground) -> int:
    """The reference frame here, or the nearest one before."""
    starts = [reference for reference in ground.references if reference <= ground.t]
    if not starts:
        raise SknError(
            "No reference frame before frame {t}: paint this frame, or propagate backward from frame {other}",
            t=ground.t + 1,
            other=min(ground.references) + 1,
        )
    return max(starts)


def _start_after(ground: Ground) -> int:
    """The reference frame here, or the nearest one after."""
    starts = [reference for reference in ground.references if reference >= ground.t]
    if not starts:
        raise SknError(
            "No reference frame after frame {t}: paint this frame, or propagate forward from frame {other}",
            t=ground.t + 1,
            other=max(ground.references) + 1,
        )
    return min(starts)


def _forward(start: int, ground: Ground) -> Stretch:
    end = min((reference for reference in ground.references if reference > start), default=ground.length)
    return Stretch(start, range(start + 1, end))


def _backward(start: int, ground: Ground) -> Stretch:
    end = max((reference for reference in ground.references if reference < start), default=-1)
    return Stretch(start, range(start - 1, end, -1))


def _one_frame(ground: Ground, way: int) -> Plan:
    """From the mask of this frame, whatever made it, to its neighbour."""
    t, target = ground.t, ground.t + way
    if target >= ground.length:
        raise SknError("Frame {t} is the last one: there is nothing to fill", t=t + 1)
    if target < 0:
        raise SknError("Frame {t} is the first one: there is nothing to fill", t=t + 1)
    if target in ground.references:
        raise SknError("Frame {t} is a reference frame: it is never overwritten", t=target + 1)
    if t not in ground.masked:
        raise SknError("Frame {t} has no mask: paint it, or go to one that has a mask", t=t + 1)
    stretch = Stretch(t, range(target, target + way, way))
    return Plan((stretch,), frozenset([t]) - frozenset(ground.references))


def _range(ground: Ground) -> Plan:
    """From the reference frames in and beside the range, else from the mask before it, or after it."""
    if ground.selection is None:
        raise SknError("No range is chosen: drag with shift held on the timeline, then propagate")
    first, last = ground.selection
    starts = [r for r in ground.references if first - 1 <= r <= last + 1]
    stand_ins = frozenset[int]()
    if not starts:
        beside = [t for t in (first - 1, last + 1) if t in ground.masked]
        if not beside:
            raise SknError(
                "No mask in or beside frames {first}-{last} to start from: "
                "paint one of them, or choose up to a frame that has one",
                first=first + 1,
                last=last + 1,
            )
        starts, stand_ins = beside[:1], frozenset(beside[:1])
    planned = cover(range(first, last + 1, ground.step), starts)
    if planned.fills_nothing(ground.references):
        raise SknError(
            "Nothing to fill: frames {first}-{last} are reference frames", first=first + 1, last=last + 1
        )
    return Plan(planned.stretches, stand_ins)

"""What the user can ask of a pass, and the plan that follows from what there is: pure, before anything runs.

A pass ends before the frame that decides all that it carries: references bound it. One to an end of the video
goes on from each reference that it comes to, and fills what lies between two of them from both. Only one over
a single frame or a chosen range may start where there is no reference.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from skn_annotator.errors import Message, SknError
from skn_annotator.inference.plans import (
    Decision,
    Plan,
    References,
    Stretch,
    cover,
    forward,
    joined,
    spans_of,
)


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
    STALE = "stale frames"


@dataclass(frozen=True)
class Ground:
    """What a plan is made from: the current frame `t`, and what there is in a sequence of `length` frames.

    `known`: the objects that the mask of a frame shows, or that a pass looked for there in vain; of a frame
    without a mask, none. `chosen_range`: its first and last frame; of these and those between every `step`-th
    is wanted. `stale`: frame -> the objects whose masks there are to be renewed.
    """

    t: int
    references: References
    length: int
    known: Callable[[int], frozenset[int]]
    chosen_range: tuple[int, int] | None = None
    step: int = 1
    stale: Mapping[int, frozenset[int]] = field(default_factory=dict)


def plan(ground: Ground, direction: Direction) -> Plan:
    """The pass that `direction` asks for.

    Raises SknError, with what to do, if there is no mask to start from or no frame to fill.
    """
    if direction in (Direction.ONE_ON, Direction.ONE_BACK):
        return _one_frame(ground, 1 if direction is Direction.ONE_ON else -1)
    if direction is Direction.RANGE:
        return _range(ground)
    if direction is Direction.STALE:
        return _renewal(ground)
    if not any(decision.shown for decision in ground.references.values()):
        raise SknError("No frame is painted yet: paint the objects on this frame, then propagate")
    if direction is Direction.EVERYWHERE:
        planned = cover(range(ground.length), ground.references)
    elif direction is Direction.BOTH:
        planned = _both(ground)
    elif direction in (Direction.FORWARD, Direction.TO_END):
        _require_start(ground, direction)
        planned = _ahead(ground, direction)
    elif direction in (Direction.BACKWARD, Direction.TO_START):
        _require_start(ground, direction)
        planned = _mirrored(_ahead(_mirror(ground), direction), ground.length)
    else:  # a direction that was added, and would else run backward
        raise ValueError(f"no plan is made for {direction}")
    if planned.writes_nothing:
        raise SknError(
            "Nothing to fill {where}: the next frame is a reference frame or the end", where=_WHERE[direction]
        )
    return planned


_NOTHING = Decision(frozenset(), frozenset())
_WHERE = {
    Direction.FORWARD: Message("after this frame"),
    Direction.BACKWARD: Message("before this frame"),
    Direction.TO_END: Message("after this frame"),
    Direction.TO_START: Message("before this frame"),
    Direction.BOTH: Message("around this frame"),
    Direction.EVERYWHERE: Message("in this video"),
}


def _both(ground: Ground) -> Plan:
    """Between two reference frames from both of them, else both ways from the nearest one."""
    t, references = ground.t, ground.references
    # On a reference frame, or beyond them all, there are no two ends between which masks could be blended.
    if t not in references and min(references) < t < max(references):
        start, end = _start(ground), _end(ground)
        starts = {r: d for r, d in ({**references, **start}).items() if min(start) <= r <= end}
        return cover(range(min(start), end), starts, references)
    nearest = min(references, key=lambda reference: abs(reference - t))
    there = replace(ground, t=nearest)
    forward = _ahead(there, Direction.FORWARD)
    backward = _mirrored(_ahead(_mirror(there), Direction.BACKWARD), ground.length)
    # Each way may take other objects of a frame as they are: the start stands in for what it does not decide.
    frames = {*forward.given, *backward.given}
    given = {t: forward.given.get(t, frozenset()) | backward.given.get(t, frozenset()) for t in frames}
    return Plan(forward.stretches + backward.stretches, given)


def _ahead(ground: Ground, direction: Direction) -> Plan:
    """Forward from the reference frame here, or the nearest one before."""
    start = _start(ground)
    references = {**ground.references, **start}
    begin = min(start)
    if direction in (Direction.TO_END, Direction.TO_START):
        starts = {t: decision for t, decision in references.items() if t >= begin}
        return cover(range(begin, ground.length), starts, references, extends=False)
    end = _end(ground)
    starts = {t: decision for t, decision in references.items() if begin <= t < end}
    return joined([forward(begin, range(begin + 1, end), spans_of(starts, references))], references)


def _start(ground: Ground) -> dict[int, Decision]:
    """The frame that a pass forward starts from, and all that is taken from it.

    That is the reference frame here, or the nearest one before; if it does not know an object that is shown
    before, the nearest frame before it that knows all those.
    """
    references = ground.references
    first = _first_shown(references)
    t = max(r for r in references if r <= ground.t)
    while True:
        decided = references.get(t, _NOTHING)
        needed = frozenset(i for i, shown in first.items() if shown <= t)
        standing = needed - decided.ids
        # One frame has to give all objects, or those that it lacks would be lost on the whole stretch.
        if not standing or standing <= ground.known(t):
            return {t: _with_known(decided, standing)}
        t -= 1


def _end(ground: Ground) -> int:
    """The first frame after the start that decides all that was shown before it, or the sequence's end."""
    first = _first_shown(ground.references)
    start = max(r for r in ground.references if r <= ground.t)
    after = sorted(r for r in ground.references if r > start)
    whole = (r for r in after if ground.references[r].ids >= {i for i, t in first.items() if t < r})
    return next(whole, ground.length)


def _first_shown(references: References) -> dict[int, int]:
    first: dict[int, int] = {}
    for t in sorted(references):
        for i in references[t].shown:
            first.setdefault(i, t)
    return first


def _require_start(ground: Ground, direction: Direction) -> None:
    """Raises SknError if there is no reference frame here, nor on the side that the pass comes from."""
    t, references = ground.t, ground.references
    if direction in (Direction.FORWARD, Direction.TO_END):
        if min(references) > t:
            raise SknError(
                "No reference frame before frame {t}: "
                "paint this frame, or propagate backward from frame {other}",
                t=t + 1,
                other=min(references) + 1,
            )
    elif max(references) < t:
        raise SknError(
            "No reference frame after frame {t}: paint this frame, or propagate forward from frame {other}",
            t=t + 1,
            other=max(references) + 1,
        )


def _mirror(ground: Ground) -> Ground:
    """The same with the last frame as the first one."""
    last = ground.length - 1
    references = {last - t: decision for t, decision in ground.references.items()}
    return Ground(last - ground.t, references, ground.length, lambda t: ground.known(last - t))


def _mirrored(planned: Plan, length: int) -> Plan:
    """A plan that was made on a mirrored ground, for the ground itself."""

    def turned(frames: range) -> range:
        return range(length - 1 - frames.start, length - 1 - frames.stop, -frames.step)

    def turned_stretch(stretch: Stretch) -> Stretch:
        carried = {i: turned(part) for i, part in stretch.carried.items()}
        return Stretch(length - 1 - stretch.start, turned(stretch.frames), carried)

    given = {length - 1 - t: ids for t, ids in planned.given.items()}
    return Plan(tuple(turned_stretch(stretch) for stretch in planned.stretches), given)


def _one_frame(ground: Ground, way: int) -> Plan:
    """From the masks of this frame, whatever made them, to its neighbour."""
    t, target = ground.t, ground.t + way
    if target >= ground.length:
        raise SknError("Frame {t} is the last one: there is nothing to fill", t=t + 1)
    if target < 0:
        raise SknError("Frame {t} is the first one: there is nothing to fill", t=t + 1)
    if t not in ground.references and not ground.known(t):
        raise SknError("Frame {t} has no mask: paint it, or go to one that has a mask", t=t + 1)
    planned = _one_on(ground) if way > 0 else _mirrored(_one_on(_mirror(ground)), ground.length)
    if planned.writes_nothing:
        raise SknError("Frame {t} is a reference frame: it is never overwritten", t=target + 1)
    return planned


def _one_on(ground: Ground) -> Plan:
    t, references = ground.t, ground.references
    start = {t: _with_known(references.get(t, _NOTHING), ground.known(t))}
    frames = range(t + 1, t + 2)
    return joined([forward(t, frames, spans_of(start, references))], {**references, **start})


def _with_known(decision: Decision, ids: frozenset[int]) -> Decision:
    """The same, and the objects `ids` stand in."""
    return Decision(decision.ids | ids, decision.shown | (ids - decision.ids))


def _range(ground: Ground) -> Plan:
    """Each object from its references in and beside the range, else from its mask before it, or after it."""
    if ground.chosen_range is None:
        raise SknError("No range is chosen: drag with shift held on the timeline, then propagate")
    first, last = ground.chosen_range
    starts = {t: d for t, d in ground.references.items() if first - 1 <= t <= last + 1}
    decided = frozenset[int]().union(*(decision.ids for decision in starts.values()))
    for t in (first - 1, last + 1):
        ids = ground.known(t) - decided
        if ids:
            starts[t] = _with_known(starts.get(t, _NOTHING), ids)
            decided |= ids
    if not starts:
        raise _no_start(first, last)
    planned = cover(range(first, last + 1, ground.step), starts, ground.references)
    if planned.writes_nothing:
        raise _all_given(first, last)
    return planned


def _no_start(first: int, last: int) -> SknError:
    if first == last:
        return SknError(
            "No mask on or beside frame {t} to start from: paint it, or choose up to a frame that has one",
            t=first + 1,
        )
    return SknError(
        "No mask in or beside frames {first}-{last} to start from: "
        "paint one of them, or choose up to a frame that has one",
        first=first + 1,
        last=last + 1,
    )


def _all_given(first: int, last: int) -> SknError:
    if first == last:
        return SknError("Nothing to fill: frame {t} is a reference frame", t=first + 1)
    return SknError(
        "Nothing to fill: frames {first}-{last} are reference frames", first=first + 1, last=last + 1
    )


def _renewal(ground: Ground) -> Plan:
    """The stale frames and no others, only the objects that are stale there: run by run as a chosen range.

    What stands beside a run is not stale, so that it is as good to start from as the reference farther off.
    """
    if not ground.stale:
        raise SknError("Nothing is stale: every mask comes from references that are still as they were")
    plans, reason = [], None
    for first, last in _runs(ground.stale):
        try:
            planned = _range(replace(ground, chosen_range=(first, last), step=1))
        except SknError as error:
            reason = error
            continue
        wanted = frozenset[int]().union(*(ground.stale[t] for t in range(first, last + 1)))
        plans.append(Plan(tuple(_only(stretch, wanted) for stretch in planned.stretches), planned.given))
    stretches = [stretch for planned in plans for stretch in planned.stretches if stretch.carried]
    if not stretches:
        raise reason or SknError("The stale masks have no reference to come from: paint one of their frames")
    given: dict[int, frozenset[int]] = {}
    for planned in plans:
        for t, ids in planned.given.items():
            given[t] = given.get(t, frozenset()) | ids
    return Plan(tuple(stretches), given)


def _only(stretch: Stretch, ids: frozenset[int]) -> Stretch:
    """The same, with only the objects `ids` carried."""
    return replace(stretch, carried={i: part for i, part in stretch.carried.items() if i in ids})


def _runs(frames: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of those that follow each other."""
    first = last = -1
    for t in sorted(frames):
        if last >= 0 and t != last + 1:
            yield first, last
        first, last = (t if last < 0 or t != last + 1 else first), t
    if last >= 0:
        yield first, last

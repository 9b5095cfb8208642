"""The plan of a pass: which objects it carries over which frames. It is made before anything runs.

A reference is what the user decided of one object on one frame: its mask, or that it is absent. A frame with
references is a reference frame; it may leave other objects undecided. A pass carries each object from its own
references, through frames where only others are decided. It is made of stretches: each starts at a frame that
has masks already. If the user decided nothing of an object on that frame, the mask that an earlier pass made
of it stands in for a reference.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from skn_annotator.arrays import Mask
from skn_annotator.inference.id_maps import ids_in


@dataclass(frozen=True)
class Decision:
    """The objects `ids` that are decided on one frame; its mask shows those of them in `shown`."""

    ids: frozenset[int]
    shown: frozenset[int]


References = Mapping[int, Decision]
"""Frame -> what the user decided there."""


@dataclass(frozen=True)
class Stretch:
    """A part of a pass without a break: from the masks of frame `start` over `frames`, in one direction.

    `frames` may have a step: what lies between them is neither read nor written. `carried`: object -> those
    of `frames` to which its mask is carried, except where it is decided.
    """

    start: int
    frames: range
    carried: Mapping[int, range] = field(default_factory=dict)

    def __iter__(self) -> Iterator[int]:
        """The start, then the frames."""
        yield self.start
        yield from self.frames

    @property
    def direction(self) -> int:
        """1 forward, -1 backward."""
        return 1 if self.frames.step > 0 else -1

    def carried_at(self, t: int) -> frozenset[int]:
        """The objects that are carried to frame `t`."""
        return frozenset(i for i, frames in self.carried.items() if t in frames)


@dataclass(frozen=True)
class Plan:
    """The stretches of a pass, in order; each has frames.

    `given`: frame -> the objects whose mask there is taken as it is: references, and what stands in for them.
    `by_motion`: frame -> object -> `Trend.by_motion` of the mask that stands in, as an earlier pass knew it.
    """

    stretches: tuple[Stretch, ...]
    given: Mapping[int, frozenset[int]] = field(default_factory=dict)
    by_motion: Mapping[int, Mapping[int, float]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of steps of the pass, its starts included."""
        return sum(1 + len(stretch.frames) for stretch in self.stretches)

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and the last frame that it comes to, starts included."""
        ends = [t for s in self.stretches for t in (s.start, s.frames[0], s.frames[-1])]
        return min(ends), max(ends)

    @property
    def step(self) -> int:
        """How far apart the frames are that it goes over."""
        return abs(self.stretches[0].frames.step)

    @property
    def writes_nothing(self) -> bool:
        """True if all that it carries is given already: the pass would change nothing."""
        return not any(
            t not in self.given or stretch.carried_at(t) - self.given[t]
            for stretch in self.stretches
            for t in stretch.frames
        )


def decisions(masks: Mapping[int, Mask]) -> dict[int, Decision]:
    """Masks as references: each decides all objects that any of them shows, as present or as absent."""
    shown = {t: ids_in(mask) for t, mask in masks.items()}
    every = frozenset[int]().union(*shown.values())
    return {t: Decision(every, ids) for t, ids in shown.items()}


def cover(
    frames: range, starts: References, references: References | None = None, extends: bool = True
) -> Plan:
    """A plan over all of `frames`, ascending, from `starts`, at least one of them.

    Forward from the first start to the end; then backward, from each start that decides all objects, and from
    the last one: so every frame between two references of an object is reached from both sides. `extends`:
    an object is carried back beyond the first reference that shows it too, unless an earlier one says that it
    is absent. `references`: all that there are, `starts` among them; None: `starts`.
    """
    spans = spans_of(starts, starts if references is None else references)
    known = sorted(starts)
    # A stretch starts from one frame for all its objects: backward ones part where all objects are decided.
    whole = [t for t in known if starts[t].ids >= spans.keys()]
    last = max(frames[-1], known[-1]) + 1
    stretches = [forward(known[0], _between(frames, known[0], last), spans)]
    turns = sorted({*whole, known[-1]})
    stretches += [_back(frames, a, b, spans, extends) for a, b in pairwise(turns)]
    first = _back(frames, frames[0] - 1, turns[0], spans, extends)
    if turns[0] == known[0]:  # no other stretch comes to what lies before all starts
        first = replace(first, start=known[0], frames=_between(frames, frames[0] - 1, known[0])[::-1])
    stretches.append(first)
    return joined(stretches, starts if references is None else {**references, **starts})


@dataclass(frozen=True)
class Span:
    """Where one object is carried from: forward from frame `begin`, backward from frame `end`.

    `first`: the first reference frame that shows it; `absent_before`: an earlier one says that it is absent.
    """

    begin: int
    end: int
    first: int
    absent_before: bool


def spans_of(starts: References, references: References) -> dict[int, Span]:
    """The span of each object that a start decides and a reference shows."""
    every = {**references, **starts}
    spans = {}
    for i in sorted(frozenset[int]().union(*(decision.ids for decision in starts.values()))):
        at = [t for t, decision in starts.items() if i in decision.ids]
        shown = [t for t, decision in every.items() if i in decision.shown]
        decided = [t for t, decision in every.items() if i in decision.ids]
        if shown:
            begin, end = max(min(shown), min(at)), min(max(shown), max(at))
            spans[i] = Span(begin, end, min(shown), min(decided) < min(shown))
    return spans


def forward(start: int, frames: range, spans: Mapping[int, Span]) -> Stretch:
    """A stretch from `start` over `frames`, to which each object joins where its span begins."""
    carried = {i: frames[bisect_left(frames, span.begin) :] for i, span in spans.items()}
    return Stretch(start, frames, {i: part for i, part in carried.items() if part})


def _back(frames: range, a: int, b: int, spans: Mapping[int, Span], extends: bool) -> Stretch:
    """A stretch down to the frame after `a`: from `b`, or from the last frame before it that an object has
    to be carried back from."""
    carried = {}
    for i, span in spans.items():
        low = a if extends and not span.absent_before else max(a, span.first)
        part = _between(frames, low, min(b, span.end))[::-1]
        if part:
            carried[i] = part
    if not carried:
        return Stretch(b, range(0))
    start = max(min(b, spans[i].end) for i in carried)
    lowest = min(part[-1] for part in carried.values())
    return Stretch(start, _between(frames, lowest - 1, start)[::-1], carried)


def _between(frames: range, a: int, b: int) -> range:
    """Those of `frames` between `a` and `b`, without these two."""
    return frames[bisect_right(frames, a) : bisect_left(frames, b)]


def joined(stretches: Sequence[Stretch], given: References) -> Plan:
    """A plan of those of the stretches that have frames."""
    filled = tuple(stretch for stretch in stretches if stretch.frames)
    return Plan(filled, {t: decision.ids for t, decision in given.items()})

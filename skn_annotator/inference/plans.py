"""The plan of a pass: which objects it carries over which frames. Pure.

A reference is what the user decided of one object on one frame: its mask, or that it is absent. A frame with
references is a reference frame; it may leave other objects undecided. A pass carries each object from its own
references, through frames where only others are decided. It is made of stretches, each of which starts at a
frame whose masks are there already. Where the user did not decide an object of a start, its mask is taken as
it is, whatever made it: it stands in.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from skn_annotator.arrays import Mask
from skn_annotator.inference.id_maps import ids_in


@dataclass(frozen=True)
class Decision:
    """What is said of one frame: of the objects `ids`, and which of these its mask shows."""

    ids: frozenset[int]
    shown: frozenset[int]


References = Mapping[int, Decision]
"""Frame -> what the user decided there."""


@dataclass(frozen=True)
class Stretch:
    """A part of a pass that begins afresh: from the masks of frame `start` over `frames`, in one direction.

    The step of `frames` is how far apart they are: what lies between them is neither read nor written.
    `carried`: object -> those of `frames` on which its mask is made, unless it is decided there.
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
    """The stretches of a pass, in order, none without frames.

    `given`: frame -> the objects whose mask there is taken as it is: the references, and those that stand in.
    """

    stretches: tuple[Stretch, ...]
    given: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The number of steps of the pass, its starts included."""
        return sum(1 + len(stretch.frames) for stretch in self.stretches)

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and the last frame that it comes to."""
        ends = [t for s in self.stretches for t in (s.start, s.frames[0], s.frames[-1])]
        return min(ends), max(ends)

    @property
    def step(self) -> int:
        """How far apart the frames are that it goes over."""
        return abs(self.stretches[0].frames.step)

    @property
    def writes_nothing(self) -> bool:
        """True if all that it carries is given already."""
        return not any(
            t not in self.given or stretch.carried_at(t) - self.given[t]
            for stretch in self.stretches
            for t in stretch.frames
        )


def decisions(masks: Mapping[int, Mask]) -> dict[int, Decision]:
    """Each of `masks` decides every object that any of them shows."""
    shown = {t: ids_in(mask) for t, mask in masks.items()}
    every = frozenset[int]().union(*shown.values())
    return {t: Decision(every, ids) for t, ids in shown.items()}


def cover(
    frames: range, starts: References, references: References | None = None, extends: bool = True
) -> Plan:
    """A plan over every one of `frames`, ascending, that goes out from `starts`, one of them at least.

    Forward from the first start to the end; then backward, from each start that decides all objects, and from
    the last one, so that what lies between two references of an object is reached from both. An object is not
    carried back to before the reference that first shows it, except to where none decides that it is absent,
    if `extends`. `references`: all there are, `starts` among them; None: `starts`.
    """
    spans = spans_of(starts, starts if references is None else references)
    known = sorted(starts)
    whole = [t for t in known if starts[t].ids >= spans.keys()]
    last = max(frames[-1], known[-1]) + 1
    stretches = [forward(known[0], _between(frames, known[0], last), spans)]
    turns = sorted({*whole, known[-1]})
    stretches += [_back(frames, a, b, spans, extends) for a, b in pairwise(turns)]
    if turns[0] in whole:
        rest = _between(frames, frames[0] - 1, turns[0])[::-1]
        stretches.append(Stretch(turns[0], rest, dict.fromkeys(spans, rest)))
    else:
        stretches.append(_back(frames, frames[0] - 1, turns[0], spans, extends))
    return joined(stretches, starts if references is None else {**references, **starts})


@dataclass(frozen=True)
class Span:
    """Of one object: where the starts carry it from, forward and backward; the first frame that shows it, and
    whether a reference before that says that it is absent."""

    begin: int
    end: int
    first: int
    absent_before: bool


def spans_of(starts: References, references: References) -> dict[int, Span]:
    """By object, of those that the starts decide and some reference shows."""
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
    """From `start` over `frames`, each object from where its span begins."""
    carried = {i: frames[bisect_left(frames, span.begin) :] for i, span in spans.items()}
    return Stretch(start, frames, {i: part for i, part in carried.items() if part})


def _back(frames: range, a: int, b: int, spans: Mapping[int, Span], extends: bool) -> Stretch:
    """From `b`, or the first reference below it that carries something, down to the frame after `a`."""
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
    """Those of `frames` that lie between `a` and `b`, neither included."""
    return frames[bisect_right(frames, a) : bisect_left(frames, b)]


def joined(stretches: Sequence[Stretch], given: References) -> Plan:
    """The plan of these stretches, without those that have no frames."""
    filled = tuple(stretch for stretch in stretches if stretch.frames)
    return Plan(filled, {t: decision.ids for t, decision in given.items()})

"""Which frames deserve a look: where a correction promises most, and what the last pass changed most.

A correction mends the frames beside it, too. So the frame is looked for around which most is in doubt, rather
than the least certain one: the middle of a part that went wrong, not its worst frame. Where the object
touches another one, the frame is rather one beside it on which it does not: from one on which they cover each
other, look-alikes may change places both ways. Only a hint: a low confidence is no proof of a mistake.
"""

import math
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, takewhile

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.contacts import touches_another
from skn_annotator.annotation.low_points import APART, apart

_LEAST = 0.25  # of the greatest change: what is less is not worth a stop
_REACH = 2
"""So many frames away a frame's doubt counts a third (1 / e): a correction mends less of what is farther."""
_GOOD = 0.85
"""A mask of which this J is expected is good enough: many of them are no reason to look."""
_LITTLE = 0.05
"""What share of the doubt counts there: where all masks are good, the least certain ones come first."""
_AS_GOOD = 2 / 3
"""A frame on which the object touches no other one is taken instead from this share of the worth on."""
_LOOKED_AT = 60
"""Frames of a stretch that are looked at for one, at most: each mask has to be decoded once."""


@dataclass(frozen=True)
class Suggestion:
    """Look at frame `t` for the object `object_id`, of which frames `first` to `last` are much like that: all
    that were propagated of them show it."""

    t: int
    object_id: int
    first: int
    last: int


def suggestion(annotation: Annotation, after: int | None = None) -> Suggestion | None:
    """The frame that is worth a correction most; given `after`, the frame of one suggestion, the next.

    A tenth of the propagated frames take turns at most, `APART` frames from each other at least: who goes on
    to the next one took the frame for right. None if nothing was propagated.
    """
    doubts = _doubts(annotation)
    bounds = {i: [t for t, ids in annotation.references.items() if i in ids] for i in doubts}
    several = len(annotation.objects) > 1
    first, is_next = None, False
    for each in tour(doubts, bounds, partial(touches_another, annotation) if several else _never):
        if is_next or after is None:
            return _as_shown(annotation, each)
        first, is_next = first or each, each.t == after
    return None if first is None else _as_shown(annotation, first)


def _as_shown(annotation: Annotation, found: Suggestion) -> Suggestion:
    """`found` with the frames round its own, as far as they show the object without a gap."""
    before = (t for t in reversed(annotation.frames()) if found.first <= t < found.t)
    after = (t for t in annotation.frames() if found.t < t <= found.last)
    ends = [found.t, found.t]
    for n, frames in enumerate((before, after)):
        for t in takewhile(lambda t: found.object_id in annotation.ids_at(t), frames):
            ends[n] = t
    return replace(found, first=ends[0], last=ends[1])


def most_changed(changes: Mapping[int, float]) -> list[int]:
    """The frames with the greatest of `changes`, `APART` frames from each other at least, ascending."""
    least = _LEAST * max(changes.values(), default=0.0)
    worth = sorted(
        (t for t, change in changes.items() if change > 0 and change >= least), key=lambda t: (-changes[t], t)
    )
    return sorted(apart(worth, len(worth)))


def _never(object_id: int, t: int) -> bool:
    return False


def tour(
    doubts: Mapping[int, Mapping[int, float]],
    bounds: Mapping[int, Iterable[int]],
    touches: Callable[[int, int], bool] = _never,
) -> Iterator[Suggestion]:
    """The suggestions in order; what lies near one is out after it.

    doubts: object -> frame, ascending -> the `doubt` there; bounds: object -> the frames where it is decided;
    touches: whether an object touches another one on a frame.
    """
    count = max(1, len({t for own in doubts.values() for t in own}) // 10)
    while count and any(doubts.values()):
        stretches = [(i, s) for i, own in doubts.items() for s in _stretches(own, bounds[i])]
        worths = ((*_most_worth(s, partial(touches, i)), i, s) for i, s in stretches)
        found = max(worths, key=lambda each: (each[0], -each[1]))
        _, t, object_id, stretch = found
        yield Suggestion(t, object_id, *_alike(stretch, t))
        near = range(t - APART + 1, t + APART)
        doubts = {i: {r: doubt for r, doubt in own.items() if r not in near} for i, own in doubts.items()}
        bounds = {i: [*references, t] for i, references in bounds.items()}
        count -= 1


def doubt(confidence: float) -> float:
    """How much of a mask a correction may mend, 0-1."""
    return max(_GOOD - confidence, _LITTLE * (1 - confidence))


def _doubts(annotation: Annotation) -> dict[int, dict[int, float]]:
    """Object -> frame, ascending -> the doubt there; only where the object is not decided.

    An object that is gone is doubted where it goes: that it stays away is no news.
    """
    doubts: dict[int, dict[int, float]] = {}
    for t in annotation.frames():
        here, before = annotation.ids_at(t), annotation.ids_at(t - 1)
        begins = annotation.mask_bytes(t - 1) is None
        for i, confidence in (annotation.confidence(t) or {}).items():
            if i not in annotation.decided(t) and (begins or i in here or i in before):
                doubts.setdefault(i, {})[t] = doubt(confidence)
    return doubts


def _stretches(doubts: Mapping[int, float], bounds: Iterable[int]) -> Iterator[dict[int, float]]:
    """The doubts of one object between one bound and the next: no correction reaches beyond a reference."""
    ordered = sorted(bounds)
    for _, frames in groupby(doubts, key=lambda t: bisect(ordered, t)):
        yield {t: doubts[t] for t in frames}


def _most_worth(doubts: Mapping[int, float], touches: Callable[[int], bool]) -> tuple[float, int]:
    """The doubt that a correction takes away, and the frame of a stretch where that is most; rather one where
    the object touches no other one, if that is worth about as much."""
    onward, back = _gathered(doubts, list(doubts)), _gathered(doubts, list(doubts)[::-1])
    worth = {t: onward[t] + back[t] - doubts[t] for t in doubts}
    ordered = sorted(worth, key=lambda t: -worth[t])
    enough = (t for t in ordered[:_LOOKED_AT] if worth[t] >= _AS_GOOD * worth[ordered[0]])
    t = next((t for t in enough if not touches(t)), ordered[0])
    return worth[t], t


def _gathered(doubts: Mapping[int, float], frames: Iterable[int]) -> dict[int, float]:
    """Frame -> its doubt and that of the frames before it in the order of `frames`, the less the farther."""
    gathered: dict[int, float] = {}
    total, last = 0.0, 0
    for t in frames:
        total = total * math.exp(-abs(t - last) / _REACH) + doubts[t]
        gathered[t], last = total, t
    return gathered


def _alike(doubts: Mapping[int, float], t: int) -> tuple[int, int]:
    """The first and the last of the frames round `t`, without a gap, with half of its doubt at least."""
    frames, here = list(doubts), list(doubts).index(t)
    low = high = here
    while low > 0 and doubts[frames[low - 1]] >= doubts[t] / 2:
        low -= 1
    while high + 1 < len(frames) and doubts[frames[high + 1]] >= doubts[t] / 2:
        high += 1
    return frames[low], frames[high]

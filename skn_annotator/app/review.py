"""Which frames deserve a look: where a correction promises most, and what the last pass changed most.

A correction mends the frames beside it, too. So the frame is looked for around which most is in doubt, rather
than the least certain one: the middle of a part that went wrong, not its worst frame. Where the object
touches another one, the frame is rather one beside it on which it does not: from one on which they cover each
other, look-alikes may change places both ways. A mask that the user took for right shows that those near it
are better than they seem. Only a hint: a low confidence is no proof of a mistake.
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
_REACH = 1
"""So many frames away a frame's doubt counts a third (1 / e): a correction mends less of what is farther."""
_EVEN, _SPREAD = 0.83, 0.04
"""At the confidence `_EVEN` half of the masks have a J below 0.85; one `_SPREAD` lower 73 % have."""
_FAR = 0.3
"""What is missed whole counts by this share more than what is nearly right: a correction mends more of it."""
_KIN = 4
"""So many frames away what a mask that was taken for right shows counts a third (1 / e)."""
_ALONE = 0.5
"""One such mask on the same frame is believed to 1 / (1 + this)."""
_AS_GOOD = 2 / 3
"""A frame on which the object touches no other one is taken instead from this share of the worth on."""
_LOOKED_AT = 60
"""Frames that are looked at for one, at most: each mask has to be decoded once."""


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
        worths = ((_worth(doubts), i, doubts) for i, doubts in stretches)
        worth, object_id, stretch = max(worths, key=lambda each: max(each[0].values()))
        t = _free_frame(worth, partial(touches, object_id))
        yield Suggestion(t, object_id, *_alike(stretch, t))
        near = range(t - APART + 1, t + APART)
        doubts = {i: {r: doubt for r, doubt in own.items() if r not in near} for i, own in doubts.items()}
        bounds = {i: [*references, t] for i, references in bounds.items()}
        count -= 1


def doubt(confidence: float) -> float:
    """How likely a mask has to be corrected, 0-1, and how much of it."""
    return (1 - _FAR * confidence) / (1 + math.exp((confidence - _EVEN) / _SPREAD))


def _doubts(annotation: Annotation) -> dict[int, dict[int, float]]:
    """Object -> frame, ascending -> the doubt there; only where the object is not decided.

    An object that is gone is doubted where it goes: that it stays away is no news.
    """
    approved = _approved(annotation)
    doubts: dict[int, dict[int, float]] = {}
    for t in annotation.frames():
        here, before = annotation.ids_at(t), annotation.ids_at(t - 1)
        begins = annotation.mask_bytes(t - 1) is None
        for i, confidence in (annotation.confidence(t) or {}).items():
            if i not in annotation.decided(t) and (begins or i in here or i in before):
                better = _better(t, approved.get((i, i in here), {}))
                doubts.setdefault(i, {})[t] = doubt(confidence + better)
    return doubts


def _approved(annotation: Annotation) -> dict[tuple[int, bool], dict[int, float]]:
    """Object, whether it is shown -> frame -> how much better than it seemed its mask is, of those that the
    user took for right."""
    found: dict[tuple[int, bool], dict[int, float]] = {}
    for t in annotation.references:
        for i, confidence in (annotation.approved(t) or {}).items():
            found.setdefault((i, i in annotation.ids_at(t)), {})[t] = 1 - confidence
    return found


def _better(t: int, approved: Mapping[int, float]) -> float:
    """How much better than it seems a mask of frame `t` is, by those near it that the user took for right."""
    frames = range(t - 6 * _KIN, t + 6 * _KIN + 1)  # what is farther counts less than 1 / 400
    near = {r: math.exp(-abs(r - t) / _KIN) for r in approved if r in frames}
    return sum(share * approved[r] for r, share in near.items()) / (sum(near.values()) + _ALONE)


def _stretches(doubts: Mapping[int, float], bounds: Iterable[int]) -> Iterator[dict[int, float]]:
    """The doubts of one object between one bound and the next: no correction reaches beyond a reference."""
    ordered = sorted(bounds)
    for _, frames in groupby(doubts, key=lambda t: bisect(ordered, t)):
        yield {t: doubts[t] for t in frames}


def _worth(doubts: Mapping[int, float]) -> dict[int, float]:
    """Frame of a stretch -> the doubt that a correction there takes away."""
    onward, back = _gathered(doubts, list(doubts)), _gathered(doubts, list(doubts)[::-1])
    return {t: onward[t] + back[t] - doubts[t] for t in doubts}


def _free_frame(worth: Mapping[int, float], touches: Callable[[int], bool]) -> int:
    """The frame of most worth; rather one where the object touches no other one, if that is worth about as
    much."""
    ordered = sorted(worth, key=lambda t: -worth[t])
    enough = (t for t in ordered[:_LOOKED_AT] if worth[t] >= _AS_GOOD * worth[ordered[0]])
    return next((t for t in enough if not touches(t)), ordered[0])


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

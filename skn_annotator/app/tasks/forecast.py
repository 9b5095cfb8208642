"""Forecast: what a pass would change, told before it runs, from the very plan that it would execute.

It follows what `inference` does: reference frames stay; an object is carried from the first reference frame
on the way that shows it; where a frame has a mask, the objects that are guarded keep what they have there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.language import tr
from skn_annotator.inference.plans import Plan

_NAMED = 3
"""More reference frames than these are counted."""


@dataclass(frozen=True)
class ChangedFrames:
    """The frames from `first` to `last`: whether what an object has there would be replaced."""

    first: int
    last: int
    replaces: bool


@dataclass(frozen=True)
class Forecast:
    """What a pass would write.

    `frames`: the first and the last one. `fills` counts those that get their first mask, `replaces` those
    whose mask would be another. `references`: the reference frames on the way and at its ends. `lanes`:
    object -> where the pass would change it. `step`: how far
    apart the frames are that it goes over.
    """

    frames: tuple[int, int]
    fills: int
    replaces: int
    references: tuple[int, ...]
    lanes: Mapping[int, tuple[ChangedFrames, ...]]
    step: int = 1

    def text(self, name: str) -> str:
        """What the pass called `name` would do: "Forward: frames 13-80; 40 masks would be replaced; ..."."""
        first, last = self.frames[0] + 1, self.frames[1] + 1
        where = (
            tr("frame {t}").format(t=first)
            if first == last
            else tr("frames {first}-{last}").format(first=first, last=last)
        )
        if self.step > 1:
            where = tr("{where} in steps of {n}").format(where=where, n=self.step)
        return f"{name}: {'; '.join([where, *self._changes(), *self._stays()])}"

    def _changes(self) -> list[str]:
        parts = []
        if self.fills:
            parts.append(
                tr("1 frame gets its first mask")
                if self.fills == 1
                else tr("{n} frames get their first mask").format(n=self.fills)
            )
        if self.replaces:
            parts.append(
                tr("1 mask would be replaced")
                if self.replaces == 1
                else tr("{n} masks would be replaced").format(n=self.replaces)
            )
        return parts or [tr("nothing would change there")]

    def _stays(self) -> list[str]:
        numbers = [str(t + 1) for t in self.references]
        if not numbers:
            return []
        if len(numbers) == 1:
            return [tr("reference frame {t} stays").format(t=numbers[0])]
        if len(numbers) > _NAMED:
            return [tr("{n} reference frames stay").format(n=len(numbers))]
        return [
            tr("reference frames {frames} and {last} stay").format(
                frames=", ".join(numbers[:-1]), last=numbers[-1]
            )
        ]


def forecast(annotation: Annotation, planned: Plan, guarded: Collection[int]) -> Forecast:
    """What a pass over `planned` would make of `annotation` if the objects `guarded` keep their masks."""
    starts = annotation.references | planned.stand_ins
    frames, ways = _first_visits(planned, starts)
    masked = np.zeros(annotation.length, bool)
    masked[list(annotation.frames())] = True
    old = masked[frames]
    replaced = np.zeros(len(frames), bool)
    lanes = {}
    for object_id, (earliest, latest) in _shown(annotation, starts).items():
        changes = np.where(ways > 0, frames >= earliest, frames <= latest)
        if object_id in guarded:
            changes &= ~_known(annotation, object_id, frames, old)
        replaced |= changes & old
        lanes[object_id] = _runs(frames, changes, old)
    first, last = planned.bounds
    return Forecast(
        (int(frames[0]), int(frames[-1])),
        int((~old).sum()),
        int(replaced.sum()),
        tuple(sorted(r for r in annotation.references if first - 1 <= r <= last + 1)),
        lanes,
        planned.step,
    )


def _first_visits(planned: Plan, starts: Collection[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The frames that the pass writes, ascending, and which way it goes when it first comes to each: 1, -1.

    Where it comes back from the other end, it carries no object that it did not bring the first time.
    """
    visited = [np.arange(s.frames.start, s.frames.stop, s.frames.step) for s in planned.stretches]
    ways = [np.full(len(s.frames), s.direction) for s in planned.stretches]
    frames, visits = np.unique(np.concatenate(visited), return_index=True)
    written = ~np.isin(frames, list(starts))
    return frames[written], np.concatenate(ways)[visits[written]]


def _shown(annotation: Annotation, starts: Collection[int]) -> dict[int, tuple[int, int]]:
    """Object -> the first and the last of `starts` that shows it."""
    shown: dict[int, tuple[int, int]] = {}
    for t in sorted(starts):
        for object_id in annotation.ids_at(t):
            shown[object_id] = (shown.get(object_id, (t, t))[0], t)
    return shown


def _known(
    annotation: Annotation, object_id: int, frames: NDArray[np.int64], old: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Where a frame of `frames` that has a mask, `old`, shows the object, or was searched for it in vain."""
    known = np.zeros(len(frames), bool)
    for index in np.flatnonzero(old).tolist():
        t = int(frames[index])
        known[index] = object_id in annotation.ids_at(t) or object_id in (annotation.confidence(t) or ())
    return known


def _runs(
    frames: NDArray[np.int64], changes: NDArray[np.bool_], old: NDArray[np.bool_]
) -> tuple[ChangedFrames, ...]:
    """The frames that change, those together that follow each other and are of one kind."""
    here, kinds = frames[changes], old[changes]
    if not len(here):
        return ()
    cuts = np.flatnonzero((np.diff(here) > 1) | (kinds[1:] != kinds[:-1])) + 1
    begins, ends = [0, *cuts.tolist()], [*cuts.tolist(), len(here)]
    return tuple(
        ChangedFrames(int(here[a]), int(here[b - 1]), bool(kinds[a]))
        for a, b in zip(begins, ends, strict=True)
    )

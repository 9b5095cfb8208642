"""Forecast: what a pass would change, before it runs, from the very plan that it would execute.

What the user decided stays. Where a frame has a mask, protected objects keep their pixels.
"""

from collections.abc import Collection, Mapping, Sequence
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
    """The frames from `first` to `last`: whether what was found of an object there would be replaced."""

    first: int
    last: int
    replaces: bool


@dataclass(frozen=True)
class Forecast:
    """What a pass would write.

    `frames`: the first and the last one. `fills`: how many get their first mask; `joins`: how many keep what
    they have and get an object that no pass has looked for there; `replaces`: how many get another mask of an
    object. `references`: the reference frames on its way and at its ends. `lanes`: object -> the frames
    on which the pass would change it. `step`: how far apart the frames are that it goes over.
    """

    frames: tuple[int, int]
    fills: int
    joins: int
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
        if self.joins:
            parts.append(
                tr("1 mask gets another object")
                if self.joins == 1
                else tr("{n} masks get another object").format(n=self.joins)
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


def forecast(annotation: Annotation, planned: Plan, protected: Collection[int]) -> Forecast:
    """What a pass over `planned` would make of `annotation` if the objects `protected` keep their masks."""
    first, last = planned.bounds
    masked = np.zeros(annotation.length, bool)
    masked[list(annotation.frames())] = True
    joined, replaced = np.zeros(annotation.length, bool), np.zeros(annotation.length, bool)
    lanes = {}
    for object_id in sorted({i for stretch in planned.stretches for i in stretch.carried}):
        frames = _carried(annotation, planned, object_id)
        old = masked[frames]
        known = _known(annotation, object_id, frames, old)
        changes = ~known if object_id in protected else np.ones(len(frames), bool)
        joined[frames[changes & old & ~known]] = True
        replaced[frames[changes & known]] = True
        lanes[object_id] = _runs(frames, changes, known)
    joined &= ~replaced
    written = _written(planned, joined | replaced)
    return Forecast(
        (int(written[0]), int(written[-1])),
        int((~masked[written]).sum()),
        int(joined.sum()),
        int(replaced.sum()),
        tuple(sorted(r for r in annotation.references if first - 1 <= r <= last + 1)),
        lanes,
        planned.step,
    )


def _carried(annotation: Annotation, planned: Plan, object_id: int) -> NDArray[np.int64]:
    """The frames on which the pass makes a mask of the object, ascending."""
    parts = [s.carried[object_id] for s in planned.stretches if object_id in s.carried]
    frames = _numbers(parts)
    decided = [t for t, ids in annotation.references.items() if object_id in ids]
    return frames[~np.isin(frames, decided)]


def _written(planned: Plan, changed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The frames that the pass comes to, without those on which it changes nothing; `changed` are those whose
    masks it changes."""
    frames = _numbers([stretch.frames for stretch in planned.stretches])
    return frames[changed[frames] | ~np.isin(frames, list(planned.given))]


def _numbers(parts: Sequence[range]) -> NDArray[np.int64]:
    return np.unique(np.concatenate([np.arange(part.start, part.stop, part.step) for part in parts]))


def _known(
    annotation: Annotation, object_id: int, frames: NDArray[np.int64], old: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """For each of `frames`, bool: it has a mask (`old`), and a pass or the user has put the object there, or
    a pass has looked for it and found nothing."""
    known = np.zeros(len(frames), bool)
    for index in np.flatnonzero(old).tolist():
        t = int(frames[index])
        known[index] = object_id in annotation.ids_at(t) or object_id in (annotation.confidence(t) or ())
    return known


def _runs(
    frames: NDArray[np.int64], changes: NDArray[np.bool_], known: NDArray[np.bool_]
) -> tuple[ChangedFrames, ...]:
    """The frames that change, as runs: neighbours that are all filled, or all replaced."""
    here, kinds = frames[changes], known[changes]
    if not len(here):
        return ()
    cuts = np.flatnonzero((np.diff(here) > 1) | (kinds[1:] != kinds[:-1])) + 1
    begins, ends = [0, *cuts.tolist()], [*cuts.tolist(), len(here)]
    return tuple(
        ChangedFrames(int(here[a]), int(here[b - 1]), bool(kinds[a]))
        for a, b in zip(begins, ends, strict=True)
    )

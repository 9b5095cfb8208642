"""One pass of propagation as the window sees it: how far it is, what it changed, what was there before.

Which frames it goes over is planned in `inference.plans`; the network's work is `inference.tracker`'s.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from skn_annotator.annotation.annotation import Edit
from skn_annotator.annotation.edits import joined
from skn_annotator.app.language import tr
from skn_annotator.app.tasks.task import Task, frames_done
from skn_annotator.app.tasks.worker import Work
from skn_annotator.errors import Message
from skn_annotator.inference.plans import Plan


class Pass(Task):
    """The pass that is running (or paused): its plan, its progress, and the edits that its steps made."""

    def __init__(
        self,
        plan: Plan,
        work: Work,
        on_item: Callable[[Any], None],
        on_end: Callable[[Exception | None], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        visits = _visits(plan)
        super().__init__(work, on_item, on_end, len(visits), clock)
        self.plan = plan
        self._frames = len({*visits})  # so many frames it writes; those between two references, twice
        self.stage = Message("Starting")
        self.machine = ""  # what computes
        self.latest: int | None = None
        self.memory_frames = 0
        self.memory_bytes = 0
        self._edits: list[Edit] = []
        self._before: dict[int, bytes | None] = {}  # of the frames that it reached
        self._after: dict[int, bytes | None] = {}
        self._changes: dict[int, float] = {}  # of the frames that had a mask

    @property
    def name(self) -> str:
        """What its edit is called; frames count from 1 as everywhere in the window."""
        reached = self._before
        first, last = (min(reached), max(reached)) if reached else self.plan.bounds
        text = tr("Propagate {first}") if first == last else tr("Propagate {first}-{last}")
        return text.format(first=first + 1, last=last + 1)

    @property
    def how_far(self) -> str:
        """How many of the frames that it writes have a mask; then, of those that it comes to once more."""
        reached, again = len(self._before), self.total - self._frames
        if reached < self._frames or not again:
            return frames_done(reached, self._frames)
        one, more = (
            tr("{done} of 1 frame from the other end"),
            tr("{done} of {total} frames from the other end"),
        )
        return (one if again == 1 else more).format(done=self.done - self._frames, total=again)

    def delivered(self, t: int) -> bool:
        """True if the pass has put a mask on frame `t`."""
        return t in self._before

    def before(self, t: int) -> bytes | None:
        """The mask that frame `t`, which is `delivered`, had before the pass, as palette PNG."""
        return self._before[t]

    def left(self, t: int, mask: bytes | None) -> bool:
        """True if `mask` is the mask that the pass wrote on frame `t`: it was not changed or undone since."""
        return t in self._after and self._after[t] == mask

    def stands(self, mask_of: Callable[[int], bytes | None]) -> bool:
        """True if any mask that it wrote is there still, by what `mask_of` says of a frame."""
        return any(self.left(t, mask_of(t)) for t in self._after)

    def change(self, t: int) -> float | None:
        """How far the masks of frame `t`, before the pass and after it, are apart: 0-1, as `difference`.

        None if the frame had none before, or the pass has not been there.
        """
        return self._changes.get(t)

    @property
    def changed(self) -> tuple[int, ...]:
        """The frames whose `change` is known."""
        return tuple(self._changes)

    @property
    def replaces(self) -> bool:
        """True if it came to a frame that had a mask already."""
        return any(before is not None for before in self._before.values())

    @property
    def summary(self) -> str:
        """What it did: "Propagate 2-60: 12 frames filled, 43 of 47 changed"."""
        old = [t for t, before in self._before.items() if before is not None]
        filled, changed = len(self._before) - len(old), sum(self._before[t] != self._after[t] for t in old)
        parts = (
            [tr("1 frame filled") if filled == 1 else tr("{n} frames filled").format(n=filled)]
            if filled
            else []
        )
        if old:
            parts.append(
                tr("{changed} of 1 frame changed").format(changed=changed)
                if len(old) == 1
                else tr("{changed} of {n} frames changed").format(changed=changed, n=len(old))
            )
        return f"{self.name}: {', '.join(parts)}" if parts else ""

    def add(self, t: int, edit: Edit | None, change: float | None = None) -> None:
        """Count the step of frame `t` by the edit that it made, none where it left the frame as it is."""
        self.stage = ""
        self.latest = t
        if edit is not None:
            self.count()
            self._edits.append(edit)
            before, after = edit.masks[t]
            self._before.setdefault(t, before)
            self._after[t] = after
            if change is not None:
                self._changes[t] = change

    def give_back(self, frames: Iterable[int]) -> Edit:
        """Remove what it changed on `frames` from the pass; returns the edit that undoes it."""
        given = set(frames)
        whole = self.edit()
        self._edits = [whole.on(whole.frames - given)]
        for table in (self._before, self._after, self._changes):
            for t in given & table.keys():
                del table[t]
        return whole.on(given).inverse()

    def edit(self) -> Edit:
        """All that the pass changed, as one edit; empty if nothing arrived."""
        return joined(self.name, self._edits)


def _visits(plan: Plan) -> list[int]:
    """The frames that a pass writes, in its order, as often as it comes to each."""
    given = plan.given
    return [
        t
        for stretch in plan.stretches
        for t in stretch.frames
        if t not in given or stretch.carried_at(t) - given[t]
    ]

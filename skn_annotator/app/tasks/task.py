"""Task: one thing that runs in the background: a pass, a remap, an export, a save, the reading of frames.

It says what is done in a thread of its own, what the GUI thread makes of it, and how far it is. `TaskRunner`
runs it. It is no QObject: what a pass did is asked for long after its thread has ended.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from skn_annotator.app.language import tr
from skn_annotator.app.tasks.worker import Work

_RECENT = 16
"""The pace is that of the last so many frames."""


@dataclass(frozen=True)
class Pace:
    """How fast a task goes: frames per second over the last ones, and the seconds that are left."""

    frames_per_second: float
    seconds_left: float


class Task:
    """Work with its callbacks, of which `done` of `total` frames are finished."""

    def __init__(
        self,
        work: Work,
        on_item: Callable[[Any], None],
        on_end: Callable[[Exception | None], None],
        total: int = 0,
        clock: Callable[[], float] = time.monotonic,
        writes: bool = False,
    ) -> None:
        """`work` is called in a thread of its own; `on_item` gets what it yields and `on_end` what it raised,
        or None, in the GUI thread. `total`: 0 where nobody is shown how far it is. `writes`: whether it
        changes files, so that the end of the program waits for it."""
        self.work, self.on_item, self.on_end = work, on_item, on_end
        self.total = total
        self.writes = writes
        self.done = 0
        self.stage: str = ""  # what it does while no frame is finished
        self.paused = False
        self._clock = clock
        self._times: deque[float] = deque(maxlen=_RECENT)

    @property
    def name(self) -> str:
        """What its edit is called, in the language of the window; "" if it ends as none."""
        return ""

    @property
    def how_far(self) -> str:
        """How far it is, in the language of the window: "12 of 40 frames"."""
        return frames_done(self.done, self.total)

    def count(self) -> None:
        """One more frame is finished."""
        self.done += 1
        self._times.append(self._clock())

    def forget_pace(self) -> None:
        """Measure the pace anew: the time until the next frame was not spent on work."""
        self._times.clear()

    def pace(self) -> Pace | None:
        """The pace over the last frames; None until there are two."""
        if len(self._times) < 2 or self._times[-1] <= self._times[0]:
            return None
        rate = (len(self._times) - 1) / (self._times[-1] - self._times[0])
        return Pace(rate, (self.total - self.done) / rate)


def frames_done(done: int, total: int) -> str:
    """As in "12 of 40 frames", in the language of the window."""
    one, more = tr("{done} of 1 frame"), tr("{done} of {total} frames")
    return (one if total == 1 else more).format(done=done, total=total)

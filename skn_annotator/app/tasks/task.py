"""Task: a pass, or another change of many frames, while it runs: its name, its progress and its pace.

`Tasks` runs and stops it. Saving and encoding one mask are no `Task`: they end too soon to show progress.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_RECENT = 16
"""The pace is that of the last so many frames."""


@dataclass(frozen=True)
class Pace:
    """How fast a task goes: frames per second over the last ones, and the seconds that are left."""

    frames_per_second: float
    seconds_left: float


class Task:
    """Work that is done frame by frame: `done` of `total` frames are finished."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.done = 0
        self.stage: str = ""  # what it does while no frame is finished
        self.paused = False
        self._clock = clock
        self._times: deque[float] = deque(maxlen=_RECENT)

    @property
    def name(self) -> str:
        """What its edit is called, in the language of the window."""
        return ""

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

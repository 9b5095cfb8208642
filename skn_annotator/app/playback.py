"""Playback: advances the position at the video's speed, or a multiple of it, forward or backward.

It never slows down: frames that are not decoded in time are left out.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

FASTEST = 8


class Playback(QObject):
    """Plays a range of frames once, or over and over."""

    changed = Signal()

    def __init__(
        self,
        seek: Callable[[int], None],
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """`seek`: called with each frame that is due."""
        super().__init__(parent)
        self.loops = False
        self._seek = seek
        self._clock = clock
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._frames = range(1)
        self._start = 0
        self._began = 0.0
        self._fps = 1.0
        self._speed = 1
        self._last = -1

    @property
    def playing(self) -> bool:
        """True between `play` and `stop` or the last frame."""
        return self._timer.isActive()

    @property
    def speed(self) -> int:
        """How many times the video's speed, negative backward; 0 while nothing plays."""
        return self._speed if self.playing else 0

    def play(self, start: int, frames: range, fps: float, speed: int = 1) -> None:
        """Play `frames` from `start` on, `speed` times as fast as `fps`, backward if that is negative.

        A start outside of `frames` is taken for the end where playing begins.
        """
        self._start = start if start in frames else frames[0 if speed > 0 else -1]
        self._frames, self._fps, self._speed = frames, fps, speed
        self._began = self._clock()
        self._last = -1
        self._timer.start(max(5, round(500 / fps)))
        self.changed.emit()

    def tick(self) -> None:
        """Go to the frame that is due now."""
        due = self._start + int((self._clock() - self._began) * self._fps * self._speed)
        end = self._frames[-1 if self._speed > 0 else 0]
        ends = not self.loops and (due - end) * self._speed >= 0
        first, count = self._frames.start, len(self._frames)
        due = end if ends else first + (due - first) % count
        if due != self._last:
            self._last = due
            self._seek(due)
        if ends:
            self.stop()

    def stop(self) -> None:
        """Stay on this frame."""
        if self.playing:
            self._timer.stop()
            self.changed.emit()

    def toggle_loop(self) -> None:
        """Whether playing starts over at the end."""
        self.loops = not self.loops
        self.changed.emit()

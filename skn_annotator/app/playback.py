"""Playback: advances the position at the video's speed. Frames that are not decoded in time are left out."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal


class Playback(QObject):
    """Plays from a frame to the end; `seek` is called with each frame that is due."""

    changed = Signal()

    def __init__(
        self,
        seek: Callable[[int], None],
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seek = seek
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._start = 0
        self._began = 0.0
        self._fps = 1.0
        self._length = 0
        self._last = -1

    @property
    def playing(self) -> bool:
        """True between `play` and `stop` or the last frame."""
        return self._timer.isActive()

    def play(self, start: int, length: int, fps: float) -> None:
        """Play frames `start` .. `length` - 1, from the beginning if `start` is the last one."""
        self._start = 0 if start >= length - 1 else start
        self._length, self._fps = length, fps
        self._began = self._clock()
        self._last = -1
        self._timer.start(max(5, round(500 / fps)))
        self.changed.emit()

    def tick(self) -> None:
        """Go to the frame that is due now."""
        due = self._start + int((self._clock() - self._began) * self._fps)
        last = self._length - 1
        if due != self._last:
            self._last = due
            self._seek(min(due, last))
        if due >= last:
            self.stop()

    def stop(self) -> None:
        """Stay on this frame."""
        if self.playing:
            self._timer.stop()
            self.changed.emit()

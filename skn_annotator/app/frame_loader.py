"""FrameLoader: decodes the frames that the window asks for, off the GUI thread.

The latest request wins: a request that is overtaken before its decoding starts is never decoded. While
nothing is asked for, the loader decodes ahead in the direction of the last step, so playing and stepping find
the frame in the source's cache.
"""

import contextlib
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from skn_annotator.app.worker import Worker
from skn_annotator.errors import SknError
from skn_annotator.video.frames import FrameSource, open_frames

_AHEAD_FRAMES = 24
_AHEAD_BYTES = 96 << 20


@dataclass(frozen=True)
class LoadedFrame:
    """Frame `t`: RGB uint8 (H, W, 3), or None with the `error` that kept it from being decoded."""

    t: int
    rgb: NDArray[np.uint8] | None
    error: SknError | None = None


class LatestRequest:
    """A mailbox for one frame number: putting replaces what nobody has taken yet. Safe between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._t: int | None = None
        self._closed = False

    def put(self, t: int) -> None:
        """Ask for frame `t` and forget what was asked for before."""
        with self._changed:
            self._t = t
            self._changed.notify()

    def take(self) -> int | None:
        """Wait for the next request; None once the mailbox is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._t is not None)
            t, self._t = self._t, None
            return None if self._closed else t

    @property
    def waiting(self) -> bool:
        """True when `take` would not block."""
        with self._changed:
            return self._closed or self._t is not None

    def close(self) -> None:
        """End the conversation."""
        with self._changed:
            self._closed = True
            self._changed.notify()


def load_frames(
    path: Path, requests: LatestRequest, open_source: Callable[[Path], FrameSource] = open_frames
) -> Generator[LoadedFrame, None, None]:
    """Answer `requests` from the file at `path` until the mailbox is closed, decoding ahead in between."""
    with contextlib.closing(open_source(path)) as source:
        last = -1
        while (t := requests.take()) is not None:
            yield _load(source, t)
            _decode_ahead(source, t, t < last, requests)
            last = t


def _load(source: FrameSource, t: int) -> LoadedFrame:
    try:
        return LoadedFrame(t, source[t])
    except SknError as error:
        return LoadedFrame(t, None, error)


def _decode_ahead(source: FrameSource, t: int, backward: bool, requests: LatestRequest) -> None:
    height, width = source.size
    count = max(1, min(_AHEAD_FRAMES, _AHEAD_BYTES // (height * width * 3)))
    for u in frames_ahead(t, len(source), count, backward):
        if requests.waiting:
            return
        with contextlib.suppress(SknError):  # reported when that frame is asked for
            source[u]


def frames_ahead(t: int, length: int, count: int, backward: bool) -> range:
    """What to decode while frame `t` is looked at, in the order that costs least.

    A video decodes forward only, and every step back is a new start at a keyframe. So backward, frames are
    taken in blocks of `count`, each from its first frame on: what is left of this block, and the block
    before.
    """
    if backward:
        return range(max(0, t // count * count - count), t)
    return range(t + 1, min(length, t + count + 1))


class FrameLoader(QObject):
    """The GUI thread's end of `load_frames`."""

    loaded = Signal(object)  # LoadedFrame
    failed = Signal(object)  # the source could not be opened

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = LatestRequest()
        self._closed = False
        self._worker = Worker(lambda: load_frames(path, self._requests), parent=self)
        self._worker.yielded.connect(self._on_loaded)
        self._worker.failed.connect(self.failed)
        self._worker.start()

    def request(self, t: int) -> None:
        """Ask for frame `t`; `loaded` brings it unless a later request overtakes it."""
        self._requests.put(t)

    def close(self) -> None:
        """End the thread and close the source; a frame that is still in Qt's queue is not heard of."""
        self._closed = True
        self._requests.close()
        self._worker.close()

    def _on_loaded(self, frame: LoadedFrame) -> None:
        if not self._closed:
            self.loaded.emit(frame)

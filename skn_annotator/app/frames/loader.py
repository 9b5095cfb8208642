"""FrameLoader: decodes the frames that the window asks for, in a worker.

Only the latest request counts: a frame is not decoded if another one is asked for before its turn comes.
Where a frame is not decoded yet, the nearest decoded one comes first, so that dragging shows something. While
nothing is asked for, the frames around are decoded for playing and stepping; the frame that a next step would
reach is delivered before it is asked for.
"""

import contextlib
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Frame
from skn_annotator.errors import SknError
from skn_annotator.settings import DEFAULT_FRAME_MEMORY
from skn_annotator.video.frames import open_surroundings
from skn_annotator.video.replacement import WatchedFile
from skn_annotator.video.surroundings import Surroundings

_LONGEST_STEP = 10
Wanted = TypeVar("Wanted")


@dataclass(frozen=True)
class LoadedFrame:
    """Frame `t`: RGB uint8 (H, W, 3), or None with the `error` that kept it from being decoded.

    One that is `ahead` was not asked for: another step like the last one would lead to it.
    """

    t: int
    rgb: Frame | None
    error: SknError | None = None
    ahead: bool = False


class LatestRequest(Generic[Wanted]):
    """A mailbox between two threads that holds one request: a new one replaces what nobody has taken yet."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._wanted: Wanted | None = None
        self._closed = False

    def put(self, wanted: Wanted) -> None:
        """Ask for `wanted` in place of what was asked for before."""
        with self._changed:
            self._wanted = wanted
            self._changed.notify()

    def take(self) -> Wanted | None:
        """Wait for the next request; None once the mailbox is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._wanted is not None)
            wanted, self._wanted = self._wanted, None
            return None if self._closed else wanted

    @property
    def waiting(self) -> bool:
        """True when `take` would not block."""
        with self._changed:
            return self._closed or self._wanted is not None

    def close(self) -> None:
        """End the requests: `take` returns None from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify()


def load_frames(
    path: Path,
    requests: LatestRequest[int],
    max_bytes: Callable[[], int],
    open_source: Callable[[Path, int], Surroundings] = open_surroundings,
    watched: WatchedFile | None = None,
) -> Generator[LoadedFrame, None, None]:
    """Answer `requests` from the file at `path` until the mailbox is closed; decode around in between.

    `max_bytes`: how much memory decoded frames may take, asked for again at each request. No frame comes any
    more, but an error, once the file `watched` was replaced.
    """
    watched = watched or WatchedFile(path)
    with contextlib.closing(open_source(path, max_bytes())) as around:
        last = ahead = None
        while (t := requests.take()) is not None:
            around.use_memory(max_bytes())
            try:
                watched.check()
            except SknError as error:
                yield LoadedFrame(t, None, error)
                continue
            if t == ahead:
                around.look_at(t)  # it was delivered ahead
            else:
                yield from approach(around, t, requests)
            ahead, last = _next_step(around, t, last), t
            while not requests.waiting and (ahead is None or ahead not in around) and around.work():
                pass
            if ahead is not None and ahead in around:
                yield replace(_load(around, ahead), ahead=True)
            else:
                ahead = None
            while not requests.waiting and around.work():
                pass


def _next_step(around: Surroundings, t: int, last: int | None) -> int | None:
    """The frame after `t` if the step from `last` to `t` is made again; None if that was no step."""
    step = 0 if last is None else t - last
    return t + step if 0 < abs(step) <= _LONGEST_STEP and 0 <= t + step < len(around) else None


def approach(
    around: Surroundings, t: int, requests: LatestRequest[Any]
) -> Generator[LoadedFrame, None, None]:
    """Yield frame `t`; before it, unless it is decoded already, the nearest decoded frame.

    A new request ends it early.
    """
    around.look_at(t)
    stands_in = False
    while t not in around:
        around.work()
        near = None if stands_in or t in around else around.nearest(t)
        if near is not None:
            stands_in = True
            yield LoadedFrame(near, around.picture(near))
        if requests.waiting:
            break
    if t in around:
        yield _load(around, t)


def _load(around: Surroundings, t: int) -> LoadedFrame:
    try:
        return LoadedFrame(t, around.picture(t))
    except SknError as error:
        return LoadedFrame(t, None, error)


class FrameLoader(QObject):
    """The GUI thread's end of `load_frames`."""

    loaded = Signal(object)  # LoadedFrame
    failed = Signal(object)  # the source could not be opened

    def __init__(
        self, path: Path, max_bytes: int = DEFAULT_FRAME_MEMORY << 20, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._requests = LatestRequest[int]()
        self._max_bytes = max_bytes
        self._latest: int | None = None
        self._runner = TaskRunner(self, niceness=0)  # what it decodes is waited for
        watched = WatchedFile(path)
        self._runner.start(
            Task(
                lambda: load_frames(path, self._requests, lambda: self._max_bytes, watched=watched),
                self.loaded.emit,
                self._on_end,
            )
        )

    def request(self, t: int) -> None:
        """Request frame `t` instead of an earlier one; `loaded` delivers it, maybe after other frames."""
        self._latest = t
        self._requests.put(t)

    def use_memory(self, max_bytes: int) -> None:
        """Decoded frames may take `max_bytes` from now on; the frame asked for last is delivered again."""
        self._max_bytes = max_bytes
        if self._latest is not None:
            self._requests.put(self._latest)

    def close(self) -> None:
        """End the thread and close the source; frames that are still in Qt's queue are dropped."""
        self._requests.close()
        self._runner.close()

    def _on_end(self, error: Exception | None) -> None:
        if error is not None:
            self.failed.emit(error)

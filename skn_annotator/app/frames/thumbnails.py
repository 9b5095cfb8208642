"""Thumbnails: small pictures of frames, kept of what the window has shown, else decoded in a worker.

A new request of a widget replaces its last one. Until a frame is decoded, the nearest decoded one stands in.
"""

import contextlib
from collections import OrderedDict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from skn_annotator.app.frames.loader import LatestRequest, approach
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Frame
from skn_annotator.errors import SknError
from skn_annotator.video.frames import open_surroundings
from skn_annotator.video.replacement import WatchedFile

WIDTH = 384
"""No thumbnail is wider; about half of that at least. Enough for a screen of two pixels per point."""
_MOST = 256
_DECODED_BYTES = 32 << 20


@dataclass(frozen=True)
class SmallFrame:
    """The thumbnail of frame `t`, shown while `wanted` is decoded; None if it cannot be decoded."""

    wanted: int
    t: int
    picture: Frame | None


class Thumbnails(QObject):
    """The thumbnails of one sequence; where there are too many, those used longest ago are forgotten."""

    arrived = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._watched = path, WatchedFile(path)
        self._pictures: OrderedDict[int, Frame] = OrderedDict()
        self._stand_in: SmallFrame | None = None
        self._damaged: set[int] = set()
        self._wanted: dict[str, tuple[int, ...]] = {}
        self._requests = LatestRequest[tuple[int, ...]]()
        self._runner: TaskRunner | None = None  # from the first frame that is wanted on

    def keep(self, t: int, rgb: Frame) -> None:
        """Keep a thumbnail of frame `t`, which was decoded for the canvas; `rgb` is (H, W, 3)."""
        if t not in self._pictures:
            self._put(t, small(rgb))

    def get(self, t: int) -> Frame | None:
        """The thumbnail of frame `t`, RGB (h, w, 3), or None where it is not there yet."""
        if t in self._pictures:
            self._pictures.move_to_end(t)
        return self._pictures.get(t)

    def near(self, t: int) -> Frame | None:
        """The thumbnail of the nearest decoded frame to `t`, the frame that was requested last."""
        return self._stand_in.picture if self._stand_in is not None and self._stand_in.wanted == t else None

    def want(self, frames: Iterable[int], who: str = "") -> None:
        """Decode those of `frames` that are missing, in place of what `who` asked for; `arrived` follows."""
        wanted = tuple(t for t in frames if t not in self._pictures and t not in self._damaged)
        if wanted == self._wanted.get(who, ()):
            return
        self._wanted = {who: wanted} | {other: w for other, w in self._wanted.items() if other != who}
        if wanted and self._runner is None:
            self._start()
        self._requests.put(tuple(dict.fromkeys(t for each in self._wanted.values() for t in each)))

    def close(self) -> None:
        """End the thread."""
        self._requests.close()
        if self._runner is not None:
            self._runner.close()

    def _start(self) -> None:
        self._runner = TaskRunner(self)
        read = partial(small_frames, self._path, self._requests, watched=self._watched)
        self._runner.start(Task(read, self._on_frame, _on_end))

    def _on_frame(self, frame: SmallFrame) -> None:
        if frame.picture is None:
            self._damaged.add(frame.t)
        elif frame.t == frame.wanted:
            self._put(frame.t, frame.picture)
        else:
            self._stand_in = frame
        self.arrived.emit()

    def _put(self, t: int, picture: Frame) -> None:
        self._pictures[t] = picture
        while len(self._pictures) > _MOST:
            self._pictures.popitem(last=False)


def _on_end(error: Exception | None) -> None:
    if error is not None and not isinstance(error, SknError):  # the viewer reports a file it cannot read
        raise error


def small_frames(
    path: Path,
    requests: LatestRequest[tuple[int, ...]],
    watched: WatchedFile | None = None,
) -> Generator[SmallFrame, None, None]:
    """Answer `requests` from the file at `path`, frame by frame, until the mailbox is closed.

    Raises VideoError once the file `watched` was replaced.
    """
    watched = watched or WatchedFile(path)
    watched.check()
    with contextlib.closing(open_surroundings(path, _DECODED_BYTES)) as around:
        while (frames := requests.take()) is not None:
            watched.check()
            for t in frames:
                for loaded in approach(around, t, requests):
                    yield SmallFrame(t, loaded.t, None if loaded.rgb is None else small(loaded.rgb))
                if requests.waiting:
                    break


def small(rgb: Frame) -> Frame:
    """`rgb` (H, W, 3), every so many pixels, no wider than `WIDTH`; a copy."""
    step = step_of(rgb.shape[1])
    half = max(1, step // 2)
    if half == step:
        return rgb[::step, ::step].copy()
    near = rgb[::half, ::half]
    height, width = near.shape[0] // 2 * 2, near.shape[1] // 2 * 2
    total = near[:height:2, :width:2].astype(np.uint16)
    for row, column in ((0, 1), (1, 0), (1, 1)):
        total += near[row:height:2, column:width:2]
    return (total >> 2).astype(np.uint8)


def step_of(width: int) -> int:
    """How many pixels of a frame of `width` one of its thumbnail stands for; even, or 1."""
    return 1 if width <= WIDTH else 2 * -(-width // (2 * WIDTH))

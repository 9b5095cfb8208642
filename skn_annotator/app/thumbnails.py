"""Thumbnails: small pictures of frames. Those that the window has shown are kept; others are decoded on
demand, in a worker.
"""

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from skn_annotator.app.runner import JobRunner
from skn_annotator.errors import SknError
from skn_annotator.video.frames import FrameSource, open_frames

WIDTH = 160
"""No thumbnail is wider; about half of that at least."""
_MOST = 512

Picture = NDArray[np.uint8]


class Thumbnails(QObject):
    """The thumbnails of one sequence; the ones that were looked at longest ago go first."""

    arrived = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._pictures: OrderedDict[int, Picture] = OrderedDict()
        self._missing: set[int] = set()  # wanted, or not decodable
        self._runner = JobRunner(self)

    def keep(self, t: int, rgb: Picture) -> None:
        """Frame `t` was decoded anyway: remember it small. `rgb` is (H, W, 3)."""
        if t not in self._pictures:
            self._put((t, small(rgb)))

    def get(self, t: int) -> Picture | None:
        """The thumbnail of frame `t`, RGB (h, w, 3), or None where it is not there yet."""
        if t in self._pictures:
            self._pictures.move_to_end(t)
        return self._pictures.get(t)

    def want(self, frames: Iterable[int]) -> None:
        """Decode those of `frames` that are not there; `arrived` follows for each."""
        missing = sorted({t for t in frames if t not in self._pictures} - self._missing)
        if missing and not self._runner.busy:
            self._missing |= set(missing)
            self._runner.start(lambda: decode_small(self._path, missing), self._put, self._on_end)

    def close(self) -> None:
        """End the worker."""
        self._runner.close()

    def _put(self, item: tuple[int, Picture]) -> None:
        t, picture = item
        self._pictures[t] = picture
        while len(self._pictures) > _MOST:
            self._pictures.popitem(last=False)
        self._missing.discard(t)
        self.arrived.emit()

    def _on_end(self, error: Exception | None) -> None:
        if error is not None and not isinstance(error, SknError):
            raise error


def decode_small(
    path: Path, frames: Iterable[int], open_source: Callable[[Path], FrameSource] = open_frames
) -> Generator[tuple[int, Picture], None, None]:
    """Frame number and thumbnail of each of `frames`; one that cannot be decoded is left out."""
    with contextlib.closing(open_source(path)) as source:
        for t in frames:
            with contextlib.suppress(SknError):
                yield t, small(source[t])


def small(rgb: Picture) -> Picture:
    """`rgb` (H, W, 3), every so many pixels, no wider than `WIDTH`; a copy."""
    step = step_of(rgb.shape[1])
    half = max(1, step // 2)
    if half == step:
        return rgb[::step, ::step].copy()
    near = rgb[::half, ::half]
    height, width = near.shape[0] // 2 * 2, near.shape[1] // 2 * 2
    blocks = near[:height, :width].reshape(height // 2, 2, width // 2, 2, 3)
    picture: Picture = blocks.mean(axis=(1, 3)).astype(np.uint8)
    return picture


def step_of(width: int) -> int:
    """How many pixels of a frame of `width` one of its thumbnail stands for; even, or 1."""
    return 1 if width <= WIDTH else 2 * -(-width // (2 * WIDTH))

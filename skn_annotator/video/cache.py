"""A cache of decoded frames, bounded by bytes, over any source of frames.

A video decodes forward only: a step back has to start at the last keyframe. So when the cache sees a step
back, it keeps the frames that are decoded on the way, as many as fit; the next steps back find them there.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from skn_annotator.arrays import Frame, Size
from skn_annotator.counts import counted
from skn_annotator.errors import Message, VideoError


class Decoded(Protocol):
    """A frame as it comes from the decoder."""

    @property
    def nbytes(self) -> int:
        """The memory that it holds."""
        ...

    def rgb(self) -> Frame:
        """The picture: RGB, uint8 (H, W, 3), read-only."""
        ...


class ReadableFrames(Protocol):
    """What a cache, or `Surroundings`, can be put over; the attributes are those of `FrameSource`."""

    name: str
    path: Path
    size: Size
    stored_size: Size
    fps: float
    stems: Sequence[str]
    warnings: Sequence[Message]

    def __len__(self) -> int: ...

    def run_start(self, t: int) -> int:
        """The keyframe from which decoding has to start to reach frame `t`; `t` itself for pictures."""
        ...

    def read(self, first: int, stop: int) -> Iterator[Frame]:
        """Frames `first` to `stop` - 1, in order."""
        ...

    def run(self, t: int) -> Iterator[tuple[int, Decoded]]:
        """Every frame, with its number, that is decoded on the way to frame `t`, and all after it.

        One that cannot be decoded is left out, or raises VideoError. Another run, or `read`, ends this one.
        """
        ...

    def close(self) -> None: ...


class FrameCache:
    """A `FrameSource` that keeps at most `max_bytes` of the frames that were read last, and at least one."""

    def __init__(self, frames: ReadableFrames, max_bytes: int) -> None:
        self._frames = frames
        self.name, self.path = frames.name, frames.path
        self.size, self.stored_size = frames.size, frames.stored_size
        self.fps, self.stems, self.warnings = frames.fps, frames.stems, frames.warnings
        height, width = frames.size
        self._capacity = max(1, max_bytes // (height * width * 3))
        self._kept: OrderedDict[int, Frame] = OrderedDict()
        self._last = -1

    def __len__(self) -> int:
        return len(self._frames)

    def __getitem__(self, t: int) -> Frame:
        if not 0 <= t < len(self):
            raise IndexError(f"frame {t} is outside of the {counted(len(self), 'frame')} of {self.name}")
        if t not in self._kept:
            if self._last == t + 1:
                self._keep_run(t)
            if t not in self._kept:
                self._keep(t, next(self._frames.read(t, t + 1)))
        self._kept.move_to_end(t)
        self._last = t
        return self._kept[t]

    def close(self) -> None:
        """Forget the frames and release the files."""
        self._kept.clear()
        self._frames.close()

    def _keep_run(self, t: int) -> None:
        """Keep what is decoded on the way to frame `t`; a damaged frame before it must not keep it away."""
        first = max(self._frames.run_start(t), t + 1 - self._capacity)
        with suppress(VideoError):
            for number, frame in enumerate(self._frames.read(first, t + 1), first):
                self._keep(number, frame)

    def _keep(self, t: int, frame: Frame) -> None:
        self._kept[t] = frame
        self._kept.move_to_end(t)
        while len(self._kept) > self._capacity:
            self._kept.popitem(last=False)

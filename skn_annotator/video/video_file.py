"""One video file, decoded frame by frame with PyAV; nothing is extracted to disk.

A frame is the same picture whichever was read before it. A step forward decodes one frame; anything else
seeks to the nearest keyframe and decodes from there. Frames are as displayed: the container's rotation is
applied, the shape of its pixels (anamorphic video) is not. Nothing is remembered: `FrameCache` does that.
"""

import contextlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from skn_annotator.errors import Message, VideoError
from skn_annotator.video.cache import Decoded
from skn_annotator.video.index import (
    Counting,
    FrameIndex,
    decode,
    group_of,
    index_frames,
    is_variable,
    only_video,
    open_container,
)


@dataclass(frozen=True)
class Glimpse:
    """The first picture of a video while its frames are counted: RGB (H, W, 3), and how much is done, 0-1."""

    path: Path
    rgb: NDArray[np.uint8]
    share: float


class VideoFile:
    """The frames of the video file at `path`."""

    def __init__(self, path: Path, index: FrameIndex | None = None) -> None:
        """`index`: None is `index_frames(path)`.

        Raises VideoError if `path` is no video, or its first frame cannot be decoded.
        """
        self.path, self.name = path, path.stem
        with _told(path):
            self._index: FrameIndex = index or index_frames(path)
            self._container: Any = open_container(path)
            self._stream = only_video(self._container)
        if len(self._index) == 0:
            raise VideoError("{path} holds no frame that can be decoded: open another file", path=path)
        self._stream.thread_type = "AUTO"
        self._upcoming: Iterator[tuple[int, Any]] = iter(())  # numbered, from where the last read stopped
        self._next = len(self)  # the number of the first upcoming one
        first = self._decoded(0)
        self._upcoming, self._next = chain([(0, first)], self._upcoming), 0
        self._pixels = {"width": first.width, "height": first.height}
        self._quarter_turns = round(first.rotation / 90)  # counter-clockwise, as np.rot90 counts them
        height, width = first.height, first.width
        self.size = (width, height) if self._quarter_turns % 2 else (height, width)
        rate = self._stream.average_rate or self._stream.guessed_rate
        self.fps = float(rate) if rate else 25.0
        self.stems: Sequence[str] = [f"{t:05d}" for t in range(len(self))]
        self.warnings: Sequence[Message] = tuple(self._warnings())

    @classmethod
    def opening(cls, path: Path) -> Generator["Glimpse", None, "VideoFile"]:
        """Open `path`, with glimpses of it where its frames have to be counted; raises as the constructor."""
        counting, picture = Counting(path), None
        with _told(path):
            for share in counting:
                picture = _first_picture(path) if picture is None else picture
                if picture is not None:
                    yield Glimpse(path, picture, share)
        return cls(path, counting.index)

    def __len__(self) -> int:
        return len(self._index)

    def run_start(self, t: int) -> int:
        """The frame from which decoding has to start to reach frame `t`."""
        return self._index.groups[group_of(self._index, t)].first

    def read(self, first: int, stop: int) -> Iterator[NDArray[np.uint8]]:
        """Frames `first` to `stop` - 1, in order: RGB, uint8 (H, W, 3), read-only.

        Raises VideoError at a frame that cannot be decoded.
        """
        for t in range(first, stop):
            yield self.rgb(self._decoded(t))

    def run(self, t: int) -> Iterator[tuple[int, Decoded]]:
        """Every frame, with its number, that is decoded on the way to frame `t`, and all after it.

        What cannot be decoded is left out; VideoError if the file cannot be read.
        """
        for number, frame in self._onward(t):
            yield number, _Picture(frame, self)

    def rgb(self, frame: Any) -> NDArray[np.uint8]:
        """A decoded frame as it is displayed: RGB, uint8 (H, W, 3), read-only."""
        return _rgb(frame, self._quarter_turns, **self._pixels)

    def close(self) -> None:
        """Release the file."""
        self._container.close()
        self._index.close()

    def _decoded(self, t: int) -> Any:
        for number, frame in self._onward(t):
            if number == t:
                return frame
            if number > t:
                break
        self._next = len(self)
        raise undecodable(self.path, t)

    def _onward(self, t: int) -> Iterator[tuple[int, Any]]:
        """The frames from the keyframe of `t` on, or from where the last read stopped if that is nearer."""
        try:
            if t != self._next and not self.run_start(t) <= self._next < t:
                self._seek(t)
            for number, frame in self._upcoming:
                self._next = number + 1
                yield number, frame
        except (av.FFmpegError, OSError) as error:
            self._next = len(self)
            raise VideoError(
                "{path} cannot be read at frame {t} ({reason})", path=self.path, t=t, reason=error.strerror
            ) from error
        self._next = len(self)

    def _seek(self, t: int) -> None:
        """Make `_upcoming` start at a keyframe that is shown no later than frame `t`."""
        for group in range(group_of(self._index, t), -1, -1):
            self._container.seek(self._index.groups[group].seek, stream=self._stream)
            packets = self._container.demux(self._stream)
            packet = next(packets)  # at the end of the file, too: an empty one
            if self._index.in_order:
                self._upcoming = enumerate(decode(chain([packet], packets), self._stream))
                return
            start = None if packet.pts is None else self._index.number(packet.pts)
            if packet.is_keyframe and start is not None and start <= t:
                break
        # What is shown before the keyframe refers to what lies before it: it comes out wrong, or not at all.
        self._upcoming = self._numbered(chain([packet], packets), start or 0)

    def _numbered(self, packets: Iterator[Any], start: int) -> Iterator[tuple[int, Any]]:
        for frame in decode(packets, self._stream):
            number = self._index.number(frame.pts) if frame.pts is not None else None
            if number is not None and number >= start:
                yield number, frame

    def _warnings(self) -> Iterator[Message]:
        count, expected = len(self), self._index.expected
        if expected is not None and count < expected:
            yield Message(
                "{name} ends after frame {count} of {expected}: the file is damaged there. "
                "The {count} frames can be annotated.",
                name=self.path.name,
                count=count,
                expected=expected,
            )
        if is_variable(self._index.times):
            yield Message(
                "{name} has a variable frame rate: its frames are counted one by one, "
                "and played at the average of {fps} per second.",
                name=self.path.name,
                fps=f"{self.fps:.2f}",
            )


@dataclass(frozen=True)
class _Picture:
    """A frame as the decoder left it, mostly YUV of half the size of RGB."""

    frame: Any
    file: VideoFile

    @property
    def nbytes(self) -> int:
        return sum(plane.buffer_size for plane in self.frame.planes)

    def rgb(self) -> NDArray[np.uint8]:
        return self.file.rgb(self.frame)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (av.FFmpegError, OSError) as error:
        raise VideoError(
            "{path} cannot be read as a video ({reason}): open another file",
            path=path,
            reason=error.strerror,
        ) from error


def _first_picture(path: Path) -> NDArray[np.uint8] | None:
    """What is decoded first, before anybody knows which frame it is; None if there is nothing."""
    with open_container(path) as container:
        stream = only_video(container)
        frame = next(decode(container.demux(stream), stream), None)
        return None if frame is None else _rgb(frame, round(frame.rotation / 90))


def _rgb(frame: Any, quarter_turns: int, **size: int) -> NDArray[np.uint8]:
    # One thread: waking others takes longer than the conversion.
    rgb: NDArray[np.uint8] = frame.to_ndarray(format="rgb24", threads=1, **size)
    rgb = np.ascontiguousarray(np.rot90(rgb, quarter_turns))
    rgb.flags.writeable = False
    return rgb


def undecodable(path: Path, t: int) -> VideoError:
    """What to tell of a frame that the decoder passed over."""
    return VideoError(
        "Frame {t} of {path} cannot be decoded: the file is damaged there. "
        "The frames before it can be annotated.",
        t=t,
        path=path,
    )

"""One video file, decoded frame by frame with PyAV; nothing is extracted to disk.

A frame is the same picture whichever was read before it. A step forward decodes one frame; anything else
seeks to the nearest keyframe and decodes from there, or from the start of the file where its clock cannot be
trusted. Frames are as displayed (`presentation`). Nothing is remembered: `FrameCache` does that.
"""

import contextlib
import shlex
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import av

from skn_annotator.arrays import Frame
from skn_annotator.errors import Message, VideoError
from skn_annotator.files import cannot_read, is_out_of_reach
from skn_annotator.video.cache import Decoded
from skn_annotator.video.container import FramesLost, decode, decoder_of, demux, only_video, open_container
from skn_annotator.video.frame_counter import FrameCounter, index_frames
from skn_annotator.video.index import FrameIndex, is_variable
from skn_annotator.video.presentation import Presentation
from skn_annotator.video.replacement import WatchedFile
from skn_annotator.video.stream_notes import stream_notes

_DEFAULT_RATE, _LEAST_RATE, _MOST_RATE = 25.0, 0.01, 1000.0


@dataclass(frozen=True)
class Glimpse:
    """The first picture of a video, RGB (H, W, 3), and the share of its frames counted so far, 0-1."""

    path: Path
    rgb: Frame
    share: float


class VideoFile:
    """The frames of the video file at `path`."""

    def __init__(
        self, path: Path, index: FrameIndex | None = None, watched: WatchedFile | None = None
    ) -> None:
        """`index`: None is `index_frames(path)`. `watched`: the file as it was when `index` was made.

        Raises VideoError if `path` is no video, or its first frame cannot be decoded.
        """
        self._watched = watched or WatchedFile(path)
        self.path, self.name = path, path.stem
        self._container: Any = None
        with _as_video_errors(path):
            self._index: FrameIndex = index or index_frames(path)
            self._threads = "NONE" if self._index.damaged else "AUTO"
            self._poor: set[int] = set()  # groups that cannot be decoded from their keyframe on
            self._reopen()
        if len(self._index) == 0:
            raise VideoError("{path} holds no frame that can be decoded: open another file", path=path)
        self._upcoming: Iterator[tuple[int, Any]] = iter(())  # (number, frame) after the last read
        self._next = len(self)  # the number of the first upcoming one
        number, first = next(self._onward(0), (0, None))
        if first is None:
            raise undecodable(path, 0)
        self._upcoming, self._next = chain([(number, first)], self._upcoming), number
        self._shown = Presentation(first, self._stream)
        self.size, self.stored_size = self._shown.size, self._shown.stored_size
        rate = float(self._stream.average_rate or self._stream.guessed_rate or 0)
        self.fps = rate if _LEAST_RATE <= rate <= _MOST_RATE else _DEFAULT_RATE
        self.stems: Sequence[str] = [f"{t:05d}" for t in range(len(self))]
        self.warnings: Sequence[Message] = tuple(self._warnings())

    @classmethod
    def opening(cls, path: Path) -> Generator["Glimpse", None, "VideoFile"]:
        """Open `path`; yields glimpses while its frames are counted. Raises what the constructor raises."""
        watched, counting, picture = WatchedFile(path), FrameCounter(path), None
        with _as_video_errors(path):
            for share in counting:
                picture = _first_picture(path) if picture is None else picture
                if picture is not None:
                    yield Glimpse(path, picture, share)
        file = cls(path, counting.index, watched)
        with _as_video_errors(path), open_container(path) as container:
            notes = stream_notes(path.name, container, counting.index, file._shown.stored)
            file.warnings = (*file.warnings, *notes)
        return file

    def __len__(self) -> int:
        return len(self._index)

    def run_start(self, t: int) -> int:
        """The frame from which decoding has to start to reach frame `t`."""
        return self._index.groups[self._index.group_of(t)].first

    def read(self, first: int, stop: int) -> Iterator[Frame]:
        """Frames `first` to `stop` - 1, in order: RGB, uint8 (H, W, 3), read-only.

        Raises VideoError at a frame that cannot be decoded, and once another file is in this one's place.
        """
        for t in range(first, stop):
            yield self.rgb(self._decoded(t))

    def run(self, t: int) -> Iterator[tuple[int, Decoded]]:
        """Every frame, with its number, that is decoded on the way to frame `t`, and all after it.

        What cannot be decoded is left out; VideoError if the file cannot be read.
        """
        for number, frame in self._onward(t):
            self._watched.check()
            yield number, _Picture(frame, self)

    def rgb(self, frame: Any) -> Frame:
        """A decoded frame as it is displayed: RGB, uint8 (H, W, 3), read-only."""
        return self._shown.rgb(frame)

    def close(self) -> None:
        """Release the file."""
        self._container.close()

    def _decoded(self, t: int) -> Any:
        self._watched.check()
        for number, frame in self._onward(t):
            if number == t:
                return frame
            if number > t:
                break
        self._next = len(self)
        raise undecodable(self.path, t)

    def _onward(self, t: int) -> Iterator[tuple[int, Any]]:
        """The frames from the keyframe of `t` on, or after the last read, if that saves decoding."""
        try:
            if t != self._next and not self.run_start(t) <= self._next < t:
                self._seek(t)
            yield from self._counted_on()
        except (av.FFmpegError, OSError) as error:
            self._next = len(self)
            raise VideoError(
                "{path} cannot be read at frame {t} ({reason})",
                path=self.path,
                t=t + 1,
                reason=error.strerror,
            ) from error
        self._next = len(self)

    def _counted_on(self) -> Iterator[tuple[int, Any]]:
        """The upcoming frames; from the first damaged one on without threads."""
        try:
            yield from self._noted()
        except FramesLost:
            self._threads, reached = "NONE", self._next
            self._reopen()
            self._seek(reached)
            yield from ((number, frame) for number, frame in self._noted() if number >= reached)

    def _noted(self) -> Iterator[tuple[int, Any]]:
        for number, frame in self._upcoming:
            if frame.is_corrupt and self._threads == "AUTO" and number >= self._index.first_key:
                raise FramesLost  # what is made up of damage depends on how threads run
            self._next = number + 1
            yield number, frame
        if self._next < len(self) and self._threads == "AUTO":
            raise FramesLost  # at the end of the file PyAV does not tell

    def _seek(self, t: int) -> None:
        """Make `_upcoming` start at a keyframe that is shown no later than frame `t`."""
        if not self._index.in_order:
            for group in range(self._index.group_of(t), 0, -1):
                if group not in self._poor and self._starts_at(group, t):
                    return
                self._poor.add(group)
        self._reopen()
        frames = decode(demux(self._container, self._stream), self._decoder)
        self._upcoming = enumerate(frames) if self._index.in_order else self._numbered(frames, 0)
        self._next = 0

    def _starts_at(self, group: int, t: int) -> bool:
        """Make `_upcoming` start at the keyframe of `group`; False if that cannot be decoded by itself."""
        self._container.seek(self._index.groups[group].seek, stream=self._stream)
        self._decoder.flush_buffers()
        packets = demux(self._container, self._stream)
        packet: Any = next(packets, None)
        start = None if packet is None or packet.pts is None else self._index.number(packet.pts)
        if start is None or start > t or not packet.is_keyframe:
            return False
        reached = self._index.groups[self._index.group_of(start)]
        if reached.first != start or reached.place not in (-1, packet.pos):
            return False  # damage misleads the container
        # What is shown before the keyframe refers to what lies before it: it comes out wrong, or not at all.
        frames = self._numbered(decode(chain([packet], packets), self._decoder), start)
        with contextlib.suppress(FramesLost):
            first = next(frames, None)
            if first is not None and first[0] == start and self._stands_alone(first[1]):
                self._upcoming, self._next = chain([first], frames), start
                return True
        return False

    def _stands_alone(self, frame: Any) -> bool:
        return not frame.is_corrupt and (frame.key_frame or self._decoder.codec.intra_only)

    def _numbered(self, frames: Iterator[Any], start: int) -> Iterator[tuple[int, Any]]:
        for frame in frames:
            number = self._index.number(frame.pts) if frame.pts is not None else None
            if number is not None and number >= start:
                yield number, frame

    def _reopen(self) -> None:
        """The file from its start on."""
        if self._container is not None:
            self._container.close()
        self._container = open_container(self.path, in_full=self._index.in_order)
        self._stream = only_video(self._container)
        self._decoder = decoder_of(self._stream, self._threads)

    def _warnings(self) -> Iterator[Message]:
        count, expected = len(self), self._index.expected
        if expected is not None and count < expected:
            yield _end_note(self.path.name, count, expected)
        yield from self._shown.notes(self.path.name)
        if self._index.in_order:
            yield Message(
                "The clock of {name} does not tell the order of its frames: they are counted as they are "
                "decoded, and a step back takes long. This makes a copy that is quicker: {command}",
                name=self.path.name,
                command=self._copying(),
            )
        elif count == (expected or count) and is_variable(self._index.times):
            yield Message(
                "{name} has a variable frame rate: its frames are counted one by one, "
                "and played at the average of {fps} per second.",
                name=self.path.name,
                fps=f"{self.fps:.2f}",
            )

    def _copying(self) -> str:
        """What makes a copy whose timestamps are the frames' numbers."""
        # without fps the encoder would round to the rate that the file names, and give some number twice
        numbered = f"settb=AVTB,setpts=N/{self.fps:g}/TB,fps={self.fps:g}"
        here = (
            "./" if self.path.name.startswith("-") or ":" in self.path.name else ""
        )  # else an option, a URL
        copy = f"{here}{self.path.stem}_copy.mp4"
        return shlex.join(["ffmpeg", "-i", f"{here}{self.path.name}", "-vf", numbered, "-crf", "12", copy])


@dataclass(frozen=True)
class _Picture:
    """A frame as the decoder left it, mostly YUV of half the size of RGB."""

    frame: Any
    file: VideoFile

    @property
    def nbytes(self) -> int:
        return sum(plane.buffer_size for plane in self.frame.planes)

    def rgb(self) -> Frame:
        return self.file.rgb(self.frame)


def _end_note(name: str, count: int, expected: int) -> Message:
    if count == 1:
        return Message(
            "{name} ends after frame 1 of {expected}: the file is damaged there. "
            "That frame can be annotated.",
            name=name,
            expected=expected,
        )
    return Message(
        "{name} ends after frame {count} of {expected}: the file is damaged there. "
        "The {count} frames can be annotated.",
        name=name,
        count=count,
        expected=expected,
    )


@contextlib.contextmanager
def _as_video_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (av.FFmpegError, OSError) as error:
        if is_out_of_reach(error):
            raise VideoError(cannot_read(path, error)) from error
        raise VideoError(
            "{path} cannot be read as a video ({reason}): open another file",
            path=path,
            reason=error.strerror,
        ) from error


def _first_picture(path: Path) -> Frame | None:
    """The first picture that can be decoded, whatever its number; None if there is none."""
    with open_container(path) as container:
        stream = only_video(container)
        frame = next(decode(demux(container, stream), decoder_of(stream, "NONE")), None)
        return None if frame is None else Presentation(frame, stream).rgb(frame)


def undecodable(path: Path, t: int) -> VideoError:
    """The error for frame `t` that the decoder left out; it counts frames from 1, as the window does."""
    return VideoError(
        "Frame {t} of {path} cannot be decoded: the file is damaged there. Other frames can be annotated.",
        t=t + 1,
        path=path,
    )

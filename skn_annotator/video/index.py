"""Which frame is which: the numbers of a video file's frames, 0 ... n - 1 in the order of display.

The count in a file's header may be wrong, and dividing a timestamp by the frame rate is wrong wherever the
rate varies. So the packets are counted: a packet's presentation timestamp names its frame, and the frame's
number is the rank of that timestamp. Three ways to know them, from the quickest:

- an MP4 or MOV lists its packets in its header: they are counted without reading them, and the timestamps
  of one group of pictures (keyframe to keyframe) are read when somebody asks for a frame of it;
- other containers are read once from end to end, without decoding; an MPEG program stream tells no more than
  how many frames there are, so that they are numbered as they are decoded;
- an AVI with reordered frames stores no presentation timestamps: it is decoded once.

What takes long is told while it goes on, and kept for the next time (`index_store`).

No pictures are made here; `video_file` does that.
"""

import time
from bisect import bisect_right
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from av.stream import Discard
from numpy.typing import NDArray

from skn_annotator.errors import VideoError
from skn_annotator.video.index_store import Counted, recall, remember

_TELL = 0.1
_LONG = 0.5
"""Seconds between two reports, and from which on it is worth while to keep what was found."""


@dataclass(frozen=True)
class Group:
    """A group of pictures: the number of its first frame, and the timestamp that a seek to it needs.

    A container is asked for what it goes by: MP4 and Matroska for when the keyframe is shown, others for when
    it is decoded. Asked for less, they give the group before.

    Frames shown before the keyframe but decoded after it belong to the group and cannot be decoded from it.
    """

    first: int
    seek: int


class FrameIndex(Protocol):
    """The frames of one stream; timestamps are in the stream's time base."""

    groups: Sequence[Group]
    times: NDArray[np.int64]
    """The timestamps, in any order: they tell a variable frame rate."""
    expected: int | None
    """How many frames the header promises; None if it does not say."""
    in_order: bool
    """True where timestamps name no frames: the decoder brings them one by one, from the first on."""

    def __len__(self) -> int: ...

    def number(self, pts: int) -> int | None:
        """The number of the frame that is shown at `pts`; None: no frame of the sequence."""
        ...

    def close(self) -> None:
        """Release the file."""
        ...


def group_of(index: FrameIndex, t: int) -> int:
    """The place in `index.groups` of the group that holds frame `t`."""
    return bisect_right(index.groups, t, key=lambda group: group.first) - 1


def index_frames(path: Path) -> FrameIndex:
    """The quickest index that is exact for the file; av.FFmpegError or OSError if it cannot be read."""
    counting = Counting(path)
    for _ in counting:
        pass
    return counting.index


class Counting:
    """`index_frames`, step by step: to iterate over; then `index` is there."""

    index: FrameIndex

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[float]:
        """How much of the file (0-1) is done, a few times a second, where it has to be read through."""
        self.index = yield from _count(self._path)


def open_container(path: Path) -> Any:
    """The file at `path`. It is named in full: FFmpeg would take "12:30.mp4" for an address."""
    return av.open(path.absolute())


def _count(path: Path) -> Generator[float, None, FrameIndex]:
    container = open_container(path)
    stream = only_video(container)
    if _lists_packets(container, stream, path):
        return ListedIndex(container, stream, path.stat().st_size)
    with container:
        counted = recall(path)
        if counted is None:
            began = time.monotonic()
            reordered = stream.codec_context.has_b_frames and not stream.codec_context.codec.intra_only
            in_full = container.format.name == "avi" and reordered
            counted = yield from (_decode_through if in_full else _read_through)(container, stream)
            if time.monotonic() - began > _LONG:
                remember(path, counted)
        return ReadIndex(counted)


def only_video(container: Any) -> Any:
    """The video stream, not a cover picture; the others are not even read. VideoError if there is none."""
    chosen = container.streams.best("video")
    if chosen is None:
        raise VideoError("{path} holds no pictures, only sound or data: open a video", path=container.name)
    if chosen.codec_context is None:
        raise VideoError(
            "{path} is coded in a way that is not known here: convert it to H.264", path=container.name
        )
    for stream in container.streams:
        if stream is not chosen:
            stream.discard = Discard.all
    return chosen


def is_variable(times: NDArray[np.int64]) -> bool:
    """True if more than one frame in a hundred lasts over 10 % longer or shorter than the median one.

    One tick more is allowed: it is the rounding of timestamps.
    """
    durations = np.diff(np.sort(times))
    if durations.size == 0:
        return False
    median = np.median(durations)
    return bool(np.mean(np.abs(durations - median) > 0.1 * median + 1) > 0.01)


class ReadIndex:
    """All timestamps known at once."""

    def __init__(self, counted: Counted) -> None:
        shown = counted.shown.tolist()
        self._numbers = {pts: t for t, pts in enumerate(shown)}
        groups = (
            Group(self._numbers[pts], seek) for pts, seek in counted.keys.tolist() if pts in self._numbers
        )
        self.groups: Sequence[Group] = sorted(groups, key=lambda group: group.first)
        if shown and (not self.groups or self.groups[0].first > 0):
            self.groups = [Group(0, min(shown)), *self.groups]  # a damaged start, decoded all the same
        self.times = counted.shown
        self.in_order = counted.in_order
        self.expected = counted.expected

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, pts: int) -> int | None:
        return self._numbers.get(pts)

    def close(self) -> None:
        """All was read at the start."""


class ListedIndex:
    """The packets as an MP4's header lists them; the container stays open to read timestamps on demand."""

    in_order = False

    def __init__(self, container: Any, stream: Any, file_size: int) -> None:
        self._container, self._stream = container, stream
        entries = list(stream.index_entries)
        self.expected: int | None = sum(not e.is_discard for e in entries)
        # What lies behind the end of a truncated file cannot be read.
        whole = next((i for i, e in enumerate(entries) if e.pos + e.size > file_size), len(entries))
        self._starts = [*(i for i, e in enumerate(entries[:whole]) if e.is_keyframe), whole]
        self._dts = [e.timestamp for e in entries]
        self._numbers: dict[int, int] = {}
        self._known: set[int] = set()
        self._delay = 0  # from decoding a keyframe to showing it
        keyframe, shown = self._timestamps(0)
        self._delay = keyframe - self._dts[0]
        # What is shown before the first keyframe has nothing to be decoded from.
        ranks = np.cumsum([-sum(pts < keyframe for pts in shown)] + [not e.is_discard for e in entries])
        self.groups: Sequence[Group] = [
            Group(max(0, int(ranks[i])), self._dts[i] + self._delay) for i in self._starts[:-1]
        ]
        self._length = int(ranks[whole])
        self.times = np.array(self._dts[:whole], np.int64)

    def __len__(self) -> int:
        return self._length

    def number(self, pts: int) -> int | None:
        # A packet is never shown before it is decoded, so its group starts at or before `pts`.
        last = bisect_right(self._starts[:-1], pts, key=self._dts.__getitem__) - 1
        for group in (last, last - 1):
            if pts not in self._numbers and group >= 0 and group not in self._known:
                self._learn(group)
        return self._numbers.get(pts)

    def close(self) -> None:
        self._container.close()

    def _learn(self, group: int) -> None:
        self._known.add(group)
        _, shown = self._timestamps(group)
        end = self.groups[group + 1].first if group + 1 < len(self.groups) else len(self)
        ranks = range(end - len(shown), end)
        self._numbers |= {pts: t for t, pts in zip(ranks, shown, strict=True) if t >= 0}

    def _timestamps(self, group: int) -> tuple[int, list[int]]:
        """The presentation timestamp of the group's keyframe, and those of its frames, ascending."""
        start, stop = self._starts[group : group + 2]
        packets = list(islice(self._packets(start), stop - start))
        return packets[0].pts, sorted(p.pts for p in packets if not p.is_discard)

    def _packets(self, start: int) -> Iterator[Any]:
        """The packets from the one listed at `start` on, a keyframe."""
        dts = self._dts[start]
        for target in (dts + self._delay, dts):  # the delay is that of the first one: another may be shorter
            self._container.seek(target, stream=self._stream)
            packets = self._container.demux(self._stream)
            first = next(packets)
            if first.size and first.dts <= dts:
                break
        return (p for p in chain([first], packets) if p.size and p.dts >= dts)


def _lists_packets(container: Any, stream: Any, path: Path) -> bool:
    """True if the header lists all packets, unlike a fragmented MP4's, and the first is usable."""
    if not container.format.name.startswith("mov,") or not 0 < stream.frames == len(stream.index_entries):
        return False
    first = stream.index_entries[0]
    return bool(first.is_keyframe) and first.pos + first.size <= path.stat().st_size


class _Pace:
    """When to tell how far a file was read: a few times a second."""

    def __init__(self, container: Any) -> None:
        self._size = max(1, container.size)
        self._due = 0.0

    def share(self, packet: Any) -> float | None:
        """How much of the file lies before `packet`, 0-1, when it is time to tell."""
        if packet.pos is None or time.monotonic() < self._due:
            return None
        self._due = time.monotonic() + _TELL
        return float(min(1.0, packet.pos / self._size))


def _read_through(container: Any, stream: Any) -> Generator[float, None, Counted]:
    keys, shown = [], []
    pace = _Pace(container)
    by_pts = container.format.name.startswith(("mov,", "matroska,"))
    hides_frames = stream.codec_context.codec.name in ("vp8", "libvpx")
    for packet in container.demux(stream):
        if (share := pace.share(packet)) is not None:
            yield share
        if packet.size == 0 or packet.pts is None or packet.is_corrupt or packet.is_discard:
            continue
        if packet.is_keyframe:
            keys.append((packet.pts, packet.pts if by_pts or packet.dts is None else packet.dts))
        if keys and not (hides_frames and _is_hidden(packet)):
            shown.append(packet.pts)
    if container.format.name == "mpeg":  # its timestamps are guessed, the same one twice
        return _counted(list(range(len(shown))), [(0, keys[0][1])], None, in_order=True)
    if not _seeks_truly(container, stream, len(shown)):
        keys = keys[:1]
    # What is shown before the first keyframe has nothing to be decoded from.
    shown = sorted({pts for pts in shown if pts >= keys[0][0]})
    return _counted(shown, keys, stream.frames or _by_duration(stream, shown))


def _decode_through(container: Any, stream: Any) -> Generator[float, None, Counted]:
    stream.thread_type = "AUTO"
    frames = []
    pace = _Pace(container)
    for packet in container.demux(stream):
        if (share := pace.share(packet)) is not None:
            yield share
        frames += [(frame.pts, frame.key_frame) for frame in decode([packet], stream)]
    shown = list(dict.fromkeys(pts for pts, _ in frames))
    keys = [(pts, pts) for pts, is_key in frames if is_key]
    if not _seeks_truly(container, stream, len(shown)):
        keys = []
    return _counted(shown, keys, stream.frames or None)


def _counted(
    shown: Sequence[int], keys: Sequence[tuple[int, int]], expected: int | None, in_order: bool = False
) -> Counted:
    return Counted(np.array(shown, np.int64), np.array(keys, np.int64).reshape(-1, 2), expected, in_order)


def decode(packets: Iterable[Any], stream: Any) -> Iterator[Any]:
    """The frames of `packets`, in the order of display; a packet that cannot be decoded is passed over."""
    for packet in packets:
        if packet.is_corrupt:
            continue  # the end of a truncated file: its error could take good frames with it
        try:
            yield from stream.decode(packet)
        except av.InvalidDataError:
            continue


def _seeks_truly(container: Any, stream: Any, count: int) -> bool:
    """False if timestamps after a seek are not those of reading through, so that one must always do that.

    An AVI counts packets, and miscounts where some are damaged.
    """
    return container.format.name != "avi" or count == len(stream.index_entries)


def _is_hidden(packet: Any) -> bool:
    """True for a VP8 frame that others refer to and nobody sees (RFC 6386, section 9.1: show_frame)."""
    return not bytes(packet)[0] & 0x10


def _by_duration(stream: Any, shown: Sequence[int]) -> int | None:
    """How many frames fit in the duration that Matroska's header gives, None if it gives none.

    Half a second more than the frames last is allowed: the last may be shown for long.
    """
    parts = stream.metadata.get("DURATION", "").split(":")
    if len(parts) != 3 or not stream.average_rate or not shown:
        return None
    hours, minutes, seconds = map(float, parts)
    missing = 3600 * hours + 60 * minutes + seconds - float(shown[-1] * stream.time_base)
    return len(shown) + (round(missing * float(stream.average_rate)) - 1 if missing > 0.5 else 0)

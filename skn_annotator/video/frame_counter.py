"""FrameCounter: counts and indexes the frames of a video file, in the quickest way that is exact for it.

- An MP4 or MOV lists its packets in its header: they are counted without reading them (`listing`).
- Other containers are read once from end to end, without decoding; an MPEG program stream tells no more than
  how many frames there are, so that they are numbered as they are decoded.
- An AVI with reordered frames stores no presentation timestamps: it is decoded once.
- Where the clock does not tell the order of frames (`clock`), they are decoded once and counted as they come.

What takes long is told while it goes on, and kept for the next time (`index_store`).
"""

import re
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from skn_annotator.video.clock import decode_start, has_order
from skn_annotator.video.container import (
    FramesLost,
    decode,
    decoder_of,
    demux,
    only_video,
    open_container,
    reorders,
    shows,
)
from skn_annotator.video.index import FrameIndex
from skn_annotator.video.index_store import Counted, Decoding, recall, remember
from skn_annotator.video.listing import listed_frames

_REPORT_EVERY = 0.1
_LONG = 0.5
"""Seconds between two reports, and from which on it is worth while to keep what was found."""
_SILENT = 3
"""So many packets after each other that bring no picture are told; interlaced ones bring one for two."""


def index_frames(path: Path) -> FrameIndex:
    """The quickest index that is exact for the file; av.FFmpegError or OSError if it cannot be read."""
    counting = FrameCounter(path)
    for _ in counting:
        pass
    return counting.index


class FrameCounter:
    """`index_frames` in steps: iterate over it to the end, then read `index`."""

    index: FrameIndex

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[float]:
        """How much of the file (0-1) is done, a few times a second, where it has to be read through."""
        self.index = yield from _count(self._path)


def _count(path: Path) -> Generator[float, None, FrameIndex]:
    with open_container(path) as container:
        counted = listed_frames(container, only_video(container), path) or recall(path)
    return FrameIndex(counted or (yield from _count_anew(path)))


def _count_anew(path: Path) -> Generator[float, None, Counted]:
    began = time.monotonic()
    with open_container(path) as container:
        stream = only_video(container)
        without_times = container.format.name == "avi" and reorders(stream)
        counted = None if without_times else (yield from _read_through(container, stream, path))
    counted = counted or (yield from _decode_through(path))
    if time.monotonic() - began > _LONG:
        remember(path, counted)
    return counted


class _Pace:
    """When to tell how far a file was read: a few times a second."""

    def __init__(self, container: Any) -> None:
        self._size = max(1, container.size)
        self._due = 0.0

    def share(self, packet: Any) -> float | None:
        """How much of the file lies before `packet`, 0-1, when it is time to tell."""
        if packet.pos is None or time.monotonic() < self._due:
            return None
        self._due = time.monotonic() + _REPORT_EVERY
        return float(min(1.0, packet.pos / self._size))


def _read_through(container: Any, stream: Any, path: Path) -> Generator[float, None, Counted | None]:
    """The frames by their packets; None where timestamps are missing, repeat or fall."""
    keys, shown, is_key = [], [], []
    pace = _Pace(container)
    by_pts = container.format.name.startswith(("mov,", "matroska,"))
    damaged, latest, first = False, None, None
    for packet in demux(container, stream):
        if (share := pace.share(packet)) is not None:
            yield share
        if first is None and packet.is_keyframe:
            first = packet.pts  # also where an edit list leaves it out: frames after it are decoded from it
        if not shows(packet):
            continue
        if packet.pts is None or (packet.dts is not None and latest is not None and packet.dts < latest):
            return None
        latest = latest if packet.dts is None else packet.dts
        shown.append(packet.pts)
        is_key.append(packet.is_keyframe)
        if packet.is_keyframe and not packet.is_corrupt:
            seek = packet.pts if by_pts or packet.dts is None else packet.dts
            keys.append((packet.pts, seek, _place(packet)))
        damaged |= packet.is_corrupt
    if not keys or first is None:
        return None
    if container.format.name == "mpeg":  # its timestamps are guessed, the same one twice
        count = len(shown) - is_key.index(True)
        return None if damaged else _counted(range(count), keys[:1], None, in_order=True)
    start = decode_start(path)
    if not has_order(np.array(shown), np.array(is_key)) or not start.as_stamped:
        return None
    if not _seeks_truly(container, stream, len(shown)):
        keys = keys[:1]
    frames = sorted({*start.early, *(pts for pts in shown if pts >= first)})
    expected = _listed(container, stream) or stream.frames or _by_duration(stream, frames)
    return _counted(frames, keys, expected, damaged=damaged or start.damaged)


def _decode_through(path: Path) -> Generator[float, None, Counted]:
    """The frames as they are decoded; they are found again by their timestamps only in an AVI in order."""
    try:
        return (yield from _decode_all(path, "AUTO"))
    except FramesLost:
        return (yield from _decode_all(path, "NONE"))


def _decode_all(path: Path, threads: str) -> Generator[float, None, Counted]:
    with open_container(path, in_full=True) as container:
        stream = only_video(container)
        decoder = decoder_of(stream, threads)
        reading = _Reading(container, stream)
        shown = []
        for frame in decode(reading, decoder):
            reading.note(frame)
            shown.append(frame.pts)
            if (share := reading.pace.share(reading.latest)) is not None:
                yield share
        if threads == "AUTO" and len(shown) < reading.packets:
            raise FramesLost  # at the end of the file PyAV does not tell
        damaged = reading.damaged
        damaged |= threads == "NONE"
        expected = stream.frames or None
        if container.format.name != "avi" or not _are_names(shown):
            counted = _counted(range(len(shown)), [(0, 0, -1)], expected, in_order=True, damaged=damaged)
        else:
            keys = reading.keys if _seeks_truly(container, stream, len(shown)) else []
            counted = _counted(shown, keys, expected, damaged=damaged)
        return replace(counted, decoding=reading.decoding())


def _place(packet: Any) -> int:
    return -1 if packet.pos is None else int(packet.pos)


class _Reading:
    """The packets of a stream on their way into a decoder."""

    def __init__(self, container: Any, stream: Any) -> None:
        self.pace = _Pace(container)
        self.latest: Any = None
        self.damaged = False
        self.packets = 0  # that bring a frame
        self.keys: list[tuple[int, int, int]] = []
        self._packets = demux(container, stream)
        self._frames, self._size = 0, (0, 0)
        self._used = 0  # packets before the latest frame
        self._silent_at = -1  # how many packets came before the first silence
        self._resized_at = -1

    def note(self, frame: Any) -> None:
        """Note what the next frame shows of the way to it."""
        size = frame.width, frame.height
        if self._frames:
            self._note_silence(self.packets - 1)
        else:
            self._size = size
        if size != self._size and self._resized_at < 0:
            self._resized_at = self._frames
        self._frames += 1
        self._used = self.packets

    def decoding(self) -> Decoding:
        """What was noticed, at the end."""
        self._note_silence(self.packets)
        lost = self.packets - self._frames
        # A decoder that starts late, or anew, catches up.
        if self._silent_at < 0 or lost < _SILENT:
            return Decoding(resized_at=self._resized_at)
        return Decoding(min(self._silent_at, self._frames), lost, self._resized_at)

    def _note_silence(self, until: int) -> None:
        if self._silent_at < 0 and until - self._used >= _SILENT:
            self._silent_at = self._used

    def __iter__(self) -> Iterator[Any]:
        for packet in self._packets:
            self.latest = packet
            self.damaged |= packet.is_corrupt
            self.packets += shows(packet)
            if packet.is_keyframe and not packet.is_corrupt and packet.pts is not None:
                self.keys.append((packet.pts, packet.pts, _place(packet)))
            yield packet


def _are_names(shown: Sequence[int | None]) -> bool:
    """True if each frame has a timestamp of its own, be they in any order."""
    return None not in shown and len(set(shown)) == len(shown)


def _counted(
    shown: Sequence[int],
    keys: Sequence[tuple[int, int, int]],
    expected: int | None,
    in_order: bool = False,
    damaged: bool = False,
) -> Counted:
    times = np.array(shown, np.int64)
    return Counted(times, np.array(keys, np.int64).reshape(-1, 3), expected, in_order, damaged)


def _seeks_truly(container: Any, stream: Any, count: int) -> bool:
    """False if timestamps after a seek are not those of reading through, so that one must always do that.

    An AVI counts packets, and miscounts where some are damaged.
    """
    return container.format.name != "avi" or count == len(stream.index_entries)


def _listed(container: Any, stream: Any) -> int:
    """How many frames an MP4 lists that its edit list does not leave out; 0 for others."""
    if not container.format.name.startswith("mov,"):
        return 0
    return sum(not entry.is_discard for entry in stream.index_entries)


def _by_duration(stream: Any, shown: Sequence[int]) -> int | None:
    """How many frames fit in the duration that Matroska's header gives, None if it gives none.

    Half a second more than the frames last is allowed: the last may be shown for long.
    """
    parts = re.fullmatch(r"(\d{1,4}):(\d\d):(\d\d(?:\.\d+)?)", stream.metadata.get("DURATION", "").strip())
    if parts is None or not stream.average_rate or not shown:
        return None
    hours, minutes, seconds = map(float, parts.groups())
    missing = 3600 * hours + 60 * minutes + seconds - float(shown[-1] * stream.time_base)
    return len(shown) + (round(missing * float(stream.average_rate)) - 1 if missing > 0.5 else 0)

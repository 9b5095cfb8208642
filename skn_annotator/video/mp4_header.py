"""When the frames of an MP4 or MOV are shown, as its header lists it, without reading the pictures.

FFmpeg lists when packets are decoded; when they are shown it tells only with the packet. The boxes are
those of ISO/IEC 14496-12: `stts` (section 8.6.1.2) has the time from packet to packet, `ctts` (8.6.1.3) the
time from decoding to showing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

_MOST = 1 << 28  # bytes of a header that are read


@dataclass(frozen=True)
class PacketTimes:
    """When each packet is decoded and when it is shown, in the order of the file, int64 (n,)."""

    decoded: NDArray[np.int64]
    shown: NDArray[np.int64]


def packet_times(path: Path, stream: int, count: int) -> PacketTimes | None:
    """The times of the `count` packets of a stream, in its time base; None if the header lists none."""
    with path.open("rb") as file:
        header = _movie_header(file)
    for box in _boxes(header, b"trak"):
        if _stream_number(box) != stream:
            continue
        table: bytes = box
        for kind in (b"mdia", b"minf", b"stbl"):
            table = next(_boxes(table, kind), b"")
        return _times(table, count)
    return None


def _times(table: bytes, count: int) -> PacketTimes | None:
    steps = _runs(next(_boxes(table, b"stts"), b""), count)
    delays = _runs(next(_boxes(table, b"ctts"), _NONE), count)
    if len(steps) != count or len(delays) not in (0, count):
        return None
    decoded = np.concatenate([[0], np.cumsum(steps)[:-1]]).astype(np.int64)
    return PacketTimes(decoded, decoded + delays if len(delays) else decoded)


_NONE = bytes(8)  # a table of no entries


def _runs(box: bytes, most: int) -> NDArray[np.int64]:
    """The values of a table of (how often, value); empty if it lists more than `most`."""
    table = _numbers(box, 2)
    often = table[:, 0] & 0xFFFFFFFF
    if often.sum() > most:
        return np.zeros(0, np.int64)
    return np.repeat(table[:, 1], often)


def _numbers(box: bytes, columns: int) -> NDArray[np.int64]:
    """The table in a box: version and flags, the number of rows, then the rows, int64 (n, columns)."""
    rows = min(int.from_bytes(box[4:8], "big"), max(0, len(box) - 8) // (4 * columns))
    numbers = np.frombuffer(box[8 : 8 + 4 * columns * rows], ">i4")
    return numbers.astype(np.int64).reshape(rows, columns)


def _stream_number(box: bytes) -> int:
    header = next(_boxes(box, b"tkhd"), b"")
    at = 20 if header[:1] == b"\1" else 12  # after two dates of 8 or of 4 bytes
    return int.from_bytes(header[at : at + 4], "big")


def _movie_header(file: BinaryIO) -> bytes:
    """What is in the box `moov`; empty if there is none, or too much."""
    while len(head := file.read(16)) >= 8:
        size, kind = int.from_bytes(head[:4], "big"), head[4:8]
        length = 16 if size == 1 else 8
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        file.seek(length - len(head), 1)
        if kind == b"moov":
            return file.read(size - length if size else _MOST) if size - length <= _MOST else b""
        if not length <= size < 1 << 62:
            break
        file.seek(size - length, 1)
    return b""


def _boxes(data: bytes, kind: bytes) -> Iterator[bytes]:
    """The contents of the boxes of a `kind` that lie side by side in `data`."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < 8:
            return
        if data[at + 4 : at + 8] == kind:
            yield data[at + 8 : at + size]
        at += size

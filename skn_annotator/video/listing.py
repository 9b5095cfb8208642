"""The frames of an MP4 or MOV as its header lists them: counted without reading the pictures.

FFmpeg lists where packets lie and when they are decoded, the header itself when they are shown; both differ
by a shift that is the same for all packets of a file. A file of which that is not true is read through.
"""

from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skn_annotator.video.clock import decode_start, has_order
from skn_annotator.video.container import demux, reorders
from skn_annotator.video.index_store import Counted
from skn_annotator.video.mp4_header import packet_times


def listed_frames(container: Any, stream: Any, path: Path) -> Counted | None:
    """The frames that the header of `stream` lists; None if some lack, or their times give no order."""
    if not container.format.name.startswith("mov,") or not 0 < stream.frames == len(stream.index_entries):
        return None
    entries = list(stream.index_entries)
    times = packet_times(path, stream.id, len(entries))
    if times is None:
        return None
    decoded = np.array([entry.timestamp for entry in entries])
    is_key = np.array([entry.is_keyframe for entry in entries])
    if not is_key[0] or np.any(np.diff(decoded) <= 0) or np.any(np.diff(decoded - times.decoded)):
        return None
    shift = _shift(container, stream, entries[0].pos, int(times.shown[0]))
    if shift is None or not has_order(times.shown, is_key):
        return None
    if np.all(np.diff(times.shown) > 0) and reorders(stream) and not decode_start(path).as_stamped:
        return None
    return _counted(entries, times.shown + shift, is_key, path.stat().st_size)


def _counted(
    entries: list[Any], shown: NDArray[np.int64], is_key: NDArray[np.bool_], file_size: int
) -> Counted | None:
    # What lies behind the end of a truncated file cannot be read.
    whole = next((i for i, e in enumerate(entries) if e.pos + e.size > file_size), len(entries))
    in_sight = np.array([not entry.is_discard for entry in entries])
    # What is shown before the first keyframe has nothing to be decoded from.
    frames = np.sort(shown[:whole][in_sight[:whole] & (shown[:whole] >= shown[0])])
    keys = [(int(shown[i]), int(shown[i]), entries[i].pos) for i in np.flatnonzero(is_key[:whole])]
    if not len(frames):
        return None
    return Counted(frames, np.array(keys, np.int64).reshape(-1, 3), int(in_sight.sum()))


def _shift(container: Any, stream: Any, place: int, shown: int) -> int | None:
    """What the packet that lies first in the file is shown later than the header says; None without it."""
    first = next(islice(demux(container, stream), 1), None)
    if first is None or first.pts is None or first.pos != place:
        return None
    return int(first.pts) - shown

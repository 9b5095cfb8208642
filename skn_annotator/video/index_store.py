"""A cache of the timestamps that were found by reading a whole video file.

A file of the user's cache folder, named for the video's place, size and time of change; without it the video
is read through again. Nothing depends on it, so whatever cannot be read or written is passed over.
"""

import contextlib
import hashlib
import zipfile
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from skn_annotator.files import replacing
from skn_annotator.settings import counts_folder

_MOST = 64
_VERSION = 3


@dataclass(frozen=True)
class Decoding:
    """What was noticed while a file was decoded from end to end; -1: not.

    `lost_at`, `lost`: so many frames had come when packets began to bring none, and how many did so.
    `resized_at`: the first frame of another size than the first one.
    """

    lost_at: int = -1
    lost: int = 0
    resized_at: int = -1


@dataclass(frozen=True)
class Counted:
    """`shown`: the timestamps of the frames in the order of display, int64 (n,).

    `keys`: of each keyframe when it is shown, what a seek to it needs, and at which byte of the file it
    begins (-1 where unknown), int64 (k, 3). `expected`: how many frames the header promised.
    """

    shown: NDArray[np.int64]
    keys: NDArray[np.int64]
    expected: int | None
    in_order: bool = False  # the timestamps name no frames
    damaged: bool = False  # packets are marked as such
    decoding: Decoding = Decoding()


def recall(video: Path) -> Counted | None:
    """What `remember` stored for `video`; None if there is nothing, or the video has changed."""
    unusable = (OSError, ValueError, TypeError, LookupError, EOFError, zipfile.BadZipFile)
    with contextlib.suppress(*unusable), np.load(_file_of(video), allow_pickle=False) as stored:
        expected = int(stored["expected"])
        flags = bool(stored["in_order"]), bool(stored["damaged"])
        decoding = Decoding(*map(int, stored["decoding"]))
        return Counted(stored["shown"], stored["keys"], None if expected < 0 else expected, *flags, decoding)
    return None


def remember(video: Path, counted: Counted) -> None:
    """Store `counted`; the oldest files are deleted beyond a bound."""
    expected = -1 if counted.expected is None else counted.expected
    with contextlib.suppress(OSError):
        file = _file_of(video)
        file.parent.mkdir(parents=True, exist_ok=True)
        with replacing(file) as stream:
            np.savez_compressed(
                stream,
                shown=counted.shown,
                keys=counted.keys,
                expected=expected,
                in_order=counted.in_order,
                damaged=counted.damaged,
                decoding=astuple(counted.decoding),
            )
        kept = sorted(file.parent.glob("*.npz"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-_MOST]:
            old.unlink()


def _file_of(video: Path) -> Path:
    state = video.stat()
    text = f"{video.resolve()}\0{state.st_size}\0{state.st_mtime_ns}\0{_VERSION}"
    digest = hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()
    return counts_folder() / f"{digest[:24]}.npz"

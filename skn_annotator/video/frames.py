"""A sequence of frames, wherever it comes from: `open_frames` and the protocol that its result keeps.

The number and the order of the frames are the same for display, network and export, because all of them read
through this one door. A source belongs to the thread that opened it: each thread opens its own.
"""

import hashlib
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Protocol

from skn_annotator.arrays import Frame
from skn_annotator.errors import Message, VideoError
from skn_annotator.video.cache import FrameCache, ReadableFrames
from skn_annotator.video.image_folder import IMAGE_SUFFIXES, ImageFolder, picture_paths
from skn_annotator.video.surroundings import Surroundings
from skn_annotator.video.video_file import Glimpse, VideoFile


class FrameSource(Protocol):
    """Frames by number."""

    name: str
    """The folder's name, or the file's without its suffix: "cups"."""
    path: Path
    size: tuple[int, int]
    """(H, W), as displayed: rotation is applied."""
    fps: float
    """Frames per second; the average where it varies, 24 for a folder."""
    stems: Sequence[str]
    """What each frame is called in a file name, without suffix; "%05d" for a video."""
    warnings: Sequence[Message]
    """Sentences that the user should read."""

    def __len__(self) -> int: ...

    def __getitem__(self, t: int) -> Frame:
        """Frame `t`. Raises IndexError outside of 0 ... len - 1, VideoError if it cannot be decoded."""
        ...

    def close(self) -> None:
        """Release the files; no frame can be read afterwards."""
        ...


def open_frames(path: Path, cache_bytes: int = 256 << 20) -> FrameSource:
    """The frames of the video file or the folder of pictures at `path`.

    At most `cache_bytes` of decoded frames are kept. Raises VideoError, with the file and the remedy, if
    there are no frames to be read.
    """
    return FrameCache(_open(path), cache_bytes)


def opening_frames(path: Path, cache_bytes: int = 256 << 20) -> Generator[Glimpse, None, FrameSource]:
    """`open_frames`, with glimpses of a long video while its frames are counted."""
    if not _is_video(path):
        return open_frames(path, cache_bytes)
    file = yield from VideoFile.opening(path)
    return FrameCache(file, cache_bytes)


def open_surroundings(path: Path, max_bytes: int) -> Surroundings:
    """The same frames for somebody who looks around in them, at most `max_bytes` of them decoded.

    Raises VideoError as `open_frames` does.
    """
    return Surroundings(_open(path), max_bytes)


def _open(path: Path) -> ReadableFrames:
    path = Path(path)
    if _is_video(path):
        return VideoFile(path)
    if not path.exists():
        raise VideoError("{path} does not exist: check its name", path=path)
    if path.is_dir():
        return ImageFolder(path)
    raise VideoError("{path} is a single picture: open the folder that holds the frames", path=path)


def _is_video(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() not in IMAGE_SUFFIXES


def fingerprint(path: Path) -> str:
    """What tells this video from another without reading all of it: 32 hexadecimal digits.

    A file's are made of its size, head and tail, a folder's of its pictures' names and sizes; where it lies
    and when it was changed do not matter.
    """
    digest = hashlib.sha256()
    if path.is_dir():
        for picture in picture_paths(path):
            digest.update(f"{picture.name}\0{picture.stat().st_size}\0".encode())
    else:
        size, part = path.stat().st_size, 1 << 16
        digest.update(f"{size}\0".encode())
        with path.open("rb") as file:
            digest.update(file.read(part))
            file.seek(max(0, size - part))
            digest.update(file.read(part))
    return digest.hexdigest()[:32]

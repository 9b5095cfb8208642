"""A sequence of frames, wherever it comes from: `open_frames` and the protocol that its result keeps.

The number and the order of the frames are the same for display, network and export, because all of them read
through this one door. A source belongs to the thread that opened it: each thread opens its own.
"""

import hashlib
import stat
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from skn_annotator.arrays import Frame, Size
from skn_annotator.errors import Message, UnreadableFrame, VideoError
from skn_annotator.files import cannot_read
from skn_annotator.video.cache import FrameCache, ReadableFrames
from skn_annotator.video.image_folder import DEFAULT_RATE, ImageFolder
from skn_annotator.video.picture_list import IMAGE_SUFFIXES, list_pictures
from skn_annotator.video.picture_stack import PictureStack
from skn_annotator.video.replacement import replaced
from skn_annotator.video.surroundings import Surroundings
from skn_annotator.video.video_file import Glimpse, VideoFile

_LONG_PATH = 300  # letters, of which a message shows the first half


class FrameSource(Protocol):
    """Frames by number."""

    name: str
    """The folder's name, or the file's without its suffix: "cups"."""
    path: Path
    size: Size
    """(H, W), as displayed: rotation is applied, and pixels are square."""
    stored_size: Size
    """(H, W), turned as displayed, but of the pixels as they are stored: what an extracted frame has."""
    fps: float
    """Frames per second; the average where it varies; for a folder what the user sets, or 24."""
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


def open_frames(path: Path | str, cache_bytes: int = 256 << 20, fps: float | None = None) -> FrameSource:
    """The frames of the video file, the folder of pictures, or the file of several pictures at `path`.

    At most `cache_bytes` of decoded frames are kept. `fps`: how fast pictures are played that do not say it
    themselves; None is 24. Raises VideoError, with the file and the remedy, if there are no frames.
    """
    opening = opening_frames(Path(path), cache_bytes, fps)
    while True:
        try:
            next(opening)
        except StopIteration as end:
            frames: FrameSource = end.value
            return frames


def opening_frames(
    path: Path, cache_bytes: int = 256 << 20, fps: float | None = None
) -> Generator[Glimpse, None, FrameSource]:
    """`open_frames`, with glimpses of what takes long: a video whose frames are counted, a large folder."""
    path = Path(path)
    kind = check_place(path)
    if kind == "video":
        return FrameCache((yield from VideoFile.opening(path)), cache_bytes)
    if kind == "picture":
        return FrameCache(PictureStack(path, fps), cache_bytes)
    looking = ImageFolder.opening(path, fps or DEFAULT_RATE)
    while True:
        try:
            rgb, share = next(looking)
        except StopIteration as end:
            return FrameCache(end.value, cache_bytes)
        yield Glimpse(path, rgb, share)


def open_surroundings(path: Path, max_bytes: int) -> Surroundings:
    """The same frames for somebody who looks around in them, at most `max_bytes` of them decoded.

    Raises VideoError as `open_frames` does.
    """
    path = Path(path)
    kinds = {"video": VideoFile, "picture": PictureStack, "folder": ImageFolder}
    frames: ReadableFrames = kinds[check_place(path)](path)
    return Surroundings(frames, max_bytes)


def check_place(path: Path) -> Literal["video", "picture", "folder"]:
    """What lies at `path`, by its name; VideoError if there is nothing that can be opened."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise VideoError("{path} does not exist: check its name", path=path) from error
    except PermissionError as error:
        raise VideoError(cannot_read(path, error)) from error
    except (OSError, ValueError) as error:  # ValueError: a name with a zero in it
        shown = path if len(str(path)) < _LONG_PATH else f"{str(path)[: _LONG_PATH // 2]}…"
        raise VideoError(
            "{path} cannot be opened ({reason}): check its name",
            path=shown,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    if stat.S_ISDIR(mode):
        return "folder"
    if not stat.S_ISREG(mode):
        raise VideoError("{path} is no file but a pipe or a device: open a video or a folder", path=path)
    return "picture" if path.suffix.lower() in IMAGE_SUFFIXES else "video"


def check_unchanged(frames: FrameSource, size: Size, last: int) -> None:
    """Raises VideoError if the source is not of `size`, (H, W), or lacks frame `last`: it was replaced."""
    if frames.size != size or last >= len(frames):
        raise replaced(frames.path)


def frame_or_black(frames: FrameSource, t: int) -> Frame:
    """Frame `t`, black if it alone cannot be read: what is drawn on frames has one for each."""
    try:
        return frames[t]
    except UnreadableFrame:
        return np.zeros((*frames.size, 3), np.uint8)


def fingerprint(path: Path) -> str:
    """What tells this video from another without reading all of it: 32 hexadecimal digits.

    A file's are made of its size, head and tail, a folder's of its pictures' names and sizes; where it lies
    and when it was changed do not matter. Raises VideoError if it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        if check_place(path) == "folder":
            listed = list_pictures(path)
            for picture in listed.all_in_order():
                digest.update(f"{picture.name}\0{picture.stat().st_size}\0".encode(errors="surrogateescape"))
        else:
            size, part = path.stat().st_size, 1 << 16
            digest.update(f"{size}\0".encode())
            with path.open("rb") as file:
                digest.update(file.read(part))
                file.seek(max(0, size - part))
                digest.update(file.read(part))
    except OSError as error:
        raise VideoError(cannot_read(path, error)) from error
    return digest.hexdigest()[:32]

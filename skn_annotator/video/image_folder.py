"""A folder of pictures as a sequence of frames: JPEG, PNG, TIFF and others.

Such is DAVIS's JPEGImages/480p/bear, or anything that a video was split into. All pictures have one size. One
that cannot be read is a blank frame; the others come all the same.
"""

import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from skn_annotator.arrays import Frame
from skn_annotator.errors import Message, VideoError
from skn_annotator.video.cache import Decoded
from skn_annotator.video.picture import (
    Header,
    Values,
    depth_notes,
    read_header,
    read_picture,
    values_in,
    white_for,
)
from skn_annotator.video.picture_list import IMAGE_SUFFIXES, check_names, list_pictures, some

DEFAULT_RATE = 24.0
_REPORT_EVERY = 0.25
"""Seconds between two reports."""
_LOOKED_AT = 9
"""How many deep pictures are read to find out what is white in them."""


class ImageFolder:
    """The frames in the folder `path`."""

    def __init__(self, path: Path, fps: float = DEFAULT_RATE) -> None:
        """Raises VideoError if there is no picture in the folder that can be read."""
        self.path, self.name, self.fps = path, path.resolve().name, fps
        listed = list_pictures(path)
        if not listed.pictures:
            raise _nothing_in(path, listed.passed_over)
        check_names(listed.pictures)
        self._pictures = listed.pictures
        self.stems: Sequence[str] = [picture.stem for picture in listed.pictures]
        first = _first_readable(listed.pictures)
        self.size = self.stored_size = first.size
        found = self._look_at_values()
        self._white = white_for(found)
        self.warnings: Sequence[Message] = (*listed.notes(path.name), *depth_notes(path.name, found))

    @classmethod
    def opening(
        cls, path: Path, fps: float = DEFAULT_RATE
    ) -> Generator[tuple[Frame, float], None, "ImageFolder"]:
        """Open `path` and look at the header of each picture: RGB of one, and how much is done, 0-1.

        Raises VideoError as the constructor, and if a picture has another size than most.
        """
        folder = cls(path, fps)
        headers: dict[Path, Header | None] = {}
        due = time.monotonic() + _REPORT_EVERY
        for picture in folder._pictures:
            headers[picture] = _header(picture)
            if time.monotonic() > due:
                due = time.monotonic() + _REPORT_EVERY
                rgb = _rgb(picture, folder._white)
                if rgb is not None:
                    yield rgb, len(headers) / len(folder)
        folder.warnings = (*folder.warnings, *_look_through(headers))
        return folder

    def __len__(self) -> int:
        return len(self._pictures)

    def run_start(self, t: int) -> int:
        """`t`: a picture needs no other."""
        return t

    def read(self, first: int, stop: int) -> Iterator[Frame]:
        """Frames `first` to `stop` - 1, in order: RGB, uint8 (H, W, 3), read-only.

        Raises VideoError at a picture that cannot be read or has another size than the first.
        """
        for path in self._pictures[first:stop]:
            frame = read_picture(path, self._white)
            if frame.shape[:2] != self.size:
                (height, width), (wanted_height, wanted_width) = frame.shape[:2], self.size
                raise VideoError(
                    "{path} is {size}, but the first frame is {wanted}: give all the same size, or take it "
                    "out of the folder",
                    path=path,
                    size=f"{width} x {height}",
                    wanted=f"{wanted_width} x {wanted_height}",
                )
            yield frame

    def run(self, t: int) -> Iterator[tuple[int, Decoded]]:
        """Frame `t` and all after it, with their numbers; VideoError as in `read`."""
        return ((u, ReadPicture(frame)) for u, frame in enumerate(self.read(t, len(self)), t))

    def close(self) -> None:
        """Nothing is held open."""

    def _look_at_values(self) -> list[Values]:
        """What the values of the deep ones of a few pictures are like."""
        found = []
        for picture in self._pictures[:: max(1, len(self) // _LOOKED_AT)][:_LOOKED_AT]:
            with suppress(VideoError):
                found.append(values_in(picture))
        return [each for each in found if each is not None]


@dataclass(frozen=True)
class ReadPicture:
    """A frame of a folder or a stack."""

    pixels: Frame

    @property
    def nbytes(self) -> int:
        """The memory that it holds."""
        return self.pixels.nbytes

    def rgb(self) -> Frame:
        """RGB, uint8 (H, W, 3), read-only."""
        return self.pixels


def _first_readable(pictures: Sequence[Path]) -> Header:
    damage = None
    for picture in pictures:
        try:
            return read_header(picture)
        except VideoError as error:
            damage = damage or error
    assert damage is not None, "there is a picture"
    raise damage


def _header(picture: Path) -> Header | None:
    try:
        return read_header(picture)
    except VideoError:
        return None


def _rgb(picture: Path, white: float | None) -> Frame | None:
    try:
        return read_picture(picture, white)
    except VideoError:
        return None


def _look_through(headers: dict[Path, Header | None]) -> Iterator[Message]:
    """What the user should know of the pictures; raises VideoError for one of another size than most."""
    sizes = Counter(header.size for header in headers.values() if header is not None)
    (wanted, count), *others = sizes.most_common()
    if others:
        path, size = next((p, h.size) for p, h in headers.items() if h is not None and h.size != wanted)
        if count == 1:
            raise VideoError(
                "{path} is {size}, but another picture is {wanted}: give all the same size, or take it out "
                "of the folder",
                path=path,
                size=f"{size[1]} x {size[0]}",
                wanted=f"{wanted[1]} x {wanted[0]}",
            )
        raise VideoError(
            "{path} is {size}, but {count} of {all} pictures are {wanted}: give all the same size, or take "
            "it out of the folder",
            path=path,
            size=f"{size[1]} x {size[0]}",
            count=count,
            all=len(headers),
            wanted=f"{wanted[1]} x {wanted[0]}",
        )
    blank = [path for path, header in headers.items() if header is None]
    if blank:
        yield Message("Cannot be read, so that their frames stay blank: {files}.", files=some(blank))
    stacks = [path for path, header in headers.items() if header is not None and header.has_pages]
    if stacks:
        yield Message(
            "Of several pictures in one file only the first is shown ({files}): open the file for all.",
            files=some(stacks),
        )


def _nothing_in(folder: Path, passed_over: tuple[Path, ...]) -> VideoError:
    children = [child for child in sorted(folder.iterdir()) if child.is_dir()]
    sequences = (child.name for child in children if _holds_pictures(child))
    example = next(sequences, None)
    if example is not None:
        return VideoError(
            "{folder} holds sequences, no pictures: open one of them, such as {example}",
            folder=folder,
            example=folder / example,
        )
    if passed_over:
        return VideoError(
            "{folder} holds no pictures that are read in a folder ({suffixes}), but {files}: save them as "
            "PNG, or open an animation itself",
            folder=folder,
            suffixes=", ".join(IMAGE_SUFFIXES),
            files=some(passed_over),
        )
    return VideoError(
        "{folder} holds no pictures ({suffixes}): open a folder that does, or a video",
        folder=folder,
        suffixes=", ".join(IMAGE_SUFFIXES),
    )


def _holds_pictures(folder: Path) -> bool:
    try:
        return bool(list_pictures(folder).pictures)
    except VideoError:
        return False

"""A folder of pictures as a sequence of frames: JPEG or PNG, in the natural order of their names.

Such is DAVIS's JPEGImages/480p/bear, or anything that a video was split into: img_2.png comes before
img_10.png. Pictures of 16 bits are brought to 8, transparent ones are laid on black, a camera's orientation
mark is obeyed. The first picture sets the size of all. Subfolders are not looked into.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from skn_annotator.errors import Message, VideoError
from skn_annotator.video.cache import Decoded

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")
"""The first of them wins where two pictures share a name."""


class ImageFolder:
    """The frames in the folder `path`."""

    fps = 24.0

    def __init__(self, path: Path) -> None:
        """Raises VideoError if there is no picture in the folder, or the first cannot be read."""
        self.path, self.name = path, path.resolve().name
        try:
            found = picture_paths(path)
        except OSError as error:
            raise VideoError(
                "{path} cannot be read ({reason}): choose another folder", path=path, reason=error.strerror
            ) from error
        if not found:
            raise _nothing_in(path)
        by_stem: dict[str, Path] = {}
        for picture in found:
            by_stem.setdefault(picture.stem, picture)
        self._pictures = list(by_stem.values())
        self.stems: Sequence[str] = list(by_stem)
        left_out = len(found) - len(by_stem)
        self.warnings: Sequence[Message] = ()
        if left_out:
            self.warnings = (
                Message(
                    "{n} pictures of {name} share their name with another and were left out.",
                    n=left_out,
                    name=path.name,
                ),
            )
        self.size: tuple[int, int] = _read(self._pictures[0]).shape[:2]

    def __len__(self) -> int:
        return len(self._pictures)

    def run_start(self, t: int) -> int:
        """`t`: a picture needs no other."""
        return t

    def read(self, first: int, stop: int) -> Iterator[NDArray[np.uint8]]:
        """Frames `first` to `stop` - 1, in order: RGB, uint8 (H, W, 3), read-only.

        Raises VideoError at a picture that cannot be read or has another size than the first.
        """
        for path in self._pictures[first:stop]:
            frame = _read(path)
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
        return ((u, _Picture(frame)) for u, frame in enumerate(self.read(t, len(self)), t))

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True)
class _Picture:
    pixels: NDArray[np.uint8]

    @property
    def nbytes(self) -> int:
        return self.pixels.nbytes

    def rgb(self) -> NDArray[np.uint8]:
        return self.pixels


def picture_paths(folder: Path) -> list[Path]:
    """The pictures in `folder`, in natural order; hidden files (a Mac's "._00000.jpg") are passed over."""
    found = [
        path
        for path in folder.iterdir()
        if path.suffix.lower() in IMAGE_SUFFIXES and not path.name.startswith(".") and path.is_file()
    ]
    return sorted(found, key=_natural_order)


def _natural_order(path: Path) -> tuple[object, ...]:
    # The split gives text and digits in turns, so that like is always compared with like.
    parts = re.split(r"(\d+)", path.stem)
    numbered = tuple(int(part) if part.isdecimal() else part.casefold() for part in parts)
    return numbered, path.stem, IMAGE_SUFFIXES.index(path.suffix.lower())


def _read(path: Path) -> NDArray[np.uint8]:
    try:
        with Image.open(path) as image:
            frame = _to_rgb(ImageOps.exif_transpose(image))
    except (OSError, SyntaxError, ValueError) as error:  # Pillow's PNG reader reports damage as SyntaxError
        raise VideoError(
            "{path} cannot be read as a picture: replace it, or take it out of the folder", path=path
        ) from error
    frame.flags.writeable = False
    return frame


def _to_rgb(image: Image.Image) -> NDArray[np.uint8]:
    """RGB, uint8 (H, W, 3)."""
    if image.mode.startswith("I"):  # 16 bits of gray, which Pillow would clip
        gray = (np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8)
        return np.repeat(gray[..., None], 3, axis=2)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "black"), image)
    return np.array(image.convert("RGB"))


def _nothing_in(folder: Path) -> VideoError:
    sequences = [child.name for child in sorted(folder.iterdir()) if child.is_dir() and picture_paths(child)]
    if sequences:
        return VideoError(
            "{folder} holds sequences, no pictures: open one of them, such as {example}",
            folder=folder,
            example=folder / sequences[0],
        )
    return VideoError(
        "{folder} holds no pictures ({suffixes}): open a folder that does, or a video",
        folder=folder,
        suffixes=", ".join(IMAGE_SUFFIXES),
    )

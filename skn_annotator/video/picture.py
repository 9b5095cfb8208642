"""One picture of a sequence: what its header tells, and its pixels as RGB of 8 bits.

Transparent parts are laid on black, a camera's orientation mark is obeyed. Deep pictures (16 bits, floats)
are brought to 8 bits by what is shown as white: else a camera's 12 bits in 16 would come out nearly black.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from skn_annotator.arrays import Frame, Size
from skn_annotator.errors import Message, UnreadableFrame, VideoError
from skn_annotator.files import cannot_read, is_out_of_reach
from skn_annotator.video.presentation import over_black

MAX_PIXELS = Image.MAX_IMAGE_PIXELS or 1 << 26
"""Pixels of the largest picture that is read; Pillow's own warning begins there."""

_INTEGER_WHITES = tuple((1 << bits) - 1 for bits in (8, 10, 12, 14, *range(16, 33)))
_FLOAT_WHITES = (1.0, *map(float, _INTEGER_WHITES))
DAMAGE = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, MemoryError),
    *(AssertionError, AttributeError, RuntimeError, struct.error, zlib.error, Image.DecompressionBombError),
)
"""What Pillow's readers raise at damaged files, beside what they should."""

warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)  # MAX_PIXELS tells it as an error


@dataclass(frozen=True)
class Header:
    """What a picture's header tells: its size (H, W) as shown, and if it is one of several pages."""

    size: Size
    has_pages: bool


def read_header(path: Path) -> Header:
    """Of the picture at `path`; raises VideoError if it is none, or too large."""
    with _opened(path) as image:
        width, height = image.size
        # A PNG would be read to its end to look for marks behind the picture.
        marks = image.getexif() if image.format != "PNG" or "exif" in image.info else {}
        turned = marks.get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
        # A JPEG of a camera may hold a small copy of itself: that is no second page.
        has_pages = bool(getattr(image, "is_animated", False)) and image.format != "MPO"
        return Header((width, height) if turned else (height, width), has_pages)


def read_picture(path: Path, white: float | None = None) -> Frame:
    """The picture at `path`: RGB, uint8 (H, W, 3), read-only.

    `white`: the value of deep pictures that is shown as white; None is the default, 65535 or 1.0. Raises
    VideoError if it cannot be read.
    """
    with _opened(path) as image:
        return to_rgb(image, white)


def to_rgb(image: Image.Image, white: float | None = None) -> Frame:
    """The page of `image` that it stands at, as `read_picture`; raises what Pillow raises."""
    if _is_deep(image):
        rgb = _deep_rgb(_deep_values(image), white)
        rgb = np.array(ImageOps.exif_transpose(_with_exif(Image.fromarray(rgb), image)))
    else:
        image = ImageOps.exif_transpose(image)
        if image.has_transparency_data:
            rgb = over_black(np.asarray(image.convert("RGBA")))
        else:
            rgb = np.array(image.convert("RGB"))
    rgb.flags.writeable = False
    return rgb


@dataclass(frozen=True)
class Values:
    """What the values of a picture are like: the greatest one, floats or not, and some less than zero."""

    greatest: float
    are_floats: bool
    go_below_zero: bool


def values_in(path: Path) -> Values | None:
    """Of the picture at `path`, None if it is not deep; VideoError if it cannot be read."""
    with _opened(path) as image:
        return values_of(image)


def values_of(image: Image.Image) -> Values | None:
    """Of the page that `image` stands at, None if it is not deep."""
    if not _is_deep(image):
        return None
    values = _finite(_deep_values(image))
    return Values(float(values.max()), image.mode == "F", bool(values.min() < 0))


def white_for(found: Sequence[Values]) -> float | None:
    """What to show as white, for deep pictures with these values; None if there are none."""
    if not found:
        return None
    most = max(each.greatest for each in found)
    whites = _FLOAT_WHITES if any(each.are_floats for each in found) else _INTEGER_WHITES
    return float(next((white for white in whites if white >= most), most))


def depth_notes(name: str, found: Sequence[Values]) -> Iterator[Message]:
    """What the user should know of the deep pictures of `name`, which have these values."""
    white = white_for(found)
    if white not in (None, 65535):
        yield Message(
            "The pictures of {name} have more than 8 bits: {white} is shown as white.",
            name=name,
            white=f"{white:g}",
        )
    if any(each.go_below_zero for each in found):
        yield Message("Some pictures of {name} go below zero: that is shown as black.", name=name)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """The picture at `path`, open; what goes wrong with it is a VideoError."""
    try:
        with Image.open(path) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_large(path)
            yield image
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except DAMAGE as error:
        kind = UnreadableFrame if path.is_file() else VideoError
        if is_out_of_reach(error):
            raise kind(cannot_read(path, error)) from error
        raise kind(
            "{path} cannot be read as a picture: replace it, or take it out of the folder", path=path
        ) from error


def _too_large(path: Path) -> VideoError:
    return VideoError(
        "{path} is larger than {most} million pixels: make it smaller, or take it out of the folder",
        path=path,
        most=MAX_PIXELS // 1_000_000,
    )


def _is_deep(image: Image.Image) -> bool:
    """True for more than 8 bits; of coloured pages of a stack Pillow keeps the upper 8."""
    if image.mode.startswith(("I", "F")):
        return True
    in_sixteen = any(";16" in str(tile) for tile in getattr(image, "tile", ()))
    return in_sixteen and not getattr(image, "is_animated", False)


def _deep_values(image: Image.Image) -> NDArray[Any]:
    """The values as they are stored: (H, W), or RGB or RGBA (H, W, 3 or 4)."""
    if image.mode.startswith(("I", "F")):
        values = np.asarray(image)
        return values.view(np.uint32) if _is_unsigned(image) else values
    file = Path(getattr(image, "filename", ""))
    stored = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    if stored is None or stored.dtype == np.uint8:
        return np.asarray(image.convert("RGBA")).astype(np.uint16) * 257
    if stored.ndim == 2:
        return stored
    return cv2.cvtColor(stored, cv2.COLOR_BGR2RGB if stored.shape[2] == 3 else cv2.COLOR_BGRA2RGBA)


def _is_unsigned(image: Image.Image) -> bool:
    """True for a TIFF of 32 bits without a sign, which Pillow reads as if they had one."""
    tags = getattr(image, "tag_v2", {})
    bits, kinds = (tags.get(tag) for tag in (ExifTags.Base.BitsPerSample, ExifTags.Base.SampleFormat))
    return image.mode == "I" and bits == (32,) and kinds in (None, (1,))


def _finite(values: NDArray[Any]) -> NDArray[Any]:
    return np.where(np.isfinite(values), values, 0) if values.dtype.kind == "f" else values


def _deep_rgb(values: NDArray[Any], white: float | None) -> Frame:
    if values.dtype.kind == "f":
        eight = np.rint(np.clip(_finite(values) / (white or 1.0), 0, 1) * 255).astype(np.uint8)
    else:
        bits = int(white or 65535).bit_length()
        eight = np.clip(values.astype(np.int64) >> (bits - 8), 0, 255).astype(np.uint8)
    if eight.ndim == 2:
        return np.repeat(eight[..., None], 3, axis=2)
    return over_black(eight) if eight.shape[2] == 4 else eight


def _with_exif(rgb: Image.Image, source: Image.Image) -> Image.Image:
    rgb.getexif()[ExifTags.Base.Orientation] = source.getexif().get(ExifTags.Base.Orientation, 1)
    return rgb

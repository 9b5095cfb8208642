"""One frame's mask: id map <-> palette-PNG bytes.

A mask at rest is the bytes of a DAVIS palette PNG: in memory, in the history, on disk and in the export. An
id map is uint8 (H, W): 0 background, 1-254 objects, 255 void (counts for nothing; only data sets have it).
Pillow reads the files because OpenCV destroys a palette; they are written here, chunk by chunk (PNG 1.2),
because Pillow holds Python's other threads up meanwhile. Which frame a mask belongs to is not known here.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from skn_annotator.arrays import Mask, Size
from skn_annotator.errors import FormatError, Message
from skn_annotator.palette import DAVIS_PALETTE, VOID

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PALETTE = 3
"""The type of a PNG whose pixels are places in a palette."""
_PALETTE_BYTES = DAVIS_PALETTE.tobytes()
_REMEDY = Message("save it as a palette or 8-bit gray PNG whose values are object ids")


def encode_mask(mask: Mask) -> bytes:
    """The id map `mask`, uint8 (H, W), as the bytes of an 8-bit palette PNG with DAVIS's colours."""
    height, width = mask.shape
    rows = np.zeros((height, width + 1), np.uint8)  # a row begins with its filter: 0 is none
    rows[:, 1:] = mask
    header = struct.pack(">IIBBBBB", width, height, 8, _PALETTE, 0, 0, 0)
    # Against the usual level 6: under half the time to write and to read, for about half as many bytes more.
    pixels = zlib.compress(rows.data, 3)
    chunks = ((b"IHDR", header), (b"PLTE", _PALETTE_BYTES), (b"IDAT", pixels), (b"IEND", b""))
    return b"".join((_SIGNATURE, *(part for name, data in chunks for part in _chunk(name, data))))


def _chunk(name: bytes, data: bytes) -> tuple[bytes, ...]:
    return struct.pack(">I", len(data)), name, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))


def decode_mask(data: bytes) -> Mask:
    """The id map in `data`, which `encode_mask` made: a new, writable uint8 (H, W)."""
    with Image.open(BytesIO(data)) as image:
        return np.array(image)


def encoded_size(data: bytes) -> Size:
    """(H, W) of the mask in `data`, from its header alone."""
    with Image.open(BytesIO(data)) as image:
        return image.height, image.width


def is_of_size(path: Path, size: Size) -> bool:
    """Whether the image file `path` says that it is of `size`, (H, W); only its header is read."""
    try:
        with Image.open(path) as image:
            return (image.height, image.width) == size
    except (OSError, SyntaxError):
        return False


def read_mask(path: Path, size: Size | None = None) -> Mask:
    """The id map of the image file `path`, as a new, writable uint8 (H, W).

    Palette, gray and bilevel images are read. A mask that holds no values but 0 and 255 is binary: 255
    becomes 1. Raises FormatError, with the file and the remedy, if it is no image, is colour or 16 bit, or is
    not `size`, (H, W).
    """
    with _image_errors(path), Image.open(path) as image:
        _check_mode(path, image.mode)
        mask = np.array(image, np.uint8)
    if size is not None and mask.shape != size:
        (height, width), (wanted_height, wanted_width) = mask.shape, size
        raise FormatError(
            "{path} is {size}, but the frames are {wanted}: resize the mask with nearest-neighbour sampling",
            path=path,
            size=f"{width} x {height}",
            wanted=f"{wanted_width} x {wanted_height}",
        )
    return np.minimum(mask, 1) if object_ids(mask) == () and mask.any() else mask


def object_ids(mask: Mask) -> tuple[int, ...]:
    """The object ids in `mask`, ascending, without background and void."""
    counts = cv2.calcHist([mask], [0], None, [256], [0, 256]).ravel()
    return tuple(int(i) for i in np.flatnonzero(counts) if i not in (0, VOID))


@contextmanager
def _image_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise FormatError("{path} does not exist: check the path of the mask", path=path) from error
    except UnidentifiedImageError as error:
        raise FormatError("{path} is not an image: {remedy}", path=path, remedy=_REMEDY) from error
    except (OSError, SyntaxError) as error:  # Pillow's PNG reader reports a broken chunk as SyntaxError
        raise FormatError(
            "{path} cannot be read ({reason}): {remedy}", path=path, reason=str(error), remedy=_REMEDY
        ) from error


def _check_mode(path: Path, mode: str) -> None:
    if mode in ("P", "L", "1"):
        return
    if mode.startswith("I"):
        raise FormatError("{path} has 16 or more bits per pixel: {remedy}", path=path, remedy=_REMEDY)
    raise FormatError(
        "{path} is a colour image (mode {mode}): {remedy}", path=path, mode=mode, remedy=_REMEDY
    )

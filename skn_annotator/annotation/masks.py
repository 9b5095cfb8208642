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
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from skn_annotator.annotation.mask_pixels import REMEDY, ids_in
from skn_annotator.arrays import Mask, Size
from skn_annotator.errors import FormatError
from skn_annotator.files import cannot_read, exists, is_out_of_reach
from skn_annotator.palette import DAVIS_PALETTE, VOID

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LAST_FILTER = 4  # of PNG, section 9.2
_PALETTE = 3
"""The PNG colour type of indexed pixels (PNG 1.2, section 4.1.1)."""
_PALETTE_BYTES = DAVIS_PALETTE.tobytes()

PICTURE_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
"""What Pillow raises at a damaged picture, depending on where the damage is."""


def encode_mask(mask: Mask) -> bytes:
    """The id map `mask`, uint8 (H, W), as the bytes of an 8-bit palette PNG with DAVIS's colours."""
    height, width = mask.shape
    rows = np.zeros((height, width + 1), np.uint8)  # PNG: each row begins with a filter type, 0 is none
    rows[:, 1:] = mask
    header = struct.pack(">IIBBBBB", width, height, 8, _PALETTE, 0, 0, 0)
    # Level 3 instead of the default 6: under half the time to write and read, for about 50 % more bytes.
    pixels = zlib.compress(rows.data, 3)
    chunks = ((b"IHDR", header), (b"PLTE", _PALETTE_BYTES), (b"IDAT", pixels), (b"IEND", b""))
    return b"".join((_SIGNATURE, *(part for name, data in chunks for part in _chunk(name, data))))


def _chunk(name: bytes, data: bytes) -> tuple[bytes, ...]:
    return struct.pack(">I", len(data)), name, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))


def decode_mask(data: bytes) -> Mask:
    """The id map in `data`, which `encode_mask` made: a new, writable uint8 (H, W)."""
    with Image.open(BytesIO(data)) as image:
        return np.array(image)


def is_mask(data: bytes, size: Size) -> bool:
    """Whether `data` decodes to an id map of `size`, (H, W)."""
    try:
        mask = decode_mask(data)
    except PICTURE_ERRORS:
        return False
    return mask.dtype == np.uint8 and mask.shape == size


def is_whole_png(data: bytes, size: Size, inflate: bool = False) -> bool:
    """Whether `data` is a palette PNG of `size`, (H, W), with all its chunks; the pixels are not decoded.

    `inflate`: also whether they could be: there are rows enough, each with a filter that there is.
    """
    height, width = size
    if data[:16] != _SIGNATURE + struct.pack(">I4s", 13, b"IHDR"):
        return False
    if data[16:26] != struct.pack(">IIBB", width, height, 8, _PALETTE):
        return False
    at, name, packed = len(_SIGNATURE), b"", b""
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if data[end - 4 : end] != struct.pack(">I", zlib.crc32(data[at + 4 : end - 4])):
            return False
        packed += data[at + 8 : end - 4] if inflate and name == b"IDAT" else b""
        at = end
    return at == len(data) and name == b"IEND" and (not inflate or _holds_rows(packed, height, 1 + width))


def _holds_rows(packed: bytes, height: int, length: int) -> bool:
    """Whether zlib's stream `packed` holds `height` rows of `length` bytes, the first of each a filter."""
    stream = zlib.decompressobj()
    try:
        rows = stream.decompress(packed, height * length + 1)
    except zlib.error:
        return False
    return stream.eof and len(rows) == height * length and max(rows[::length]) <= _LAST_FILTER


def is_of_size(path: Path, *sizes: Size | None) -> bool:
    """True if the header of the image file `path` gives one of `sizes`, (H, W)."""
    size = size_of(path)
    return size is not None and size in sizes


def size_of(path: Path) -> Size | None:
    """(H, W) by the header of the image file `path`, None if it gives none; the pixels are not read."""
    if not exists(path) or not path.is_file():
        return None
    try:
        with Image.open(path) as image:
            return image.height, image.width
    except PICTURE_ERRORS:
        return None


def read_mask(
    path: Path | str,
    size: Size | None = None,
    *,
    stored: Size | None = None,
    cut_mattes: bool = False,
    white_is_void: bool = False,
) -> Mask:
    """The id map of the image file `path`, as a new, writable uint8 (H, W).

    Palette, gray and bilevel images are read; `mask_pixels` says how, and what `cut_mattes` and
    `white_is_void` do. `stored`: the frames' size as a video of pixels that are not square stores it; a mask
    of that size is scaled to `size`. Raises FormatError, with the file and the remedy, if it is no image,
    holds no ids, or is neither of `size`, (H, W), nor of `stored`.
    """
    path = Path(path)
    if not exists(path):
        raise FormatError("{path} does not exist: check the path of the mask", path=path)
    if not path.is_file():
        raise FormatError("{path} is not a file: check the path of the mask", path=path)
    with _image_errors(path), Image.open(path) as image:
        if "exif" in image.info:  # apply the EXIF orientation, as is done for frames
            ImageOps.exif_transpose(image, in_place=True)
        if size is not None and (image.height, image.width) not in (size, stored):
            raise _wrong_size(path, (image.height, image.width), size)
        image.load()
        ids = ids_in(image, path, cut_mattes, white_is_void)
        return ids if size is None else scaled(ids, size)


def scaled(mask: Mask, size: Size) -> Mask:
    """`mask` at `size`, (H, W): each pixel is the nearest one's; itself where it has that size."""
    if mask.shape == size:
        return mask
    return cv2.resize(mask, size[::-1], interpolation=cv2.INTER_NEAREST_EXACT).astype(np.uint8, copy=False)


def object_ids(mask: Mask) -> tuple[int, ...]:
    """The object ids in `mask`, ascending, without background and void."""
    return tuple(object_areas(mask))


def object_areas(mask: Mask) -> dict[int, int]:
    """How many pixels of `mask` each object has, by id, ascending, without background and void."""
    counts = cv2.calcHist([mask], [0], None, [256], [0, 256]).ravel()
    return {int(i): int(counts[i]) for i in np.flatnonzero(counts) if i not in (0, VOID)}


def object_checksum(mask: Mask, object_id: int, t: int) -> int:
    """A checksum of an object's pixels on frame `t`, which no other pixels or frame have: 63 bits of BLAKE2
    of its area's bits, with `t` as the salt. It is larger than any `crc_checksum`."""
    bits = np.packbits(mask == object_id).data
    digest = blake2b(bits, digest_size=8, salt=t.to_bytes(8, "little")).digest()
    return int.from_bytes(digest, "little") | 1 << 63


@contextmanager
def _image_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except UnidentifiedImageError as error:
        raise FormatError("{path} is not an image: {remedy}", path=path, remedy=REMEDY) from error
    except PICTURE_ERRORS as error:
        if is_out_of_reach(error):
            raise FormatError(cannot_read(path, error)) from error
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise FormatError(
            "{path} cannot be read ({reason}): {remedy}", path=path, reason=reason, remedy=REMEDY
        ) from error


def _wrong_size(path: Path, size: Size, wanted: Size) -> FormatError:
    shown, frames = (f"{width} x {height}" for height, width in (size, wanted))
    if size == wanted[::-1]:
        return FormatError(
            "{path} is {size}, but the frames are {wanted}, turned as their camera noted: turn the mask by a "
            "quarter, too, so that it lies as the frames are shown",
            path=path,
            size=shown,
            wanted=frames,
        )
    return FormatError(
        "{path} is {size}, but the frames are {wanted}: resize the mask with nearest-neighbour sampling",
        path=path,
        size=shown,
        wanted=frames,
    )

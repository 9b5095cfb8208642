"""How a decoded frame of a video is shown: upright, in shape, over black.

A container may ask for turned or mirrored frames (its display matrix, ISO/IEC 14496-12, section 6.2.2), and
for pixels that are not square (DV, DVD): those are scaled to square ones, never to fewer. Transparent parts
are laid on black, as those of pictures are.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from av.sidedata.sidedata import Type as SideData
from numpy.typing import NDArray

from skn_annotator.arrays import Frame, Size
from skn_annotator.errors import Message

_LEAST, _MOST = 1.01, 5.0
"""Times that a pixel is as wide as high, or as high as wide: less is not worth a new size of everything, and
more is damage."""


class Presentation:
    """How the frames of one video are shown; the first frame decides for all."""

    def __init__(self, frame: Any, stream: Any) -> None:
        self._matrix = _display_matrix(frame)
        self.stored = frame.width, frame.height
        self._shape = _square(frame.width, frame.height, stream.sample_aspect_ratio)
        self._transparent = frame.format.has_palette or any(part.is_alpha for part in frame.format.components)
        self._shows_through = self._transparent and bool((self._read(frame, "rgba")[..., 3] < 255).any())
        width, height = self._shape
        self.size: Size = (height, width) if self._matrix[0] else (width, height)
        self.stored_size: Size = self.stored[::-1] if self._matrix[0] else self.stored

    def rgb(self, frame: Any) -> Frame:
        """A frame as it is shown: RGB, uint8 (H, W, 3), read-only."""
        rgb = over_black(self._read(frame, "rgba")) if self._transparent else self._read(frame, "rgb24")
        a, b, c, d = self._matrix
        upright = (rgb if a else rgb.transpose(1, 0, 2))[:: d or b, :: a or c]
        shown = np.ascontiguousarray(upright)
        shown.flags.writeable = False
        return shown

    def notes(self, name: str) -> Iterator[Message]:
        """What the user should know of the shape and the ground."""
        if self._shape != self.stored:
            yield Message(
                "The pixels of {name} are not square: its frames are shown, and masks made, in {shown} "
                "instead of the stored {stored}.",
                name=name,
                shown="{} x {}".format(*self._shape),
                stored="{} x {}".format(*self.stored),
            )
        if self._shows_through:
            yield Message("{name} has transparent parts: they are shown over black.", name=name)

    def _read(self, frame: Any, pixels: str) -> Frame:
        # One thread: waking others takes longer than the conversion.
        width, height = self._shape
        read: Frame = frame.to_ndarray(format=pixels, width=width, height=height, threads=1)
        return read


def over_black(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """RGBA, uint8 (H, W, 4), laid on black: RGB, uint8 (H, W, 3)."""
    product = rgba[..., :3].astype(np.uint16) * rgba[..., 3:]
    return ((product + 127) // 255).astype(np.uint8)


def _display_matrix(frame: Any) -> tuple[int, int, int, int]:
    """(a, b, c, d), each -1, 0 or 1: what is at (x, y) is shown at (ax + cy, bx + dy), up to a shift."""
    data = next((bytes(s) for s in frame.side_data if s.type == SideData.DISPLAYMATRIX), b"")
    if len(data) < 36:
        return 1, 0, 0, 1
    a, b, _, c, d = np.frombuffer(data, np.int32, 5).astype(float)
    if abs(a * d) >= abs(b * c):
        return (-1 if a < 0 else 1), 0, 0, (-1 if d < 0 else 1)
    return 0, (-1 if b < 0 else 1), (-1 if c < 0 else 1), 0


def _square(width: int, height: int, aspect: Any) -> tuple[int, int]:
    """The width and height in square pixels of a frame whose pixels are `aspect` times as wide as high."""
    shape = float(aspect) if aspect else 1.0
    if _LEAST <= shape <= _MOST:
        return round(width * shape), height
    if _LEAST <= 1 / (shape or 1.0) <= _MOST:
        return width, round(height / shape)
    return width, height

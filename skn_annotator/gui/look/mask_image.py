"""MaskImage: an id map as a picture to draw over the frame, recomputed only where the mask changed.

The pixels are numpy's and Qt draws them without a copy. Colours come from the objects; which of them are
hidden, which one is active and drawn brighter, and the mode of view are baked into two look-up tables.
"""

from collections.abc import Iterable

import numpy as np
from PySide6.QtGui import QImage

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.raster import look_up
from skn_annotator.arrays import Color, Frame, Mask, Pixels, Rect, Size
from skn_annotator.gui.look.display import Mode
from skn_annotator.gui.look.object_colors import shown_color
from skn_annotator.gui.look.outline_color import OutlineColor

_HALO = 0.45
"""Opacity of the dark line around an object, which sets its outline off from a frame of the same colour."""


_BACKDROP = (38, 40, 44)
"""The background of cut-out objects: a dark, even grey that no frame has."""


class MaskImage:
    """The picture of one mask of `size` (H, W); `image` shares its memory with this object."""

    def __init__(self, size: Size) -> None:
        height, width = size
        # Filled, not zeros: memory that was never touched would hold up the first stroke.
        self._pixels = np.full((height, width), 0, np.uint32)
        self.image = QImage(
            self._pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
        )
        self._shown = np.zeros(256, np.uint8)  # id -> id, 0 for hidden objects
        self._fill = np.zeros(256, np.uint32)
        self._line = np.zeros(256, np.uint32)
        self._thickness = 1
        self._mode = Mode.OVERLAY
        self._bounds: Rect = (0, 0, 0, 0)
        self._drawn: Mask | None = None
        self._outline_color: OutlineColor | None = None

    def set_frame(self, rgb: Frame | None) -> None:
        """The frame that the next `show` draws over; outlines stand out from it. None: it is not known."""
        self._outline_color = None if rgb is None else OutlineColor(rgb)

    def set_look(
        self,
        objects: Iterable[AnnotatedObject],
        active: int | None,
        opacity: float,
        thickness: int,
        mode: Mode = Mode.OVERLAY,
    ) -> None:
        """Colours for the next `show` or `update`; `opacity` 0-1, outline `thickness` in image pixels."""
        for table in (self._shown, self._fill, self._line):
            table[:] = 0
        self._thickness = thickness
        self._mode = mode
        for shown in objects:
            if shown.visible:
                chosen = shown.id == active
                self._shown[shown.id] = shown.id
                self._fill[shown.id] = _fill_of(shown, chosen, opacity, mode)
                self._line[shown.id] = _premultiplied(
                    _lighter(shown_color(shown), 0.7 if chosen else 0.25), 1.0
                )
        self._line[0] = _premultiplied((0, 0, 0), _HALO)
        if self._covers:
            self._fill[0] = _premultiplied((0, 0, 0) if mode is Mode.MASK else _BACKDROP, 1.0)

    @property
    def _covers(self) -> bool:
        """True if the mode hides the frame outside the objects; then no outlines are drawn."""
        return self._mode in (Mode.MASK, Mode.CUT_OUT)

    def show(self, mask: Mask | None) -> None:
        """Draw the whole `mask`; None: no mask, all is transparent."""
        self._drawn = mask
        x0, y0, x1, y1 = self._bounds
        self._pixels[y0:y1, x0:x1] = 0
        self._bounds = (0, 0, 0, 0)
        if self._covers:
            self._show_all(mask)
        elif mask is not None:
            self._bounds = self._grown(_bounds(mask))
            self._draw(mask, self._bounds)

    def holds(self, mask: Mask | None) -> bool:
        """True if this very array was drawn last, with every change in it."""
        return mask is not None and mask is self._drawn

    def _show_all(self, mask: Mask | None) -> None:
        height, width = self._pixels.shape
        self._bounds = (0, 0, width, height)
        if mask is None:
            self._pixels[:] = self._fill[0]
        else:
            self._draw(mask, self._bounds)

    def update(self, mask: Mask, rect: Rect) -> Rect:
        """Draw `mask` again where it changed; return the part of the picture that may differ."""
        self._drawn = mask
        grown = self._grown(rect)
        self._draw(mask, grown)
        self._bounds = _union(self._bounds, grown)
        return grown

    def _grown(self, rect: Rect) -> Rect:
        d, (height, width) = self._thickness, self._pixels.shape
        return max(0, rect[0] - d), max(0, rect[1] - d), min(width, rect[2] + d), min(height, rect[3] + d)

    def _draw(self, mask: Mask, rect: Rect) -> None:
        x0, y0, x1, y1 = rect
        if x0 >= x1 or y0 >= y1:
            return
        if self._covers:
            look_up(self._fill[self._shown], mask[y0:y1, x0:x1], out=self._pixels[y0:y1, x0:x1])
            return
        left, top, right, bottom = self._grown(rect)
        block = look_up(self._shown, mask[top:bottom, left:right])
        inside = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
        edge = _edge(block, self._thickness)[inside]
        ids, pixels = block[inside], self._pixels[y0:y1, x0:x1]
        look_up(self._fill, ids, out=pixels)
        lines = self._line[ids[edge]]
        if self._outline_color is not None:
            rows, columns = np.nonzero(edge)
            inner = ids[edge] > 0  # the dark line around the objects stays as it is
            lines[inner] = self._outline_color.choose(lines[inner], rows[inner] + y0, columns[inner] + x0)
        pixels[edge] = lines


def _fill_of(shown: AnnotatedObject, chosen: bool, opacity: float, mode: Mode) -> int:
    if mode in (Mode.OUTLINE, Mode.CUT_OUT):
        return 0
    if mode is Mode.MASK:
        return _premultiplied(shown_color(shown), 1.0)
    return _premultiplied(shown_color(shown), opacity if chosen else 0.75 * opacity)


def _edge(block: Mask, distance: int) -> Pixels:
    """Where a pixel's id differs from that of the pixel `distance` away, along rows or columns."""
    edge = np.zeros(block.shape, bool)
    differs = block[distance:] != block[:-distance]
    edge[distance:] = differs
    edge[:-distance] |= differs
    differs = block[:, distance:] != block[:, :-distance]
    edge[:, distance:] |= differs
    edge[:, :-distance] |= differs
    return edge


def _bounds(mask: Mask) -> Rect:
    rows = np.flatnonzero(mask.any(axis=1))
    if rows.size == 0:
        return 0, 0, 0, 0
    columns = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _union(a: Rect, b: Rect) -> Rect:
    if a[0] >= a[2]:
        return b
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _lighter(color: Color, amount: float) -> Color:
    red, green, blue = (round(channel + (255 - channel) * amount) for channel in color)
    return red, green, blue


def _premultiplied(color: Color, alpha: float) -> int:
    red, green, blue = (round(channel * alpha) for channel in color)
    return round(255 * alpha) << 24 | red << 16 | green << 8 | blue

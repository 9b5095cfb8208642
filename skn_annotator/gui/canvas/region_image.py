"""A region of the frame as a picture to draw over it."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from skn_annotator.app.tasks.assistant import FoundRegion
from skn_annotator.arrays import Pixels


def region_image(region: FoundRegion, fill: QColor, edge: QColor | None = None) -> tuple[QImage, QRectF]:
    """The true pixels of `region` in the colour `fill`, their outline in `edge`; and where it lies."""
    pixels, (x, y) = region
    height, width = pixels.shape
    colored = np.where(pixels, np.uint32(_premultiplied(fill)), np.uint32(0))
    if edge is not None:
        colored[_edge(pixels)] = _premultiplied(edge)
    image = QImage(colored.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy(), QRectF(x, y, width, height)


def _premultiplied(color: QColor) -> int:
    alpha = color.alpha()
    red, green, blue = (channel * alpha // 255 for channel in (color.red(), color.green(), color.blue()))
    return alpha << 24 | red << 16 | green << 8 | blue


def _edge(pixels: Pixels) -> Pixels:
    """The true pixels of which a neighbour is false."""
    padded = np.pad(pixels, 1)
    inner = padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    return pixels & ~inner

"""Flash: pixels of the frame that light up for a moment, where an assisted selection changed by itself."""

import numpy as np
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from skn_annotator.app.tasks.assisted_selection import FoundRegion
from skn_annotator.gui.look import OVER_FRAME

_LASTS_MS = 450
_STEPS = 6
_STRONGEST = 0.8


class Flash(QObject):
    """Fades from bright to nothing in half a second."""

    changed = Signal(QRectF)  # the part of the frame to draw again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._area = QRectF()
        self._left = 0
        self._timer = QTimer(self, interval=_LASTS_MS // _STEPS)
        self._timer.timeout.connect(self._fade)

    def start(self, region: FoundRegion) -> None:
        """Light up the true pixels of `region`, in place of those that still fade."""
        pixels, (x, y) = region
        height, width = pixels.shape
        color = OVER_FRAME.color("text").rgba()
        colored = np.where(pixels, np.uint32(color), np.uint32(0))
        self.changed.emit(self._area)
        self._image = QImage(
            colored.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
        ).copy()
        self._area = QRectF(x, y, width, height)
        self._left = _STEPS
        self._timer.start()
        self.changed.emit(self._area)

    def paint(self, painter: QPainter) -> None:
        """Draw it over the frame, in image coordinates."""
        if self._left:
            painter.setOpacity(_STRONGEST * self._left / _STEPS)
            painter.drawImage(self._area.topLeft(), self._image)
            painter.setOpacity(1.0)

    def _fade(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
        self.changed.emit(self._area)

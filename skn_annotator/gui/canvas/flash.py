"""Flash: pixels of the frame that light up for a moment, where an assisted selection changed by itself."""

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from skn_annotator.app.tasks.assistant import FoundRegion
from skn_annotator.gui.canvas.region_image import region_image
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
        self.changed.emit(self._area)
        self._image, self._area = region_image(region, OVER_FRAME.color("text"))
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

"""MaskPreview: a frame with a mask that is not in the annotation yet, and a slider through such frames."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.arrays import Color, Mask, Pixels
from skn_annotator.gui.look import MaskImage, caption, column, image_of, row, theme

Kind = TypeVar("Kind", np.uint8, np.bool_)

_WIDTH, _TALLEST = 400, 300
_REMOVED, _ADDED = (255, 90, 80), (90, 230, 120)


class MaskPreview(QWidget):
    """Shows one of `frames`; whoever owns it hears `frame_changed` and gives the mask of that frame."""

    frame_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.frames: Sequence[int] = ()
        self._masks: QImage | None = None
        height, width = session.document.annotation.size
        scale = min(_WIDTH / width, _TALLEST / height)
        self._size = QSize(max(1, round(scale * width)), max(1, round(scale * height)))
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(_WIDTH, self._size.height())
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("Frame"))
        self.number = caption(role="Hint")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance(tr("frame {t}")) + 24)
        column(self.picture, row((self.slider, 1), self.number, spacing=-1), margins=(0, 0, 0, 0), of=self)
        self.slider.valueChanged.connect(self._on_slider)
        session.viewer.thumbnail_arrived.connect(self._draw)
        self.set_frames(())

    @property
    def frame(self) -> int | None:
        """The frame that is shown; None if there are none."""
        return self.frames[self.slider.value()] if self.frames else None

    def set_frames(self, frames: Sequence[int], at: int | None = None) -> None:
        """Offer these frames, and show `at`, or the nearest to it."""
        self.frames = frames
        nearest = min(range(len(frames)), key=lambda n: abs(frames[n] - (at or 0)), default=0)
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(frames) - 1))
        self.slider.setValue(nearest)
        self.slider.blockSignals(False)
        self.slider.setEnabled(len(frames) > 1)
        self._on_slider()

    def show_mask(
        self,
        mask: Mask | None,
        objects: Sequence[AnnotatedObject],
        removed: Pixels | None = None,
        added: Pixels | None = None,
    ) -> None:
        """Draw `mask` (H, W) over the frame; what `removed` and `added` hold stands out, be it one pixel."""
        if mask is None:
            self._masks = None
        else:
            few = _nearest(mask, self._size)
            image = MaskImage((few.shape[0], few.shape[1]))
            image.set_look(objects, None, 0.6, 1)
            image.show(few)
            self._masks = image.image.copy()
            for region, color in ((removed, _REMOVED), (added, _ADDED)):
                if region is not None:
                    _draw_region(self._masks, _any(region, self._size), color)
        self._draw()

    def _on_slider(self) -> None:
        t = self.frame
        shown = t is not None and 0 <= t < self._session.document.annotation.length
        self.number.setText(tr("frame {t}").format(t=t + 1) if shown and t is not None else "")
        if shown and t is not None:
            self._session.viewer.want_thumbnails([t], "preview")
        self.frame_changed.emit()
        self._draw()

    def _draw(self) -> None:
        t = self.frame
        rgb = None if t is None else self._session.viewer.thumbnail(t)
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self._size * ratio)
        picture.fill(theme.color("backdrop"))  # until the frame is there, or if there is none
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if rgb is not None:
            painter.drawImage(picture.rect(), image_of(rgb))
        if self._masks is not None:
            painter.drawImage(picture.rect(), self._masks)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        self.picture.setPixmap(picture)


def _nearest(pixels: NDArray[Kind], size: QSize) -> NDArray[Kind]:
    rows = np.arange(size.height()) * pixels.shape[0] // size.height()
    columns = np.arange(size.width()) * pixels.shape[1] // size.width()
    return np.ascontiguousarray(pixels[rows[:, None], columns])


def _any(region: Pixels, size: QSize) -> Pixels:
    """`region` at `size`; made smaller, it is true where any of its pixels is."""
    y, x = np.nonzero(region)
    small = _nearest(region, size)
    small[y * size.height() // region.shape[0], x * size.width() // region.shape[1]] = True
    return small


def _draw_region(image: QImage, region: Pixels, color: Color) -> None:
    pixels = np.frombuffer(image.bits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    pixels[:, : region.shape[1]][region] = (*color[::-1], 255)

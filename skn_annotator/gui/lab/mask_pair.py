"""MaskPair: the mask that a frame has and another one for the active object, side by side, zoomed together.

In the second picture green is what it adds to the first, and red what it takes away.
"""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem

from skn_annotator.app.language import tr, translatable
from skn_annotator.arrays import Frame, Pixels
from skn_annotator.gui.look import image_of, set_texts, theme

_KEPT, _ADDED, _REMOVED = (90, 162, 247, 120), (90, 230, 120, 190), (255, 90, 80, 190)  # RGBA


class MaskPair(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Two pictures of one frame."""

    def __init__(self) -> None:
        super().__init__()
        set_texts(self, accessibleName=translatable("The mask that is there, and the other one"))
        self.setBackground(theme.color("surface"))
        self.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.ci.layout.setVerticalSpacing(0)
        self._titles = [self.addLabel("", 0, column, color=theme.color("text")) for column in (0, 1)]
        self.boxes: list[Any] = []
        self._pictures: list[QGraphicsPixmapItem] = []
        self.masks: list[Any] = []
        for column in (0, 1):
            box = self.addViewBox(1, column, lockAspect=True, invertY=True, enableMenu=False)
            picture = QGraphicsPixmapItem()
            picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
            mask = pg.ImageItem(axisOrder="row-major")
            box.addItem(picture, ignoreBounds=True)
            box.addItem(mask, ignoreBounds=True)
            self.boxes.append(box)
            self._pictures.append(picture)
            self.masks.append(mask)
        self.boxes[1].setXLink(self.boxes[0])
        self.boxes[1].setYLink(self.boxes[0])

    def show_frame(self, frame: Frame | None) -> None:
        """The picture of both; None: there is nothing to compare."""
        for box, picture in zip(self.boxes, self._pictures, strict=True):
            box.setVisible(frame is not None)
            if frame is not None:
                gray = image_of(frame).convertToFormat(QImage.Format.Format_Grayscale8)  # colours are masks
                picture.setPixmap(QPixmap.fromImage(gray))
        if frame is not None:
            self.boxes[0].setRange(QRectF(0, 0, frame.shape[1], frame.shape[0]), padding=0)

    def show_masks(self, stored: Pixels, other: Pixels | None) -> None:
        """The two masks of the object, bool (H, W); `other` None: it is being computed."""
        self._titles[0].setText(tr("Stored"))
        self._titles[1].setText(tr("What if"))
        colors = np.zeros((*stored.shape, 4), np.uint8)
        colors[stored] = _KEPT
        self.masks[0].setImage(colors)
        if other is None:
            self.masks[1].setImage(np.zeros_like(colors))
            return
        second = np.zeros_like(colors)
        second[stored & other] = _KEPT
        second[other & ~stored] = _ADDED
        second[stored & ~other] = _REMOVED
        self.masks[1].setImage(second)

"""Thumbnails as the window draws them: a small frame with its masks."""

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from skn_annotator.app.frames.thumbnails import step_of
from skn_annotator.app.session import Session
from skn_annotator.arrays import Frame
from skn_annotator.gui.look.mask_image import MaskImage


def image_of(rgb: Frame) -> QImage:
    """A QImage with a copy of `rgb`, uint8 (h, w, 3)."""
    height, width, _ = rgb.shape
    rgb = np.ascontiguousarray(rgb)
    image = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def fitted(image: QImage, size: QSize, ratio: float) -> QImage:
    """`image` as it fills `size` on a screen of `ratio` pixels per point: made smaller with care, so that it
    need not be when it is drawn."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    scaled = image.scaled(size * ratio, keep, smooth)
    scaled.setDevicePixelRatio(ratio)
    return scaled


def small_picture(session: Session, rgb: Frame, t: int) -> QImage:
    """The thumbnail `rgb`, uint8 (h, w, 3), of frame `t`, with the masks that the frame has now."""
    height, width, _ = rgb.shape
    image = image_of(rgb)
    mask = session.document.mask(t)
    if mask is not None:
        step = step_of(mask.shape[1])
        few = np.ascontiguousarray(mask[::step, ::step][:height, :width])
        masks = MaskImage((few.shape[0], few.shape[1]))
        masks.set_look(session.document.annotation.objects, session.document.active, 0.6, 1)
        masks.show(few)
        painter = QPainter(image)
        painter.drawImage(0, 0, masks.image)
        painter.end()
    return image

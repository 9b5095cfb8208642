"""Frames with the outlines of their objects, as the lab draws them under its maps."""

import numpy as np
from PySide6.QtGui import QImage, QPainter

from skn_annotator.app.frames.thumbnails import step_of
from skn_annotator.app.session import Session
from skn_annotator.arrays import Frame
from skn_annotator.gui.look import MaskImage, Mode, image_of


def outlined(session: Session, rgb: Frame, t: int) -> QImage:
    """`rgb` uint8 (h, w, 3), frame `t` or a thumbnail of it, with the outlines that its objects have now."""
    height, width, _ = rgb.shape
    image = image_of(rgb)
    mask = session.document.mask(t)
    if mask is not None:
        step = 1 if width == mask.shape[1] else step_of(mask.shape[1])
        few = np.ascontiguousarray(mask[::step, ::step][:height, :width])
        outlines = MaskImage((few.shape[0], few.shape[1]))
        document = session.document
        outlines.set_frame(np.ascontiguousarray(rgb[: few.shape[0], : few.shape[1]]))
        outlines.set_look(
            document.annotation.objects, document.active, 0.0, 2 if step == 1 else 1, Mode.OUTLINE
        )
        outlines.show(few)
        painter = QPainter(image)
        painter.drawImage(0, 0, outlines.image)
        painter.end()
    return image

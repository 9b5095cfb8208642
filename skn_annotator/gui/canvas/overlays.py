"""What can be drawn over a frame: the reader's spatial-constrain kernel and the points that it matched.

An overlay is drawn in image coordinates and stays sharp at every zoom. The canvas paints a list of overlays,
whatever they are. They draw what `inference.explain` computed; nothing is computed again here.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from skn_annotator.app.session import Session
from skn_annotator.gui.look import OVER_FRAME, Look


class Overlay(Protocol):
    """Something to draw over a frame."""

    def paint(self, painter: QPainter, scale: float) -> None:
        """Draw with a painter in image coordinates; one image pixel is `scale` widget pixels."""
        ...


class KernelOverlay:
    """The kernel as a heat map: clear where it is least, warm where it is 1."""

    def __init__(self, kernel: NDArray[np.float32], area: tuple[float, float, float, float]) -> None:
        """`kernel`: (h, w) cells in [0, 1] that cover `area` of the image, (x0, y0, x1, y1)."""
        # The kernel's floor is the same everywhere: only what rises above it is worth a colour.
        least = min(float(kernel.min()), 0.99)
        heat = np.clip((kernel - least) / (1 - least), 0, 1)
        self._pixels = _HEAT[(heat * 255).astype(np.uint8)]
        height, width = kernel.shape
        self._image = QImage(
            self._pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
        )
        self._target = QRectF(QPointF(*area[:2]), QPointF(*area[2:]))

    def paint(self, painter: QPainter, scale: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._target, self._image)


class PointsOverlay:
    """The matched points: a dot each, larger where the match is stronger, with a line from where it was."""

    def __init__(
        self, points: NDArray[np.float32], origins: NDArray[np.float32], strength: NDArray[np.float32]
    ) -> None:
        """`points`, `origins`: (N, 2) image (x, y), strongest first; `strength`: (N,) in [0, 1]."""
        self._points = [QPointF(x, y) for x, y in points.tolist()]
        self._origins = [QPointF(x, y) for x, y in origins.tolist()]
        self._strength = strength.tolist()

    def paint(self, painter: QPainter, scale: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        trail = QPen(OVER_FRAME.color("accent", 75), 1.2)
        trail.setCosmetic(True)
        painter.setPen(trail)
        for point, origin in zip(self._points, self._origins, strict=True):
            painter.drawLine(origin, point)
        rim = QPen(QColor(10, 16, 24, 200), 1)
        rim.setCosmetic(True)
        painter.setPen(rim)
        for point, strength in reversed(list(zip(self._points, self._strength, strict=True))):
            radius = (1.5 + 3.5 * strength) / scale
            painter.setBrush(OVER_FRAME.color("accent_hover", round(110 + 145 * strength)))
            painter.drawEllipse(point, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def overlays_of(session: Session, look: Look) -> tuple[list[Overlay], list[Overlay]]:
    """What `look` wants to see of the shown frame: what lies under the masks, and what lies over them."""
    if not (look.kernel or look.points or look.from_frame is not None):
        return [], []
    explanation = session.tasks.passes.matches.explanation(session.viewer.shown, session.document.active)
    if explanation is None:
        return [], []
    below: list[Overlay] = [KernelOverlay(explanation.kernel, explanation.area)] if look.kernel else []
    above: list[Overlay] = []
    if look.points or look.from_frame is not None:
        everywhere = np.ones(len(explanation.points), bool)
        chosen = everywhere if look.from_frame is None else explanation.origin_frames == look.from_frame
        points, origins = explanation.points[chosen], explanation.origins[chosen]
        above.append(PointsOverlay(points, origins, explanation.strength[chosen]))
    return below, above


def _heat_table() -> NDArray[np.uint32]:
    """256 premultiplied ARGB colours: transparent, then violet, orange, pale yellow."""
    stops = np.linspace(0, 1, 5)
    t = np.linspace(0, 1, 256)
    red = np.interp(t, stops, [60, 120, 215, 250, 255])
    green = np.interp(t, stops, [10, 30, 65, 150, 235])
    blue = np.interp(t, stops, [110, 140, 80, 40, 140])
    alpha = np.interp(t, [0, 0.05, 0.4, 1], [0, 0.04, 0.42, 0.62])
    channels = [np.rint(255 * alpha), *(np.rint(c * alpha) for c in (red, green, blue))]
    a, r, g, b = (channel.astype(np.uint32) for channel in channels)
    return (a << 24 | r << 16 | g << 8 | b).astype(np.uint32)


_HEAT = _heat_table()

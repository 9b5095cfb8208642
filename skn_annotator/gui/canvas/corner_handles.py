"""The corners of an outline that was kept: drawn over the frame, and which of them the mouse is on."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from skn_annotator.annotation.outlines import Lines
from skn_annotator.app.corner_edits import Corner
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.tool import Pointer
from skn_annotator.gui.canvas.view import View
from skn_annotator.gui.look import OVER_FRAME

_ON_CORNER, _ON_EDGE = 8.0, 5.0
"""Widget pixels: the mouse is on a corner, or an edge, when it is this near."""
_HALF, _HALF_UNDER_MOUSE = 3.0, 5.0


class Spot(NamedTuple):
    """What the mouse is on: a corner, or with `is_edge` the edge that follows it."""

    corner: Corner
    is_edge: bool


def spot_at(lines: Lines, pointer: Pointer) -> Spot | None:
    """The nearest corner of `lines` that the mouse is on, else the nearest edge."""
    corners = [
        (_apart(xy, pointer.xy), (n, k)) for n, line in enumerate(lines) for k, xy in enumerate(line.corners)
    ]
    apart, corner = min(corners, default=(float("inf"), (0, 0)))
    if apart * pointer.scale <= _ON_CORNER:
        return Spot(corner, is_edge=False)
    edges = [
        (_apart_from_edge(line.corners[k], line.corners[(k + 1) % len(line.corners)], pointer.xy), (n, k))
        for n, line in enumerate(lines)
        for k in range(len(line.corners))
    ]
    apart, corner = min(edges, default=(float("inf"), (0, 0)))
    return Spot(corner, is_edge=True) if apart * pointer.scale <= _ON_EDGE else None


def paint_handles(painter: QPainter, view: View, lines: Lines, spot: Spot | None) -> None:
    """Draw `lines` with a square on each corner, in widget coordinates; the one under the mouse is larger."""
    for n, line in enumerate(lines):
        points = [QPointF(*view.to_widget(xy)) for xy in line.corners]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.DashLine if line.erases else Qt.PenStyle.SolidLine
        for pen in (QPen(QColor(0, 0, 0, 130), 2.5), QPen(QColor(255, 255, 255, 220), 1, style)):
            painter.setPen(pen)
            painter.drawPolygon(QPolygonF(points))
        painter.setPen(QPen(QColor(0, 0, 0, 190), 1))
        for k, at in enumerate(points):
            is_under = spot == Spot((n, k), is_edge=False)
            half = _HALF_UNDER_MOUSE if is_under else _HALF
            painter.setBrush(OVER_FRAME.color("accent") if is_under else QColor(255, 255, 255))
            painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _apart(a: Point, b: Point) -> float:
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def _apart_from_edge(start: Point, end: Point, at: Point) -> float:
    along = end[0] - start[0], end[1] - start[1]
    length = max(along[0] ** 2 + along[1] ** 2, 1e-9)
    share = ((at[0] - start[0]) * along[0] + (at[1] - start[1]) * along[1]) / length
    share = min(1.0, max(0.0, share))
    return _apart((start[0] + share * along[0], start[1] + share * along[1]), at)

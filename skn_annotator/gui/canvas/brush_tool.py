"""BrushTool: the brush and the eraser."""

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from skn_annotator.app.session import Session
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.tool import Pointer, Tool, around, paint_ring
from skn_annotator.gui.canvas.view import View


class Sized(Protocol):
    """What knows the brush's radius, in image pixels."""

    radius: float


class BrushTool(Tool):
    """Paints the active object, or erases it (eraser, or the right button); shift draws straight lines."""

    def __init__(self, name: str, session: Session, brush: Sized, erases: bool) -> None:
        super().__init__(name, session)
        self._brush = brush
        self._erases = erases
        self._line_from: Point | None = None  # start of a straight line while its end is dragged
        self._last: tuple[int, Point] | None = None  # frame and end of the stroke before
        self._pressed = False

    @property
    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.BlankCursor

    @property
    def busy(self) -> bool:
        return self._pressed

    def press(self, pointer: Pointer) -> None:
        erases = self._erases or pointer.erase
        if not self._session.painter.begin_stroke(self._brush.radius, erases):
            return
        self._pressed = True
        if not pointer.straight:
            self._session.painter.stroke_to(pointer.xy)
        elif self._last is not None and self._last[0] == self._session.viewer.shown:
            self._line_from = self._last[1]
        else:
            self._line_from = pointer.xy

    def move(self, pointer: Pointer) -> None:
        if self._pressed and self._line_from is None:
            self._session.painter.stroke_to(pointer.xy)

    def release(self, pointer: Pointer) -> None:
        if not self._pressed:
            return
        if self._line_from is not None:
            self._session.painter.stroke_to(self._line_from)
        self._session.painter.stroke_to(pointer.xy)
        if self._session.viewer.shown is not None:
            self._last = (self._session.viewer.shown, pointer.xy)
        self._pressed, self._line_from = False, None
        self._session.document.end_draft_in_background()

    def cancel(self) -> None:
        self._pressed, self._line_from = False, None
        self._session.document.cancel_draft()

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        if at is None:
            return
        if self._line_from is not None:
            for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(QColor(255, 255, 255), 1)):
                painter.setPen(pen)
                painter.drawLine(QPointF(*view.to_widget(self._line_from)), QPointF(*at))
        paint_ring(painter, at, self._brush.radius * view.scale, dashed=self._erases)

    def reach(self, view: View, at: Point) -> QRectF:
        ring = around(at, margin=self._brush.radius * view.scale + 3)
        if self._line_from is None:
            return ring
        return ring.united(around(view.to_widget(self._line_from), at, margin=3))

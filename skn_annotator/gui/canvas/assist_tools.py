"""SelectTool: a box round an object, from which GrabCut finds it, and strokes that refine what it found."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.brush_tool import Sized
from skn_annotator.gui.canvas.tool import Pointer, Tool, around, paint_ring
from skn_annotator.gui.canvas.view import View

_LEAST = 4.0
"""Widget pixels: a box smaller than this was a click."""


class SelectTool(Tool):
    """A drag draws the box; after that, strokes of the left button add pixels, those of the right remove."""

    def __init__(self, name: str, session: Session, brush: Sized, changed: Callable[[], None]) -> None:
        super().__init__(name, session)
        self._brush = brush
        self._changed = changed
        self._corner: Point | None = None
        self._end: Point = (0.0, 0.0)
        self._last: Point | None = None  # where the last piece of a stroke ended
        self._inside = True

    @property
    def cursor(self) -> Qt.CursorShape:
        refines = self._session.painter.is_selecting
        return Qt.CursorShape.BlankCursor if refines else Qt.CursorShape.CrossCursor

    @property
    def busy(self) -> bool:
        return self._corner is not None or self._session.painter.is_selecting

    @property
    def hint(self) -> str:
        if not self._session.painter.is_selecting:
            return tr("Drag a box round the object")
        return tr("Paint what is missing, right button erases · Enter keeps the selection · Esc cancels it")

    def press(self, pointer: Pointer) -> None:
        if self._session.painter.is_selecting:
            self._last, self._inside = pointer.xy, not pointer.erase
            self._mark(pointer.xy)
        elif self._session.painter.ready_to_paint():
            self._corner = self._end = pointer.xy

    def move(self, pointer: Pointer) -> None:
        if self._corner is not None:
            self._end = pointer.xy
        elif self._last is not None:
            self._mark(pointer.xy)

    def release(self, pointer: Pointer) -> None:
        corner, self._corner, self._last = self._corner, None, None
        if corner is None:
            return
        (x0, y0), (x1, y1) = corner, pointer.xy
        if min(abs(x1 - x0), abs(y1 - y0)) * pointer.scale >= _LEAST:
            self._session.painter.begin_selection((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        self._changed()

    def cancel(self) -> None:
        self._corner = self._last = None
        self._session.document.cancel_draft()
        self._changed()

    def finish(self) -> None:
        self._corner = self._last = None
        self._session.document.end_draft_in_background()
        self._changed()

    def put_down(self) -> None:
        self.finish()

    def _mark(self, xy: Point) -> None:
        assert self._last is not None, "a stroke goes on"
        self._session.painter.refine_selection(self._last, xy, self._brush.radius, self._inside)
        self._last = xy

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        if self._corner is not None:
            box = self._box(view)
            for pen in (
                QPen(QColor(0, 0, 0, 150), 3),
                QPen(QColor(255, 255, 255), 1.3, Qt.PenStyle.DashLine),
            ):
                painter.setPen(pen)
                painter.drawRect(box)
        elif at is not None and self._session.painter.is_selecting:
            paint_ring(painter, at, self._brush.radius * view.scale)

    def reach(self, view: View, at: Point) -> QRectF:
        if self._corner is not None:
            return self._box(view).united(around(at)).adjusted(-4, -4, 4, 4)
        return around(at, margin=self._brush.radius * view.scale + 3)

    def _box(self, view: View) -> QRectF:
        assert self._corner is not None, "a box is being drawn"
        corners = (QPointF(*view.to_widget(corner)) for corner in (self._corner, self._end))
        return QRectF(*corners).normalized()

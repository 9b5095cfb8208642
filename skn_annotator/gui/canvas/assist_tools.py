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
        self._selection = session.painter.selection
        self._corner: Point | None = None
        self._end: Point = (0.0, 0.0)
        self._replaces = False

    @property
    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.BlankCursor if self._selection.is_open else Qt.CursorShape.CrossCursor

    @property
    def busy(self) -> bool:
        return self._corner is not None or self._selection.is_open

    @property
    def uses_right_button(self) -> bool:
        return self._selection.is_open

    @property
    def hint(self) -> str:
        if not self._selection.is_open:
            return tr("Drag a box round the object · with Ctrl it replaces what is there")
        return tr("Paint what is missing, right button erases · Enter keeps the selection · Esc cancels it")

    @property
    def back_name(self) -> str:
        return tr("Box") if self._corner is not None else self._selection.back_name()

    @property
    def forward_name(self) -> str:
        return "" if self._corner is not None else self._selection.forward_name(self._session.viewer.shown)

    def press(self, pointer: Pointer) -> None:
        if self._selection.is_open:
            self._selection.press(pointer.xy, self._brush.radius, not pointer.erase)
        elif self._session.painter.ready_to_paint():
            self._corner = self._end = pointer.xy
            self._replaces = pointer.replace

    def move(self, pointer: Pointer) -> None:
        if self._corner is not None:
            self._end = pointer.xy
        else:
            self._selection.stroke_to(pointer.xy)

    def release(self, pointer: Pointer) -> None:
        corner, self._corner = self._corner, None
        if corner is None:
            self._selection.release()
            return
        (x0, y0), (x1, y1) = corner, pointer.xy
        if min(abs(x1 - x0), abs(y1 - y0)) * pointer.scale >= _LEAST:
            box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            self._selection.begin(box, self._replaces or self._session.painter.replaces)
        self._changed()

    def cancel(self) -> None:
        self._corner = None
        self._selection.leave()
        self._changed()

    def finish(self) -> None:
        self._corner = None
        self._selection.keep()
        self._changed()

    def put_down(self) -> None:
        self._corner = None
        self._session.document.end_draft_in_background()
        self._changed()

    def step_back(self) -> None:
        if self._corner is None:
            self._selection.step_back()
        else:
            self._corner = None
        self._changed()

    def step_forward(self) -> None:
        self._selection.step_forward()
        self._changed()

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        if self._corner is not None:
            _paint_box(painter, self._drawn(view, (self._corner, self._end)), 1.0)
            return
        box = self._selection.box
        if box is not None:
            _paint_box(painter, self._drawn(view, (box[:2], box[2:])), 0.55)
            if at is not None:
                paint_ring(painter, at, self._brush.radius * view.scale)

    def reach(self, view: View, at: Point) -> QRectF:
        if self._corner is not None:
            box = self._drawn(view, (self._corner, self._end))
            return box.united(around(at)).adjusted(-4, -4, 4, 4)
        return around(at, margin=self._brush.radius * view.scale + 3)

    def _drawn(self, view: View, corners: tuple[Point, Point]) -> QRectF:
        return QRectF(*(QPointF(*view.to_widget(corner)) for corner in corners)).normalized()


def _paint_box(painter: QPainter, box: QRectF, strength: float) -> None:
    """`strength` 0-1: a box that is found already is drawn weaker than one that is being drawn."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dark, light = QColor(0, 0, 0, round(150 * strength)), QColor(255, 255, 255, round(255 * strength))
    for pen in (QPen(dark, 3), QPen(light, 1.3, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.drawRect(box)

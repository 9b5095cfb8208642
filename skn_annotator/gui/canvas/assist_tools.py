"""AssistedTool: what begins an unfinished selection, and its base of gestures; BoxTool: that of GrabCut."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.assistant import Combination, Gesture
from skn_annotator.app.tasks.grabcut_assistant import GrabCutAssistant
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.brush_tool import Sized
from skn_annotator.gui.canvas.tool import Pointer, Tool, around, paint_ring
from skn_annotator.gui.canvas.view import View

_LEAST = 4.0
"""Widget pixels: a box smaller than this was a click."""


class AssistedTool(Tool):
    """A drag draws a box; after that, strokes of the left button add pixels, those of the right remove."""

    def __init__(self, name: str, session: Session, changed: Callable[[], None]) -> None:
        """`changed`: called when what is drawn or can be done changes."""
        super().__init__(name, session)
        self._changed = changed
        self._selection = session.painter.selection
        self._corner: Point | None = None  # where the first gesture began, while it is drawn
        self._end: Point = (0.0, 0.0)

    @property
    def combines(self) -> bool:
        return True

    @property
    def busy(self) -> bool:
        return self._corner is not None or self._selection.is_open

    @property
    def back_name(self) -> str:
        return tr("Box") if self._corner is not None else self._selection.back_name()

    @property
    def forward_name(self) -> str:
        return "" if self._corner is not None else self._selection.forward_name(self._session.viewer.shown)

    def _combination(self, pointer: Pointer) -> Combination:
        """What the keys and the switch say of the pixels that the object has already."""
        if pointer.straight:
            return Combination.INTERSECT
        return Combination.REPLACE if pointer.replace else self._session.painter.combination

    def _box(self, scale: float) -> Gesture | None:
        """The box from the corner to the mouse; None if it is too small for one."""
        assert self._corner is not None, "a box is drawn"
        (x0, y0), (x1, y1) = self._corner, self._end
        if min(abs(x1 - x0), abs(y1 - y0)) * scale < _LEAST:
            return None
        return Gesture((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

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
        self._selection.keep()
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
            _paint_box(painter, _drawn(view, (self._corner, self._end)), 1.0)
        elif self._selection.box is not None:
            x0, y0, x1, y1 = self._selection.box
            _paint_box(painter, _drawn(view, ((x0, y0), (x1, y1))), 0.55)

    def reach(self, view: View, at: Point) -> QRectF:
        if self._corner is None:
            return super().reach(view, at)
        return _drawn(view, (self._corner, self._end)).united(around(at)).adjusted(-4, -4, 4, 4)


class BoxTool(AssistedTool):
    """GrabCut: what differs in colour from its surroundings in a box. Strokes are as wide as the brush."""

    def __init__(self, name: str, session: Session, brush: Sized, changed: Callable[[], None]) -> None:
        super().__init__(name, session, changed)
        self._brush = brush
        self._how = Combination.ADD

    @property
    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.BlankCursor if self._selection.is_open else Qt.CursorShape.CrossCursor

    @property
    def uses_right_button(self) -> bool:
        return self._selection.is_open

    @property
    def hint(self) -> str:
        if not self._selection.is_open:
            return tr("Drag a box round the object · Ctrl: replace · Shift: cut down")
        return tr("Paint what is missing, right button erases · Enter keeps the selection · Esc cancels it")

    def press(self, pointer: Pointer) -> None:
        if self._selection.is_open:
            self._selection.press(pointer.xy, self._brush.radius, not pointer.erase)
        elif self._session.painter.ready_to_paint():
            self._corner = self._end = pointer.xy
            self._how = self._combination(pointer)

    def move(self, pointer: Pointer) -> None:
        if self._corner is not None:
            self._end = pointer.xy
        else:
            self._selection.stroke_to(pointer.xy)

    def release(self, pointer: Pointer) -> None:
        if self._corner is None:
            self._selection.release()
            return
        self._end = pointer.xy
        box, self._corner = self._box(pointer.scale), None
        if box is not None:
            self._selection.begin(GrabCutAssistant, box, self._how)
        self._changed()

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        super().paint(painter, view, at)
        if self._selection.is_open and at is not None:
            paint_ring(painter, at, self._brush.radius * view.scale)

    def reach(self, view: View, at: Point) -> QRectF:
        if self._corner is not None:
            return super().reach(view, at)
        return around(at, margin=self._brush.radius * view.scale + 3)


def _drawn(view: View, corners: tuple[Point, Point]) -> QRectF:
    return QRectF(*(QPointF(*view.to_widget(corner)) for corner in corners)).normalized()


def _paint_box(painter: QPainter, box: QRectF, strength: float) -> None:
    """`strength` 0-1: a box that is found already is drawn weaker than one that is being drawn."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dark, light = QColor(0, 0, 0, round(150 * strength)), QColor(255, 255, 255, round(255 * strength))
    for pen in (QPen(dark, 3), QPen(light, 1.3, Qt.PenStyle.DashLine)):
        painter.setPen(pen)
        painter.drawRect(box)

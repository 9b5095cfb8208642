"""Tools for a whole patch of the mask: fill it, or move it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.tool import Pointer, Tool
from skn_annotator.gui.canvas.view import View


class FillTool(Tool):
    """A click fills the area under the mouse; the right button erases the active object's area there."""

    @property
    def hint(self) -> str:
        return self._hints(tr("Click inside a closed outline to fill it"))

    def press(self, pointer: Pointer) -> None:
        self._session.painter.fill(pointer.xy, pointer.erase)


class MoveTool(Tool):
    """Drags the object under the mouse; over background, the active object."""

    def __init__(self, name: str, session: Session) -> None:
        super().__init__(name, session)
        self._from: Point | None = None
        self._by = (0, 0)  # whole pixels so far

    @property
    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.SizeAllCursor

    @property
    def busy(self) -> bool:
        return self._from is not None

    @property
    def uses_right_button(self) -> bool:
        return False

    @property
    def hint(self) -> str:
        return tr("Drag an object to where it is on this frame")

    def press(self, pointer: Pointer) -> None:
        self._session.painter.pick(pointer.xy)
        if self._session.painter.begin_move():
            self._from, self._by = pointer.xy, (0, 0)

    def move(self, pointer: Pointer) -> None:
        if self._from is not None:
            dx, dy = pointer.xy[0] - self._from[0], pointer.xy[1] - self._from[1]
            if pointer.straight:
                dx, dy = (dx, 0.0) if abs(dx) > abs(dy) else (0.0, dy)
            by = round(dx), round(dy)
            if by != self._by:
                self._by = by
                self._session.painter.move_by(*by)

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        self._from = None
        self._session.document.end_draft_in_background()

    def cancel(self) -> None:
        self._from = None
        self._session.document.cancel_draft()

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        """Draw nothing: the mask itself moves."""

    def reach(self, view: View, at: Point) -> QRectF:
        return QRectF()

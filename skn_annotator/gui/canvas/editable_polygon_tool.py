"""EditablePolygonTool: the polygon tool, whose corners can still be changed when the outline is closed."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from skn_annotator.annotation.outlines import Lines
from skn_annotator.app.language import tr
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.corner_handles import Spot, paint_handles, spot_at
from skn_annotator.gui.canvas.shape_tools import PolygonTool
from skn_annotator.gui.canvas.tool import Pointer
from skn_annotator.gui.canvas.view import View


class EditablePolygonTool(PolygonTool):
    """While nothing is drawn, the active object's outline shows its corners.

    A corner is dragged, an edge that is pressed gets another one, the right button takes one away. With Shift
    a new outline begins even there.
    """

    keeps_corners = True
    _spot: Spot | None = None  # what the mouse is on

    @property
    def busy(self) -> bool:
        return super().busy or self._session.painter.corners.held is not None

    @property
    def cursor(self) -> Qt.CursorShape:
        if self._spot is None:
            return super().cursor
        return Qt.CursorShape.DragCopyCursor if self._spot.is_edge else Qt.CursorShape.SizeAllCursor

    @property
    def uses_right_button(self) -> bool:
        return super().uses_right_button or (self._spot is not None and not self._spot.is_edge)

    @property
    def hint(self) -> str:
        if super().busy or not self._lines():
            return super().hint
        return tr("Drag a corner · click an edge for another one · right button deletes a corner")

    def press(self, pointer: Pointer) -> None:
        self.hover(pointer)
        corners, spot = self._session.painter.corners, self._spot
        if spot is None or (pointer.erase and not pointer.right):
            super().press(pointer)
        elif pointer.right:
            corners.remove(spot.corner)
        elif spot.is_edge:
            corners.add(spot.corner, pointer.xy)
        else:
            corners.take(spot.corner)
        self.hover(pointer)

    def move(self, pointer: Pointer) -> None:
        if self._session.painter.corners.held is None:
            super().move(pointer)
        else:
            self._session.painter.corners.drag_to(pointer.xy)
            self._changed()

    def release(self, pointer: Pointer) -> None:
        if self._session.painter.corners.held is None:
            super().release(pointer)
        else:
            self._session.painter.corners.release()
            self._changed()

    def hover(self, pointer: Pointer | None) -> None:
        if pointer is None:
            return
        spot = None if super().busy or pointer.straight else spot_at(self._lines(), pointer)
        if spot != self._spot:
            self._spot = spot
            self._changed()

    def cancel(self) -> None:
        if self._session.painter.corners.held is None:
            super().cancel()
        else:
            self._session.document.cancel_draft()

    def put_down(self) -> None:
        if self._session.painter.corners.held is not None:
            self._session.painter.corners.release()
        self._spot = None
        super().put_down()

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        if super().busy:
            super().paint(painter, view, at)
        else:
            paint_handles(painter, view, self._lines(), self._spot)

    def reach(self, view: View, at: Point) -> QRectF:
        return super().reach(view, at) if super().busy else QRectF()

    def _lines(self) -> Lines:
        """What can be changed now: nothing while the frames go by."""
        viewer = self._session.viewer
        is_still = viewer.shown == viewer.position and not viewer.playback.playing
        return self._session.painter.corners.lines if is_still else ()

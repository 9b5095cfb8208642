"""SelectTool: clicks, scribbles or a box on an object, which the network of clicks finds."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from skn_annotator.annotation.assist import Scribble
from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.assistant import Combination, FoundRegion, Gesture
from skn_annotator.app.tasks.click_assistant import ClickAssistant
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.assist_tools import AssistedTool
from skn_annotator.gui.canvas.region_image import region_image
from skn_annotator.gui.canvas.tool import Pointer
from skn_annotator.gui.canvas.view import View
from skn_annotator.gui.look import shown_color

_WIDTH = 1.0
"""Radius of a scribble in image pixels; it is a hint, so its width means nothing."""
_ON, _BESIDE = QColor(70, 200, 110), QColor(235, 80, 70)
_DOT = 4.0


class SelectTool(AssistedTool):
    """Before a selection is open, a drag of the left button draws a box, and the mouse shows what a click
    would select."""

    def __init__(self, name: str, session: Session, changed: Callable[[], None]) -> None:
        super().__init__(name, session, changed)
        self._preview = session.preview
        self._preview.changed.connect(self._on_preview)
        self._drawing: tuple[FoundRegion, QImage, QRectF] | None = None  # the preview as a picture
        self._first: list[Scribble] = []  # the first gesture, should it be no box
        self._how = Combination.ADD
        self._make_assistant = partial(ClickAssistant, session.tasks.selectors)

    @property
    def hint(self) -> str:
        if not self._selection.is_open:
            return tr(
                "Click the object, or drag a box round it · right button removes · "
                "Ctrl: replace · Shift: cut down"
            )
        if self._selection.is_waiting:
            return tr("Looking at the picture…")
        if self._selection.is_unsure:
            return tr(
                "Not sure: click what is missing, right-click what is too much · "
                "Enter keeps the selection · Esc cancels it"
            )
        return tr(
            "Click what is missing, right-click what is too much · Enter keeps the selection · Esc cancels it"
        )

    @property
    def back_name(self) -> str:
        return "" if self._corner is not None and not self._is_box else super().back_name

    def erases_with_alt(self, xy: Point) -> bool:
        if self._selection.is_open:
            return True
        return self._session.painter.object_at(xy) == self._session.document.active

    # ---- gestures

    def press(self, pointer: Pointer) -> None:
        self._preview.clear()
        if self._selection.is_open:
            self._selection.press(pointer.xy, _WIDTH, not pointer.erase)
        elif self._session.painter.ready_to_paint():
            self._corner = self._end = pointer.xy
            self._first = [Scribble(pointer.xy, pointer.xy, _WIDTH, not pointer.erase)]
            self._how = self._combination(pointer)
        self._changed()

    def move(self, pointer: Pointer) -> None:
        if self._corner is None:
            self._selection.stroke_to(pointer.xy)
            return
        last = self._first[-1]
        self._first.append(Scribble(last.end, pointer.xy, _WIDTH, last.inside))
        self._end = pointer.xy
        box = self._box(pointer.scale) if last.inside else None
        if box is not None:
            self._preview.ask(box, self._how)

    def release(self, pointer: Pointer) -> None:
        if self._corner is None:
            self._selection.release()
            return
        self.move(pointer)
        stroke = self._first
        box = self._box(pointer.scale) if stroke[0].inside else None
        first = stroke[:1] if stroke[0].inside else stroke  # a drag too small for a box is a click
        self._corner = None
        self._preview.clear()
        self._selection.begin(self._make_assistant, box or Gesture(stroke=tuple(first)), self._how)
        self._changed()

    def hover(self, pointer: Pointer | None) -> None:
        if pointer is None or self.busy:
            self._preview.clear()
        else:
            there = Scribble(pointer.xy, pointer.xy, _WIDTH, True)
            self._preview.ask(Gesture(stroke=(there,)), self._combination(pointer))

    def pick_up(self) -> None:
        if not self.busy:
            self._preview.prepare_soon()

    def put_down(self) -> None:
        self._preview.clear()
        super().put_down()

    # ---- what is drawn

    @property
    def _is_box(self) -> bool:
        return bool(self._first) and self._first[0].inside

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        if self._drawing is not None:
            _, image, area = self._drawing
            painter.drawImage(_in_widget(view, area), image)
        if self._corner is None or self._is_box:
            super().paint(painter, view, at)
        else:
            _paint_stroke(painter, view, Gesture(stroke=tuple(self._first)))
        for gesture in self._selection.gestures:
            if gesture.stroke:
                _paint_stroke(painter, view, gesture)

    def _on_preview(self) -> None:
        region, active = self._preview.region, self._session.document.active_object
        self._drawing = None
        if region is not None and active is not None:
            fill, edge = QColor(*shown_color(active)), QColor(255, 255, 255, 220)
            fill.setAlpha(90)
            self._drawing = (region, *region_image(region, fill, edge))
        self._changed()


def _in_widget(view: View, area: QRectF) -> QRectF:
    corners = ((area.left(), area.top()), (area.right(), area.bottom()))
    return QRectF(*(QPointF(*view.to_widget(corner)) for corner in corners))


def _paint_stroke(painter: QPainter, view: View, gesture: Gesture) -> None:
    """A line along a scribble, and a dot with a plus or a minus where it begins."""
    adds = gesture.adds
    line = [QPointF(*view.to_widget(gesture.stroke[0].start))]
    line += [QPointF(*view.to_widget(piece.end)) for piece in gesture.stroke]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if not gesture.is_click:
        for pen in (QPen(QColor(0, 0, 0, 150), 3.5), QPen(_ON if adds else _BESIDE, 2)):
            painter.setPen(pen)
            painter.drawPolyline(line)
    painter.setPen(QPen(QColor(255, 255, 255), 1.2))
    painter.setBrush(_ON if adds else _BESIDE)
    painter.drawEllipse(line[0], _DOT, _DOT)
    painter.drawLine(line[0] - QPointF(_DOT / 2, 0), line[0] + QPointF(_DOT / 2, 0))
    if adds:
        painter.drawLine(line[0] - QPointF(0, _DOT / 2), line[0] + QPointF(0, _DOT / 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)

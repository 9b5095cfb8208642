"""The pixel tools: what a press, a drag and a release on the canvas mean.

A tool turns pointer events in image coordinates into `Session` verbs and draws its own cursor; it changes no
mask itself. `Toolbox` holds which tool is in hand and the size of the brush.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from skn_annotator.app.session import Session
from skn_annotator.gui.view import Point, View

SMALLEST_BRUSH, LARGEST_BRUSH = 1.0, 500.0


@dataclass(frozen=True)
class Pointer:
    """The mouse over the image: `xy` in image coordinates; `erase`: the right button; `straight`: shift is
    held.
    """

    xy: Point
    erase: bool = False
    straight: bool = False


class Tool(Protocol):
    """What the canvas needs of a tool."""

    name: str

    @property
    def busy(self) -> bool:
        """True between press and release."""
        ...

    def press(self, pointer: Pointer) -> None:
        """A button went down."""
        ...

    def move(self, pointer: Pointer) -> None:
        """The mouse moved with the button down."""
        ...

    def release(self, pointer: Pointer) -> None:
        """The button went up."""
        ...

    def cancel(self) -> None:
        """Leave what is half done."""
        ...

    def paint(self, painter: QPainter, view: View, at: Point) -> None:
        """Draw the cursor; `at` and the painter are in widget coordinates."""
        ...

    def reach(self, view: View, at: Point) -> QRectF:
        """The part of the widget that `paint` touches."""
        ...


class Toolbox(QObject):
    """The tool in hand and the brush's size."""

    tool_changed = Signal()
    size_changed = Signal()

    def __init__(self, session: Session, radius: float = 12.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.radius = radius
        self.tools: dict[str, Tool] = {
            "brush": BrushTool("brush", session, self, erases=False),
            "eraser": BrushTool("eraser", session, self, erases=True),
        }
        self.tool: Tool = self.tools["brush"]

    def choose(self, name: str) -> None:
        """Take a tool: "brush" or "eraser"."""
        if self.tool.name != name:
            self.tool.cancel()
            self.tool = self.tools[name]
            self.tool_changed.emit()

    def resize(self, factor: float) -> None:
        """Scale the brush; it changes by a quarter of a pixel at least, so small brushes change too."""
        step = self.radius * (factor - 1)
        if abs(step) < 0.25:
            step = 0.25 if factor > 1 else -0.25
        self.set_radius(self.radius + step)

    def set_radius(self, radius: float) -> None:
        """Set the brush's radius in image pixels."""
        radius = min(LARGEST_BRUSH, max(SMALLEST_BRUSH, radius))
        if radius != self.radius:
            self.radius = radius
            self.size_changed.emit()


class BrushTool:
    """Paints the active object, or erases it (eraser, or the right button); shift draws straight lines."""

    def __init__(self, name: str, session: Session, toolbox: Toolbox, erases: bool) -> None:
        self.name = name
        self._session = session
        self._toolbox = toolbox
        self._erases = erases
        self._line_from: Point | None = None  # of a straight line whose end is still in the hand
        self._last: tuple[int, Point] | None = None  # frame and end of the stroke before
        self._pressed = False

    @property
    def busy(self) -> bool:
        return self._pressed

    def press(self, pointer: Pointer) -> None:
        erases = self._erases or pointer.erase
        if not self._session.begin_stroke(self._toolbox.radius, erases):
            return
        self._pressed = True
        if not pointer.straight:
            self._session.stroke_to(pointer.xy)
        elif self._last is not None and self._last[0] == self._session.shown:
            self._line_from = self._last[1]
        else:
            self._line_from = pointer.xy

    def move(self, pointer: Pointer) -> None:
        if self._pressed and self._line_from is None:
            self._session.stroke_to(pointer.xy)

    def release(self, pointer: Pointer) -> None:
        if not self._pressed:
            return
        if self._line_from is not None:
            self._session.stroke_to(self._line_from)
        self._session.stroke_to(pointer.xy)
        if self._session.shown is not None:
            self._last = (self._session.shown, pointer.xy)
        self._pressed, self._line_from = False, None
        self._session.end_stroke()

    def cancel(self) -> None:
        self._pressed, self._line_from = False, None
        self._session.cancel_stroke()

    def paint(self, painter: QPainter, view: View, at: Point) -> None:
        radius = self._toolbox.radius * view.scale
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._line_from is not None:
            for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(QColor(255, 255, 255), 1)):
                painter.setPen(pen)
                painter.drawLine(QPointF(*view.to_widget(self._line_from)), QPointF(*at))
        painter.setPen(QPen(QColor(0, 0, 0, 150), 3))
        painter.drawEllipse(QPointF(*at), radius, radius)
        style = Qt.PenStyle.DashLine if self._erases else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(255, 255, 255, 235), 1.2, style))
        painter.drawEllipse(QPointF(*at), radius, radius)
        if radius > 5:
            painter.drawPoint(QPointF(*at))

    def reach(self, view: View, at: Point) -> QRectF:
        radius = self._toolbox.radius * view.scale + 3
        ring = QRectF(at[0] - radius, at[1] - radius, 2 * radius, 2 * radius)
        if self._line_from is None:
            return ring
        start = QPointF(*view.to_widget(self._line_from))
        return ring.united(QRectF(start, QPointF(*at)).normalized().adjusted(-3, -3, 3, 3))

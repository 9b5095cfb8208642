"""Tool: what a press, a drag and a release on the canvas mean, and what is drawn at the mouse.

A tool turns pointer events in image coordinates into `Session` verbs; it changes no mask itself. The tools
are in `brush_tool`, `shape_tools`, `patch_tools` and `assist_tools`; `toolbox` holds the one in hand.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from skn_annotator.app.session import Session
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.view import View


@dataclass(frozen=True)
class Pointer:
    """The mouse over the image: `xy` in image coordinates; `erase`: the right button; `straight`: shift is
    held; `scale`: widget pixels per image pixel.
    """

    xy: Point
    erase: bool = False
    straight: bool = False
    scale: float = 1.0


class Tool:
    """What the canvas needs of a tool; this one does nothing."""

    def __init__(self, name: str, session: Session) -> None:
        self.name = name
        self._session = session

    @property
    def cursor(self) -> Qt.CursorShape:
        """The mouse's shape over the frame."""
        return Qt.CursorShape.CrossCursor

    @property
    def busy(self) -> bool:
        """True while something is half done."""
        return False

    @property
    def hint(self) -> str:
        """What can be done with it now, for the status line."""
        return ""

    def press(self, pointer: Pointer) -> None:
        """A button went down."""

    def move(self, pointer: Pointer) -> None:
        """The mouse moved while the tool is busy."""

    def release(self, pointer: Pointer) -> None:
        """The button went up while the tool is busy."""

    def cancel(self) -> None:
        """Leave what is half done: Escape."""

    def finish(self) -> None:
        """Keep what is half done: Enter."""

    def step_back(self) -> None:
        """Take the last piece of what is half done back: Backspace."""

    def put_down(self) -> None:
        """Another tool is taken, or another frame is shown."""
        self.cancel()

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        """Draw what is half done, and the cursor `at`; that and the painter are in widget coordinates."""

    def reach(self, view: View, at: Point) -> QRectF:
        """The part of the widget that `paint` draws otherwise when the mouse moves."""
        return QRectF(at[0], at[1], 0, 0)


def paint_ring(painter: QPainter, at: Point, radius: float, dashed: bool = False) -> None:
    """The brush's ring, of its true size; `radius` and `at` in widget pixels."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3))
    painter.drawEllipse(QPointF(*at), radius, radius)
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(QColor(255, 255, 255, 235), 1.2, style))
    painter.drawEllipse(QPointF(*at), radius, radius)
    if radius > 5:
        painter.drawPoint(QPointF(*at))


def around(*points: Point, margin: float = 6.0) -> QRectF:
    """The rectangle that holds `points`, `margin` wider."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    return box.adjusted(-margin, -margin, margin, margin)

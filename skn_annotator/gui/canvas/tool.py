"""Tool: the base of the canvas tools: mouse events in, verbs of the painter out.

A tool gets press, move and release in image coordinates; it changes no mask itself. The tools are in
`brush_tool`, `shape_tools`, `patch_tools`, `assist_tools` and `select_tool`; `toolbox` holds the chosen one.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.view import View


@dataclass(frozen=True)
class Pointer:
    """The mouse over the image: `xy` in image coordinates; `erase`: the right button, or Alt; `straight`:
    shift is held; `replace`: ctrl is held; `scale`: widget pixels per image pixel; `right`: the right button.
    """

    xy: Point
    erase: bool = False
    straight: bool = False
    scale: float = 1.0
    replace: bool = False
    right: bool = False


class Tool:
    """The interface of all tools; this base does nothing."""

    def __init__(self, name: str, session: Session) -> None:
        self.name = name
        self._session = session

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cursor over the frame."""
        return Qt.CursorShape.CrossCursor

    @property
    def busy(self) -> bool:
        """True while a stroke, outline or selection is unfinished."""
        return False

    @property
    def uses_right_button(self) -> bool:
        """Whether the right button means something to the tool; else it opens the menu of the canvas."""
        return self._session.painter.right_erases

    @property
    def combines(self) -> bool:
        """Whether what it selects can be added to what the object has, replace it, or cut it down."""
        return False

    @property
    def hint(self) -> str:
        """What the user can do next with this tool, for the status line."""
        return ""

    def _hints(self, first: str, *, replaces: bool = False) -> str:
        """`first`, what the right button does, and with `replaces` what Ctrl does."""
        parts = [first]
        if self.uses_right_button:
            parts.append(tr("right button erases"))
        if replaces:
            parts.append(tr("with Ctrl it replaces what is there"))
        return " · ".join(parts)

    def erases_with_alt(self, xy: Point) -> bool:
        """Whether Alt makes a press at `xy` erase; else it chooses the object there."""
        return False

    def press(self, pointer: Pointer) -> None:
        """A button went down."""

    def move(self, pointer: Pointer) -> None:
        """The mouse moved while the tool is busy."""

    def hover(self, pointer: Pointer | None) -> None:
        """The mouse moved while the tool is not busy; None: it left the canvas."""

    def release(self, pointer: Pointer) -> None:
        """The button went up while the tool is busy."""

    def cancel(self) -> None:
        """Drop what is unfinished (Escape)."""

    def finish(self) -> None:
        """Close or keep what is unfinished (Enter)."""

    @property
    def back_name(self) -> str:
        """What `step_back` takes, as the menu says it: "corner"; "": nothing."""
        return ""

    @property
    def forward_name(self) -> str:
        """What `step_forward` brings back; "": nothing."""
        return ""

    def step_back(self) -> None:
        """Take the last corner or stroke of what is unfinished back (Backspace, undo)."""

    def step_forward(self) -> None:
        """Bring back what `step_back` or `cancel` took last (redo)."""

    def put_down(self) -> None:
        """Called when another tool is chosen or another frame is shown: drop or keep what is unfinished."""
        self.cancel()

    def pick_up(self) -> None:
        """Called when the tool is chosen, or a frame is shown: go on with what was left unfinished there."""

    def forget(self) -> None:
        """Called when another video is open: nothing that was left waits any more."""

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        """Draw what is unfinished, and the cursor at `at`, both in widget coordinates."""

    def reach(self, view: View, at: Point) -> QRectF:
        """What `paint` draws near `at`, as a rectangle of the widget: repainted when the mouse moves."""
        return QRectF(at[0], at[1], 0, 0)


def paint_ring(painter: QPainter, at: Point, radius: float, dashed: bool = False) -> None:
    """Draw the brush's outline in its true size; `radius` and `at` in widget pixels."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 150), 3))
    painter.drawEllipse(QPointF(*at), radius, radius)
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(QColor(255, 255, 255, 235), 1.2, style))
    painter.drawEllipse(QPointF(*at), radius, radius)
    if radius > 5:
        painter.drawPoint(QPointF(*at))


def around(*points: Point, margin: float = 6.0) -> QRectF:
    """The bounding rectangle of `points`, grown by `margin` on each side."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    return box.adjusted(-margin, -margin, margin, margin)

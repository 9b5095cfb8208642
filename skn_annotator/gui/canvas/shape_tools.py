"""Tools that draw an outline and paint its inside: polygon, lasso and magnetic lasso.

The mask changes only when the outline is closed: its inside is painted; or erased where Alt was held first,
or where the right button drew a lasso.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice, Offer
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.assistant import Combination
from skn_annotator.app.tasks.magnetic_trace import MagneticTrace
from skn_annotator.arrays import Point
from skn_annotator.gui.canvas.tool import Pointer, Tool, around
from skn_annotator.gui.canvas.view import View
from skn_annotator.gui.look import OVER_FRAME, shown_color

_NEAR = 9.0
"""Widget pixels: a click this near to the first corner closes the line."""
_AGAIN = 2.0
"""Widget pixels: a click this near to the last corner is the second one of a double click."""
_GRAIN = 1.5
"""Widget pixels between two points of a lasso."""


@dataclass(frozen=True)
class OpenOutline:
    """An unfinished outline: its points, and which of them are corners."""

    points: tuple[Point, ...]
    corners: tuple[int, ...]
    erases: bool
    replaces: bool
    """Ctrl was held where it began."""
    object_id: int | None = None
    """The object that was active where it began; None: not known, it becomes that of the active one."""


class ShapeTool(Tool):
    """An unfinished outline of points: what these tools have in common."""

    keeps_corners = False
    """Whether the points can be changed when the outline is closed."""

    def __init__(self, name: str, title: str, session: Session, changed: Callable[[], None]) -> None:
        """`title`: the edit's name. `changed`: called when the outline changes, so that it is redrawn."""
        super().__init__(name, session)
        self._title = title
        self._changed = changed
        self._points: list[Point] = []
        self._loose: list[Point] = []  # points between the last one and the mouse
        self._erases = False
        self._replaces = False
        self._object_id: int | None = None  # the object that was active where the outline began

    @property
    def combines(self) -> bool:
        return True

    @property
    def busy(self) -> bool:
        return bool(self._points)

    @property
    def back_name(self) -> str:
        return tr("Outline") if self._points else ""

    def erases_with_alt(self, xy: Point) -> bool:
        """Everywhere but on another object, which Alt chooses."""
        at = self._session.painter.object_at(xy)
        return self.busy or at in (0, self._session.document.active)

    def step_back(self) -> None:
        self.cancel()

    def finish(self) -> None:
        """Give the inside to the object that the outline was begun for, whichever is active meanwhile."""
        document, painter = self._session.document, self._session.painter
        active = document.active
        if self._object is not None:
            document.choose(self._object.id)
        if len(self._points) < 3:
            self._drop()
        elif painter.ready_to_paint():  # or the outline stays until the object is unlocked
            points, erases = self._points, self._erases
            how = Combination.REPLACE if self._replaces else painter.combination
            self._drop()
            painter.paint_polygon(points, erases, tr(self._title), how, self.keeps_corners)
        if active is not None:
            document.choose(active)

    @property
    def _object(self) -> AnnotatedObject | None:
        """What the outline was begun for; the active object, if that is gone."""
        document = self._session.document
        its_own = (o for o in document.annotation.objects if o.id == self._object_id)
        return next(its_own, document.active_object)

    def cancel(self) -> None:
        if self._points:
            self._drop()

    def _drop(self) -> None:
        self._points, self._loose = [], []
        self._changed()

    def _start(self, pointer: Pointer) -> bool:
        if not self._session.painter.ready_to_paint():
            return False
        self._erases = pointer.erase
        self._replaces = pointer.replace
        self._object_id = self._session.document.active
        return True

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        if not self._points:
            return
        line = [QPointF(*view.to_widget(point)) for point in (*self._points, *self._loose)]
        if at is not None:
            line.append(QPointF(*at))
        polygon = QPolygonF(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._fill())
        painter.drawPolygon(polygon)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.DashLine if self._erases else Qt.PenStyle.SolidLine
        for pen in (QPen(QColor(0, 0, 0, 150), 3), QPen(QColor(255, 255, 255), 1.3, style)):
            painter.setPen(pen)
            painter.drawPolyline(polygon)

    def _fill(self) -> QColor:
        its_own = self._object
        color = QColor(0, 0, 0) if self._erases or its_own is None else QColor(*shown_color(its_own))
        color.setAlpha(70)
        return color

    def reach(self, view: View, at: Point) -> QRectF:
        if not self._points:
            return super().reach(view, at)
        ends = (self._points[0], self._points[-1], *self._loose)
        return around(at, *(view.to_widget(point) for point in ends), margin=_NEAR)


class LassoTool(ShapeTool):
    """Freehand: the outline follows the drag, and is closed when the button is released."""

    @property
    def hint(self) -> str:
        return self._hints(tr("Draw round the object"), replaces=True)

    def press(self, pointer: Pointer) -> None:
        if self._start(pointer):
            self._points = [pointer.xy]

    def move(self, pointer: Pointer) -> None:
        if _distance(pointer.xy, self._points[-1]) * pointer.scale >= _GRAIN:
            self._points.append(pointer.xy)

    def release(self, pointer: Pointer) -> None:
        self._points.append(pointer.xy)
        self.finish()


class PolygonTool(ShapeTool):
    """One corner per click; closed by a click on the first corner, a double click or Enter.

    The right button takes the last corner back, as in CVAT; while nothing is drawn it opens the menu.
    """

    def __init__(self, name: str, title: str, session: Session, changed: Callable[[], None]) -> None:
        super().__init__(name, title, session, changed)
        self._corners: list[int] = []  # indices of points
        self._closing = False  # the mouse is on the first corner
        self._undone: list[OpenOutline] = []  # before each step back; the last is the next step forward
        self._left: dict[int, OpenOutline] = {}  # frame -> what waits there
        self._t = 0  # the frame that the outline is drawn on
        session.document.edited.connect(lambda _: self._undone.clear())

    @property
    def uses_right_button(self) -> bool:
        return bool(self._points)

    @property
    def hint(self) -> str:
        if not self.busy:
            return self._begin_hint(tr("Click corners round the object"))
        return tr(
            "Enter or a click on the first corner closes the outline · "
            "right button removes a corner · Esc cancels it"
        )

    def _begin_hint(self, first: str) -> str:
        """What can be done while nothing is drawn."""
        return " · ".join([first, tr("with Alt it erases"), tr("with Ctrl it replaces what is there")])

    @property
    def back_name(self) -> str:
        return tr("Corner") if self._points else ""

    @property
    def forward_name(self) -> str:
        return tr("Corner") if self._undone else ""

    def press(self, pointer: Pointer) -> None:
        if pointer.right:
            self.step_back()
            return
        if not self._points and not self._start(pointer):
            return
        if self._points and self._closes(pointer):
            self.finish()
            return
        if not self._points:
            self._t = self._session.viewer.position
        self._undone.clear()
        self._points += [*self._loose, pointer.xy]
        self._loose = []
        self._corners.append(len(self._points) - 1)
        self._closing = False
        self._changed()

    def move(self, pointer: Pointer) -> None:
        self._closing = self._is_at_first(pointer)

    def step_back(self) -> None:
        if not self._points:
            return
        self._undone.append(self._outline())
        if len(self._corners) < 2:
            self._drop()
            return
        self._corners.pop()
        self._points = self._points[: self._corners[-1] + 1]
        self._loose = []
        self._changed()

    def step_forward(self) -> None:
        if self._undone:
            self._show(self._undone.pop())

    def cancel(self) -> None:
        if self._points:
            self._undone.append(self._outline())
            self._drop()

    def put_down(self) -> None:
        """Keep what is unfinished for its frame, and say so if that is left."""
        self._undone.clear()
        if not self._points:
            return
        session, t = self._session, self._t
        self._left[t] = self._outline()
        self._drop()
        if session.viewer.position != t:
            text = tr("The outline on frame {t} is not closed: it waits there").format(t=t + 1)
            offer = Offer(tr("Go back"), partial(session.viewer.seek, t))
            session.noticed.emit(Notice(text, offer=offer, holds=lambda: self._is_left(t)))

    def _is_left(self, t: int) -> bool:
        """True while an outline waits on frame `t`, and another frame is looked at."""
        return t in self._left and self._session.viewer.position != t

    def pick_up(self) -> None:
        session, t = self._session, self._session.viewer.shown
        passes_by = session.viewer.playback.playing or session.tasks.following
        if t in self._left and t == session.viewer.position and not self._points and not passes_by:
            self._t = t
            self._show(self._left.pop(t))

    def forget(self) -> None:
        self._left.clear()

    @property
    def waiting(self) -> dict[int, "OpenOutline"]:
        """Frame -> the outline that is not closed there, the one that is being drawn too."""
        return {**self._left, self._t: self._outline()} if self._points else dict(self._left)

    @property
    def left(self) -> tuple[int, ...]:
        """The frames on which an outline waits that is not being drawn, ascending."""
        return tuple(sorted(self._left))

    def wait_with(self, outlines: Mapping[int, "OpenOutline"]) -> None:
        """Let `outlines` wait on their frames."""
        self._left = dict(outlines)

    def _outline(self) -> "OpenOutline":
        points, corners = tuple(self._points), tuple(self._corners)
        return OpenOutline(points, corners, self._erases, self._replaces, self._object_id)

    def _show(self, outline: "OpenOutline") -> None:
        self._points, self._corners = list(outline.points), list(outline.corners)
        self._erases, self._replaces = outline.erases, outline.replaces
        self._object_id = outline.object_id
        self._loose = []
        self._changed()

    def _drop(self) -> None:
        self._corners, self._closing = [], False
        super()._drop()

    def _closes(self, pointer: Pointer) -> bool:
        if len(self._points) < 3:
            return False
        twice = _distance(pointer.xy, self._points[-1]) * pointer.scale <= _AGAIN
        return twice or self._is_at_first(pointer)

    def _is_at_first(self, pointer: Pointer) -> bool:
        return len(self._points) > 2 and _distance(pointer.xy, self._points[0]) * pointer.scale <= _NEAR

    def paint(self, painter: QPainter, view: View, at: Point | None) -> None:
        super().paint(painter, view, at)
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1))
        painter.setBrush(QColor(255, 255, 255))
        for corner in self._corners:
            painter.drawEllipse(QPointF(*view.to_widget(self._points[corner])), 3.2, 3.2)
        if self._closing:
            painter.setBrush(OVER_FRAME.color("accent"))
            painter.drawEllipse(QPointF(*view.to_widget(self._points[0])), 5.5, 5.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class MagneticTool(PolygonTool):
    """A polygon whose sides follow the edges in the picture."""

    def __init__(self, name: str, title: str, session: Session, changed: Callable[[], None]) -> None:
        super().__init__(name, title, session, changed)
        self._tracing: MagneticTrace | None = None
        self._at: Point | None = None

    @property
    def hint(self) -> str:
        if not self.busy:
            return self._begin_hint(tr("Click on the object's edge, then follow it"))
        return tr(
            "Click to pin the outline · Enter or a click on the first pin closes it · "
            "right button removes a pin · Esc cancels it"
        )

    def press(self, pointer: Pointer) -> None:
        super().press(pointer)
        self._anchor()

    def _anchor(self) -> None:
        """Go on from the last pin."""
        if not self.busy:
            return
        if self._tracing is None:
            self._tracing = self._session.painter.trace()
            if self._tracing is not None:
                self._tracing.ready.connect(self._follow)
        if self._tracing is not None:
            self._tracing.anchor(self._points[-1])

    def move(self, pointer: Pointer) -> None:
        super().move(pointer)
        self._at = self._points[0] if self._closing else pointer.xy
        self._trace()

    def finish(self) -> None:
        if self._tracing is not None:
            self._points += self._tracing.path_to(self._points[0])
        super().finish()

    def _drop(self) -> None:
        if self._tracing is not None:
            self._tracing.close()
        self._tracing = self._at = None
        super()._drop()

    def step_back(self) -> None:
        super().step_back()
        self._anchor()

    def _show(self, outline: OpenOutline) -> None:
        super()._show(outline)
        self._anchor()

    def _follow(self) -> None:
        self._trace()
        self._changed()

    def _trace(self) -> None:
        if self._tracing is not None and self._at is not None:
            self._loose = self._tracing.path_to(self._at)[:-1]


def _distance(a: Point, b: Point) -> float:
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5

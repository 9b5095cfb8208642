"""Timeline: the lanes, the playhead, and the mouse over them. Click seeks, drag scrubs, shift-drag chooses a
range; ctrl-wheel zooms at the mouse, shift-wheel and the middle button pan. Tab or F6 give it the keyboard.

The lanes are painted into a picture that is made again, at most every few milliseconds, when something
changed; what moves is drawn over it.
"""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.app.language import tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.forecast import Forecast
from skn_annotator.gui.look import icon_button, paint_focus, set_texts, theme
from skn_annotator.gui.timeline import over_lanes
from skn_annotator.gui.timeline.axis import Axis
from skn_annotator.gui.timeline.change_strip import STRIP, ChangeStrip
from skn_annotator.gui.timeline.hover_card import HoverCard, describe
from skn_annotator.gui.timeline.lanes import CONFIDENCE, HEADER, LANE, RIGHT, RULER, Lanes
from skn_annotator.gui.timeline.legend import Legend
from skn_annotator.gui.timeline.timeline_keys import TimelineKeys

_BAR = 10
_REDRAW_MS = 40
_FEWEST_LANES, _MOST_LANES = 3, 5  # unless the user makes the panel higher
_LOW = 700  # on a screen of less height there may be room for one lane only
_ZOOM_STEP = 1.25


class Timeline(QWidget):
    """The whole sequence at a glance, or a part of it."""

    menu_wanted = Signal(QPoint)  # global; the frame there is shown

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lanes = Lanes(session)
        self._changes = ChangeStrip(session)
        self._axis = Axis.whole(1, HEADER, 1)
        self._picture: QPixmap | None = None
        self._hover: int | None = None
        self._mouse_y = 0.0
        self._forecast: Forecast | None = None  # the forecast of the pass that the user points at
        self._anchor: int | None = None  # start of the range that is being dragged
        self._grab: float | None = None  # the last mouse x of a pan
        self._turned = 0.0  # wheel angle that does not make a whole row yet
        self._held = False  # a button is down: do not scroll to the playhead meanwhile
        self._card = HoverCard(session, self)
        self._rows = QScrollBar(Qt.Orientation.Vertical, self)
        self._columns = QScrollBar(Qt.Orientation.Horizontal, self)
        self._redraw = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._redraw.timeout.connect(self._forget_picture)
        self._keys = TimelineKeys(session, self)
        explain = icon_button("info", translatable("Marks of the timeline"), 14)
        explain.setParent(self)
        explain.setGeometry(HEADER - 34, 0, RULER, RULER)
        explain.clicked.connect(self.explain)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_texts(self, accessibleName=translatable("Timeline"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._make_room()
        self._connect()

    def _connect(self) -> None:
        session = self._session
        session.project.opened.connect(self._on_opened)
        session.document.objects_changed.connect(self._on_objects)
        session.document.frames_changed.connect(self._on_frames)
        session.tasks.pass_changed.connect(self._on_pass)
        session.viewer.position_changed.connect(self._on_position)
        for signal in (session.viewer.frame_shown, session.viewer.range_changed):
            signal.connect(self.update)
        self._rows.valueChanged.connect(self._forget_picture)
        self._columns.valueChanged.connect(self._on_scrolled)

    def sizeHint(self) -> QSize:
        return QSize(640, _height(min(_MOST_LANES, self._wanted())))

    def _count(self) -> int:
        """How many lanes are shown; room that is left goes to the confidence."""
        return min(self._wanted(), max(1, (self.height() - _height(0)) // LANE))

    def _wanted(self) -> int:
        """How many lanes to make room for: a few at least, so that a new object does not move the canvas."""
        return max(_FEWEST_LANES, len(self._session.document.annotation.objects))

    # ---- what is seen

    def x_of(self, t: int) -> float:
        """The widget x of the middle of frame `t`."""
        return self._axis.x_of(t)

    def frame_at(self, x: float) -> int:
        """The frame under widget `x`; outside of the lanes, the nearest one."""
        return self._axis.frame_at(x)

    @property
    def axis(self) -> Axis:
        """Which frames are shown, and at which pixels."""
        return self._axis

    def zoom(self, steps: int) -> None:
        """Zoom in (positive) or out at the playhead, or at the middle if the playhead is not shown."""
        here = self._session.viewer.position
        seen = here in self._axis.frames
        middle = self._axis.left + self._axis.width / 2
        self._show_axis(self._axis.zoomed(_ZOOM_STEP**steps, self.x_of(here) if seen else middle))

    def fit(self) -> None:
        """Show the whole sequence."""
        self._show_axis(Axis.whole(self._axis.length, HEADER, self._axis.width))

    def explain(self) -> None:
        """Open the legend: what the marks mean."""
        Legend(self).show_above(self)

    def show_forecast(self, forecast: Forecast | None) -> None:
        """Show what a pass would change; None: stop showing it."""
        self._forecast = forecast
        self.update()

    def _show_axis(self, axis: Axis) -> None:
        if axis == self._axis:
            return
        self._axis = axis
        self._columns.blockSignals(True)
        self._columns.setRange(0, round(axis.length - axis.span))
        self._columns.setPageStep(max(1, round(axis.span)))
        self._columns.setValue(round(axis.first))
        self._columns.blockSignals(False)
        self._columns.setVisible(not axis.is_whole)
        self._forget_picture()

    def _on_scrolled(self, first: int) -> None:
        self._axis = self._axis.scrolled(first)
        self._forget_picture()

    def _on_position(self, t: int) -> None:
        if not self._held:
            self._show_axis(self._axis.showing(t))
        self._describe()
        self.update()

    # ---- keyboard

    def event(self, event: QEvent) -> bool:
        """Claim the timeline's keys before Qt takes them for shortcuts."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._keys.command(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._keys.command(event)
        if command is None:
            super().keyPressEvent(event)
        else:
            command()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def _describe(self) -> None:
        """Give screen readers the current frame."""
        sequence, t = self._session.project.sequence, self._session.viewer.position
        if sequence is not None and self.hasFocus():
            where = tr("frame {t} / {length}").format(t=t + 1, length=sequence.length)
            self.setAccessibleDescription(f"{where}, {describe(self._session, t)}")

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._session.project.sequence is None:
            return
        at = event.position()
        self._held = True
        self._card.hide()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._grab = at.x()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton and at.x() < HEADER:
            self._choose_lane(at.y())
        elif event.button() == Qt.MouseButton.LeftButton:
            self._begin(self.frame_at(at.x()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def _begin(self, t: int, chooses: bool) -> None:
        """The button went down on frame `t`: begin a range there, or seek to it."""
        if chooses:
            self._anchor = t
            self._session.viewer.clear_range()  # a click without a drag leaves no range
        else:
            self._session.viewer.seek(t)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._session.project.sequence is None:
            return
        if self._grab is not None:
            self._show_axis(self._axis.panned(x - self._grab))
            self._grab = x
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(x)
        self._hover, self._mouse_y = (self.frame_at(x) if x >= HEADER else None), event.position().y()
        if event.buttons() == Qt.MouseButton.NoButton:
            self._show_card()
        self.update()

    def _drag_to(self, x: float) -> None:
        """Seek or extend the range to the mouse; beyond an edge, the timeline scrolls."""
        inside = min(max(self._axis.left, x), self._axis.left + self._axis.width)
        if x != inside:
            self._show_axis(self._axis.panned(inside - x))
        t = self.frame_at(inside)
        if self._anchor is not None:
            self._session.viewer.select_range(self._anchor, t)
        elif t != self._session.viewer.position:
            self._session.viewer.seek(t)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._card.hide()
        if event.reason() == QContextMenuEvent.Reason.Mouse and event.pos().x() >= HEADER:
            self._session.viewer.seek(self.frame_at(event.pos().x()))
            self._choose_lane(event.pos().y())
        self.menu_wanted.emit(event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._anchor = self._grab = None
        self._held = bool(event.buttons())
        self.unsetCursor()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self._card.hide()
        self.update()

    def _show_card(self) -> None:
        if self._hover is None:
            self._card.hide()
        else:
            self._card.show_frame(
                self._hover, self, round(self.x_of(self._hover)), self._lane_at(self._mouse_y)
            )

    def _lane_at(self, y: float) -> AnnotatedObject | None:
        """The object whose lane is at `y`."""
        row = int((y - RULER) // LANE)
        objects = self._session.document.annotation.objects[self._rows.value() :]
        return objects[row] if 0 <= row < min(self._count(), len(objects)) else None

    def _choose_lane(self, y: float) -> None:
        lane = self._lane_at(y)
        if lane is not None:
            self._session.document.choose(lane.id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        across, down = event.angleDelta().x() / 120, event.angleDelta().y() / 120
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._show_axis(self._axis.zoomed(_ZOOM_STEP**down, event.position().x()))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or across:
            self._show_axis(self._axis.panned((across or down) * self._axis.width / 10))
        else:
            self._scroll_rows(down)
        if event.position().x() >= HEADER:
            self._hover = self.frame_at(event.position().x())
            self._show_card()

    # ---- painting

    def _on_opened(self) -> None:
        self._lanes.read_again()
        self._changes = ChangeStrip(self._session)
        self._card.hide()
        self._axis = Axis.whole(self._session.document.annotation.length, HEADER, self._width())
        self._columns.hide()
        self._on_objects()

    def _on_frames(self, frames: frozenset[int]) -> None:
        self._lanes.update(frames)
        self._changes.update(frames)
        self._later()

    def _on_pass(self) -> None:
        if self._changes.is_outdated:
            self._changes = ChangeStrip(self._session)
        self._later()

    def _make_room(self) -> None:
        lanes = min(_MOST_LANES, self._wanted()) if self.screen().availableGeometry().height() >= _LOW else 1
        self.setMinimumHeight(_height(lanes))

    def showEvent(self, event: QShowEvent) -> None:
        self._make_room()  # the screen may be another one

    def _on_objects(self) -> None:
        self._make_room()
        self._place_rows()
        self._forget_picture()

    def _place_rows(self) -> None:
        """Lay out the scroll bar beside the lanes, and scroll to the active object."""
        places = [o.id for o in self._session.document.annotation.objects]
        place = places.index(self._session.document.active) if self._session.document.active in places else 0
        count = self._count()
        self._rows.setRange(0, max(0, len(places) - count))
        self._rows.setPageStep(count)
        self._rows.setValue(min(max(self._rows.value(), place - count + 1), place))
        self._rows.setVisible(len(places) > count)
        self._rows.setGeometry(self.width() - RIGHT + 3, RULER, _BAR, count * LANE)

    def _later(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()

    def _scroll_rows(self, down: float) -> None:
        """Scroll the lanes by whole rows; a touchpad's small steps add up."""
        self._turned += down
        rows = int(self._turned)
        self._turned -= rows
        self._rows.setValue(self._rows.value() - rows)

    def changeEvent(self, event: QEvent) -> None:
        self._picture = None  # another theme, font or language
        super().changeEvent(event)

    def _width(self) -> int:
        return max(1, self.width() - HEADER - RIGHT)

    def resizeEvent(self, event: QEvent) -> None:
        self._axis = self._axis.resized(self._width())
        self._columns.setGeometry(HEADER, self.height() - _BAR, self._width(), _BAR)
        self._place_rows()
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        session, axis = self._session, self._axis
        if session.project.sequence is None:
            painter.fillRect(self.rect(), theme.color("well"))
            return
        if self._picture is None:
            self._picture = self._paint_picture()
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = self.height() - _BAR
        if session.viewer.chosen_range is not None:
            over_lanes.paint_range(painter, axis, session.viewer.chosen_range, bottom)
        if self._forecast is not None:
            first = self._rows.value()
            shown = session.document.annotation.objects[first : first + self._count()]
            over_lanes.paint_forecast(painter, axis, self._forecast, [o.id for o in shown])
        over_lanes.paint_memory(
            painter,
            axis,
            session.tasks.passes.matches.memory_frames(session.viewer.shown, session.document.active),
        )
        over_lanes.paint_playhead(painter, axis, session.viewer.position, bottom, self._hover)
        if self.hasFocus():
            paint_focus(painter, self.rect())

    def _paint_picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.color("well"))
        painter = QPainter(picture)
        bottom = self.height() - _BAR - STRIP
        self._lanes.paint(painter, self._axis, self._rows.value(), self._count(), bottom)
        self._changes.paint(painter, self._axis, bottom)
        painter.end()
        return picture


def _height(lanes: int) -> int:
    return RULER + lanes * LANE + CONFIDENCE + STRIP + _BAR

"""Timeline: a lane per object, the confidence of propagation, and the playhead. Click seeks, drag scrubs.

A lane shows where its object is: a diamond on a reference frame, a line where it was propagated, a gap where
the frame's mask lacks it, a dotted line where there is no mask yet. The lanes are painted into a picture that
is made again, at most every few milliseconds, when something changed; the playhead is drawn over it.
"""

import math
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.app.session import Session
from skn_annotator.gui import theme
from skn_annotator.gui.overview import ABSENT, UNKNOWN, Overview

HEADER = 136  # width of the names
_RULER, _LANE, _CONFIDENCE, _BOTTOM = 24, 24, 40, 8
_RIGHT = 16
_REDRAW_MS = 40
_FEWEST_LANES, _MOST_LANES = 3, 5


class Timeline(QWidget):
    """The whole sequence at a glance."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._overview = Overview(session.annotation)
        self._picture: QPixmap | None = None
        self._hover: int | None = None
        self._first = 0  # the object of the first lane that is seen
        self._redraw = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._redraw.timeout.connect(self._forget_picture)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        session.opened.connect(self._on_opened)
        session.objects_changed.connect(self._on_objects)
        session.frames_changed.connect(self._on_frames)
        session.pass_changed.connect(self._later)
        session.position_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, _RULER + self._lanes() * _LANE + _CONFIDENCE + _BOTTOM)

    def _lanes(self) -> int:
        """How many lanes are seen: a few at least, so that the canvas stays where it is when one is added."""
        return min(_MOST_LANES, max(_FEWEST_LANES, len(self._session.annotation.objects)))

    def _scroll_to(self, first: int) -> None:
        last = max(0, len(self._session.annotation.objects) - self._lanes())
        first = min(max(0, first), last)
        if first != self._first:
            self._first = first
            self._forget_picture()

    # ---- frames and pixels

    def x_of(self, t: int) -> float:
        """The middle of frame `t`."""
        return HEADER + (t + 0.5) * self._cell()

    def frame_at(self, x: float) -> int:
        """The frame under `x`, the nearest one outside of the lanes."""
        t = int((x - HEADER) / self._cell())
        return min(max(0, t), self._session.annotation.length - 1)

    def _cell(self) -> float:
        return max(1.0, self.width() - HEADER - _RIGHT) / self._session.annotation.length

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._session.sequence is None or event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        if at.x() < HEADER:
            self._choose_lane(at.y())
        else:
            self._session.seek(self.frame_at(at.x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._hover = self.frame_at(at.x()) if at.x() >= HEADER else None
        if event.buttons() & Qt.MouseButton.LeftButton and self._session.sequence is not None:
            t = self.frame_at(at.x())
            if t != self._session.position:
                self._session.seek(t)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def _choose_lane(self, y: float) -> None:
        row = int((y - _RULER) // _LANE)
        objects = self._session.annotation.objects[self._first :]
        if 0 <= row < min(self._lanes(), len(objects)):
            self._session.choose(objects[row].id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._scroll_to(self._first - round(event.angleDelta().y() / 120))

    # ---- painting

    def _on_opened(self) -> None:
        self._overview = Overview(self._session.annotation)
        self._on_objects()

    def _on_frames(self, frames: frozenset[int]) -> None:
        self._overview.update(frames)
        self._later()

    def _on_objects(self) -> None:
        self.updateGeometry()
        places = [o.id for o in self._session.annotation.objects]
        place = places.index(self._session.active) if self._session.active in places else 0
        self._scroll_to(min(max(self._first, place - self._lanes() + 1), place))
        self._forget_picture()

    def _later(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, event: QEvent) -> None:
        self._picture = None

    def changeEvent(self, event: QEvent) -> None:
        self._picture = None  # another theme, or another font
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._session.sequence is None:
            painter.fillRect(self.rect(), theme.color("well"))
            return
        if self._picture is None:
            self._picture = self._paint_picture()
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hover is not None:
            self._paint_hover(painter, self._hover)
        self._paint_playhead(painter)

    def _paint_picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.color("well"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_pass(painter)
        self._paint_ruler(painter)
        annotation = self._session.annotation
        for row, lane_object in enumerate(annotation.objects[self._first :][: self._lanes()]):
            self._paint_lane(painter, lane_object, _RULER + row * _LANE)
        self._paint_confidence(painter, _RULER + self._lanes() * _LANE)
        painter.end()
        return picture

    def _paint_ruler(self, painter: QPainter) -> None:
        length = self._session.annotation.length
        step = next(s for s in _steps() if s * self._cell() >= 72 or s >= length)
        for t in sorted({0, *range(step - 1, length, step)}):
            x = self.x_of(t)
            painter.setPen(QPen(theme.color("faint"), 1))
            painter.drawLine(QPointF(x, _RULER - 5), QPointF(x, _RULER - 1))
            painter.setPen(theme.color("dim"))
            painter.drawText(QRectF(x - 40, 0, 80, _RULER - 5), Qt.AlignmentFlag.AlignCenter, str(t + 1))

    def _paint_pass(self, painter: QPainter) -> None:
        running = self._session.running
        if running is not None:
            left, right = min(running.order), max(running.order)
            cell = self._cell()
            area = QRectF(self.x_of(left) - cell / 2, _RULER, (right - left + 1) * cell, self.height())
            painter.fillRect(area, theme.color("accent", 22))

    def _paint_lane(self, painter: QPainter, lane_object: AnnotatedObject, top: float) -> None:
        annotation, middle = self._session.annotation, top + _LANE / 2
        active = lane_object.id == self._session.active
        if active:
            painter.fillRect(QRectF(0, top, self.width(), _LANE), theme.color("surface"))
        color = QColor(*lane_object.color)
        _paint_name(painter, lane_object.name, color, top, active)
        dots = QPen(theme.color("faint", 120), 1.5, Qt.PenStyle.CustomDashLine)
        dots.setDashPattern([1, 4])
        line = QPen(color, 4)
        line.setCapStyle(Qt.PenCapStyle.FlatCap)
        half = self._cell() / 2
        for first, last, state in self._overview.runs(lane_object.id):
            if state != ABSENT:
                painter.setPen(dots if state == UNKNOWN else line)
                painter.drawLine(
                    QPointF(self.x_of(first) - half, middle), QPointF(self.x_of(last) + half, middle)
                )
        for t in self._apart(annotation.references):
            _paint_diamond(
                painter, QPointF(self.x_of(t), middle), color, lane_object.id in annotation.ids_at(t)
            )

    def _paint_confidence(self, painter: QPainter, top: float) -> None:
        text = QRectF(16, top, HEADER - 24, _CONFIDENCE)
        painter.setPen(theme.color("dim"))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "confidence")
        bottom, height = top + _CONFIDENCE - 4, _CONFIDENCE - 12
        painter.fillRect(QRectF(HEADER, bottom, self.width() - HEADER - _RIGHT, 1), theme.color("line"))
        previous: QPointF | None = None
        for t, value in self._overview.certainty(self.width() - HEADER):
            if math.isnan(value):
                previous = None
                continue
            point = QPointF(self.x_of(t), bottom - value * height)
            painter.setPen(QPen(_certainty_color(value), 1.6))
            painter.drawLine(previous or point, point)
            previous = point

    def _apart(self, frames: Iterable[int]) -> list[int]:
        """Those of `frames` that are far enough from each other to be told apart."""
        return list({round(self.x_of(t) / 3): t for t in sorted(frames)}.values())

    def _paint_hover(self, painter: QPainter, t: int) -> None:
        x = self.x_of(t)
        painter.setPen(QPen(theme.color("text", 60), 1))
        painter.drawLine(QPointF(x, _RULER), QPointF(x, self.height()))
        _paint_flag(painter, x, str(t + 1), theme.color("hover"), theme.color("text"))

    def _paint_playhead(self, painter: QPainter) -> None:
        x = self.x_of(self._session.position)
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.drawLine(QPointF(x, _RULER - 4), QPointF(x, self.height()))
        _paint_flag(
            painter, x, str(self._session.position + 1), theme.color("accent"), theme.color("on_accent")
        )


def _steps() -> Iterator[int]:
    base = 1
    while True:
        yield from (base, 2 * base, 5 * base)
        base *= 10


def _certainty_color(value: float) -> QColor:
    if value < 0.5:
        return theme.color("error")
    return theme.color("warning") if value < 0.75 else theme.color("good")


def _paint_name(painter: QPainter, name: str, color: QColor, top: float, active: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(QRectF(16, top + _LANE / 2 - 4, 8, 8), 2, 2)
    text = QRectF(32, top, HEADER - 40, _LANE)
    painter.setPen(theme.color("text" if active else "dim"))
    elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(text.width()))
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


def _paint_diamond(painter: QPainter, at: QPointF, color: QColor, filled: bool) -> None:
    r = 5.5
    shape = QPolygonF([at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)])
    painter.setPen(QPen(theme.color("well") if filled else color, 1.5))
    painter.setBrush(color.lighter(115) if filled else theme.color("well"))
    painter.drawPolygon(shape)


def _paint_flag(painter: QPainter, x: float, text: str, back: QColor, front: QColor) -> None:
    width = painter.fontMetrics().horizontalAdvance(text) + 12
    area = QRectF(x - width / 2, 2, width, _RULER - 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    painter.drawRoundedRect(area, 4, 4)
    painter.setPen(front)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

"""Lanes: the ruler, a lane per object with its diamonds and lines, and the curve of confidence.

A lane shows where its object is: a diamond on a reference frame, a line where it was propagated, a gap where
the frame's mask lacks it, a dotted line where there is no mask yet. Only what is seen is looked up, and of
the frames that share a pixel one is drawn, so an hour of video costs no more than a minute.
"""

import math
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.app.language import tr
from skn_annotator.app.reasons import SURE
from skn_annotator.app.session import Session
from skn_annotator.gui.look import line_color, theme
from skn_annotator.gui.timeline.axis import Axis
from skn_annotator.gui.timeline.overview import ABSENT, PRESENT, STALE, STALE_ABSENT, UNKNOWN, Overview

HEADER = 136  # width of the names
RULER, LANE, CONFIDENCE = 24, 24, 40
RIGHT = 16
_LABELS_APART = 72
_DIAMONDS_APART = 3


class Lanes:
    """Paints lanes from `first` on, `count` of them, the frames as `axis` says."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.read_again()

    def read_again(self) -> None:
        """Read every frame again: another sequence is open."""
        document = self._session.document
        self._overview = Overview(document.annotation, document.stale)

    def update(self, frames: frozenset[int]) -> None:
        """Read `frames` again."""
        self._overview.update(frames)

    def paint(self, painter: QPainter, axis: Axis, first: int, count: int, bottom: float) -> None:
        """Paint ruler, lanes and confidence from the top left corner on; the confidence ends at `bottom`."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ruler(painter, axis)
        self._paint_pass(painter, axis, bottom)
        objects = self._session.document.annotation.objects[first : first + count]
        for row, lane_object in enumerate(objects):
            self._paint_lane(painter, axis, lane_object, RULER + row * LANE)
        self._paint_confidence(painter, axis, RULER + count * LANE, bottom)

    def _paint_pass(self, painter: QPainter, axis: Axis, bottom: float) -> None:
        running = self._session.tasks.passes.current
        if running is not None:
            paint_stretch(painter, axis, running.plan.bounds, RULER, bottom, 22)

    def _paint_lane(self, painter: QPainter, axis: Axis, lane_object: AnnotatedObject, top: float) -> None:
        active = lane_object.id == self._session.document.active
        if active:
            width = axis.left + axis.width + RIGHT
            painter.fillRect(QRectF(0, top, width, LANE), theme.color("surface"))
        color = line_color(lane_object)
        _paint_name(painter, lane_object.name, color, top, active)
        painter.save()
        painter.setClipRect(QRectF(axis.left - 6, top, axis.width + 12, LANE))
        self._paint_runs(painter, axis, lane_object.id, color, top + LANE / 2)
        apart = max(1, round(_DIAMONDS_APART / axis.cell))
        for t in self._overview.following(lane_object.id, axis.frames, apart):
            paint_following(painter, QPointF(axis.x_of(t), top + LANE / 2), color)
        for t in self._overview.references(lane_object.id, axis.frames, apart):
            holds = lane_object.id in self._session.document.annotation.ids_at(t)
            paint_diamond(painter, QPointF(axis.x_of(t), top + LANE / 2), color, holds)
        painter.restore()

    def _paint_runs(
        self, painter: QPainter, axis: Axis, object_id: int, color: QColor, middle: float
    ) -> None:
        pens = lane_pens(color)
        left, right = axis.left, axis.left + axis.width
        for first, last, state in self._overview.runs(object_id, axis.frames, axis.per_pixel):
            if state != ABSENT:
                painter.setPen(pens[state])
                start, end = max(left, axis.edge(first)), min(right, axis.edge(last + 1))
                painter.drawLine(QPointF(start, middle), QPointF(end, middle))

    def _paint_confidence(self, painter: QPainter, axis: Axis, top: float, end: float) -> None:
        text = QRectF(16, top, HEADER - 24, end - top)
        painter.setPen(theme.color("dim"))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tr("confidence"))
        bottom, height = end - 4, end - top - 12
        painter.fillRect(QRectF(axis.left, bottom, axis.width, 1), theme.color("line"))
        painter.save()
        painter.setClipRect(QRectF(axis.left, top, axis.width, end - top))
        previous: QPointF | None = None
        for t, value in self._overview.certainty(axis.frames, axis.per_pixel):
            if math.isnan(value):
                previous = None
                continue
            point = QPointF(axis.x_of(t), bottom - value * height)
            painter.setPen(QPen(certainty_color(value), 1.6))
            painter.drawLine(previous or point, point)
            previous = point
        painter.restore()


def paint_stretch(
    painter: QPainter, axis: Axis, frames: tuple[int, int], top: float, bottom: float, alpha: int
) -> QRectF:
    """Tint the frames from the first to the last of `frames`; returns the rectangle that was painted."""
    left = max(axis.left, axis.edge(frames[0]))
    right = min(axis.left + axis.width, axis.edge(frames[1] + 1))
    area = QRectF(left, top, max(0.0, right - left), bottom - top)
    painter.fillRect(area, theme.color("accent", alpha))
    return area


def ruler_numbers(axis: Axis) -> list[int]:
    """The frames, counted from 1, whose numbers stand on the ruler."""
    step = next(s for s in _steps() if s * axis.cell >= _LABELS_APART or s >= axis.length)
    seen = axis.frames
    first = -(-(seen.start + 1) // step) * step
    numbers = [*([1] if seen.start == 0 and first > 1 else []), *range(first, seen.stop + 1, step)]
    return [number for number in numbers if axis.left <= axis.x_of(number - 1) <= axis.left + axis.width]


def _paint_ruler(painter: QPainter, axis: Axis) -> None:
    for number in ruler_numbers(axis):
        x = axis.x_of(number - 1)
        painter.setPen(QPen(theme.color("faint"), 1))
        painter.drawLine(QPointF(x, RULER - 5), QPointF(x, RULER - 1))
        painter.setPen(theme.color("dim"))
        painter.drawText(QRectF(x - 40, 0, 80, RULER - 5), Qt.AlignmentFlag.AlignCenter, str(number))


def _steps() -> Iterator[int]:
    base = 1
    while True:
        yield from (base, 2 * base, 5 * base)
        base *= 10


def certainty_color(value: float) -> QColor:
    """The colour of the curve of confidence at `value`, 0-1."""
    if value < 0.5:
        return theme.color("error")
    return theme.color("warning") if value < SURE else theme.color("good")


def _paint_name(painter: QPainter, name: str, color: QColor, top: float, active: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRoundedRect(QRectF(16, top + LANE / 2 - 4, 8, 8), 2, 2)
    text = QRectF(32, top, HEADER - 40, LANE)
    painter.setPen(theme.color("text" if active else "dim"))
    elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(text.width()))
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


def lane_pens(color: QColor) -> dict[int, QPen]:
    """State -> how the line of an object of that colour is drawn there; ABSENT has no line."""
    dots = QPen(theme.color("faint", 120), 1.5, Qt.PenStyle.CustomDashLine)
    dots.setDashPattern([1, 4])
    line, stale, stale_gap = QPen(color, 4), QPen(color, 4), QPen(color, 1.5)
    for pen in (line, stale, stale_gap):
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    stale.setDashPattern([0.75, 0.75])
    stale_gap.setDashPattern([2, 2])
    return {UNKNOWN: dots, PRESENT: line, STALE: stale, STALE_ABSENT: stale_gap}


def paint_following(painter: QPainter, at: QPointF, color: QColor) -> None:
    """Draw the mark of a frame that follows drawn outlines around `at`."""
    painter.setPen(QPen(theme.color("well"), 1))
    painter.setBrush(color.lighter(115))
    painter.drawPolygon(_diamond(at, 3.5))


def paint_diamond(painter: QPainter, at: QPointF, color: QColor, filled: bool) -> None:
    """Draw a reference around `at`; not `filled` where the object is decided to be absent."""
    painter.setPen(QPen(theme.color("well") if filled else color, 1.5))
    painter.setBrush(color.lighter(115) if filled else theme.color("well"))
    painter.drawPolygon(_diamond(at, 5.5))


def _diamond(at: QPointF, r: float) -> QPolygonF:
    return QPolygonF([at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)])

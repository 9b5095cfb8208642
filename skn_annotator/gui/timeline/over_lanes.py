"""What is drawn over the lanes and changes while they stay: playhead, mouse, range, forecast, memory."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from skn_annotator.app.language import tr
from skn_annotator.app.tasks.forecast import Forecast
from skn_annotator.gui.look import theme
from skn_annotator.gui.timeline.axis import Axis
from skn_annotator.gui.timeline.lanes import LANE, RULER, paint_stretch, ruler_numbers

_APART = 4
"""Pixels between the number of a frame on its ground and the ruler's numbers."""


def paint_playhead(painter: QPainter, axis: Axis, t: int, bottom: float, hover: int | None = None) -> None:
    """Draw the line and the number of the current frame `t`; before that, beside them, those of the frame
    `hover`, which is under the mouse."""
    x = axis.x_of(t)
    is_shown = axis.left - 1 <= x <= axis.left + axis.width + 1
    if is_shown:
        _clear_ruler(painter, axis, _flag(painter, t, x))
    if hover is not None:
        _paint_hover(painter, axis, hover, bottom, t)
    if is_shown:
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.drawLine(QPointF(x, RULER - 4), QPointF(x, bottom))
        _paint_flag(painter, t, x, theme.color("accent"), theme.color("on_accent"))


def _paint_hover(painter: QPainter, axis: Axis, t: int, bottom: float, current: int) -> None:
    x = axis.x_of(t)
    painter.setPen(QPen(theme.color("text", 60), 1))
    painter.drawLine(QPointF(x, RULER), QPointF(x, bottom))
    if t != current:
        x += _aside(painter, axis, t, current)
        _clear_ruler(painter, axis, _flag(painter, t, x))
        _paint_flag(painter, t, x, theme.color("hover"), theme.color("text"))


def _aside(painter: QPainter, axis: Axis, t: int, current: int) -> float:
    """How far the number of frame `t` is moved so that the current one's does not cover it."""
    x, other = axis.x_of(t), axis.x_of(current)
    apart = (_flag_width(painter, t) + _flag_width(painter, current)) / 2 + 2
    if abs(x - other) >= apart:
        return 0.0
    is_left = t < current and other - apart >= axis.left
    return (other - apart if is_left else other + apart) - x


def _flag_width(painter: QPainter, t: int) -> float:
    return painter.fontMetrics().horizontalAdvance(str(t + 1)) + 12


def paint_range(painter: QPainter, axis: Axis, frames: tuple[int, int], bottom: float) -> None:
    """Tint the chosen range, strongest at the top, with a line at each end that is shown."""
    area = paint_stretch(painter, axis, frames, 0, bottom, 34)
    if area.width() > 0:
        painter.fillRect(QRectF(area.left(), RULER - 4, area.width(), 3), theme.color("accent", 190))
        painter.setPen(QPen(theme.color("accent", 190), 1))
        for x, end in ((area.left(), axis.edge(frames[0])), (area.right(), axis.edge(frames[1] + 1))):
            if abs(x - end) < 0.5:
                painter.drawLine(QPointF(x, RULER - 4), QPointF(x, bottom))


def paint_forecast(painter: QPainter, axis: Axis, forecast: Forecast, objects: Sequence[int]) -> None:
    """Tint what a pass would change in the lanes of `objects`; hatch it where a mask is replaced."""
    for row, object_id in enumerate(objects):
        top = RULER + row * LANE + 2
        for stretch in forecast.lanes.get(object_id, ()):
            area = paint_stretch(painter, axis, (stretch.first, stretch.last), top, top + LANE - 4, 48)
            if stretch.replaces:
                painter.fillRect(area, QBrush(theme.color("accent", 150), Qt.BrushStyle.BDiagPattern))


def paint_memory(painter: QPainter, axis: Axis, frames: Iterable[int]) -> None:
    """Draw a tooth below the ruler at each frame in the network's memory, and a caption at the left."""
    seen = [x for x in map(axis.x_of, frames) if axis.left <= x <= axis.left + axis.width]
    if not seen:
        return
    painter.setPen(theme.color("dim"))
    text = QRectF(32, 0, axis.left - 40, RULER)
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tr("memory"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text"))
    for at in (QPointF(20, RULER / 2 - 3), *(QPointF(x, RULER - 3) for x in seen)):
        corners = (at + QPointF(-3.5, 0), at + QPointF(3.5, 0), at + QPointF(0, 5.5))
        painter.drawPolygon(QPolygonF(list(corners)))


def _flag(painter: QPainter, t: int, x: float) -> QRectF:
    """The ground of the number of frame `t`, round `x`."""
    width = _flag_width(painter, t)
    return QRectF(x - width / 2, 2, width, RULER - 6)


def _clear_ruler(painter: QPainter, axis: Axis, flag: QRectF) -> None:
    """Take the ruler's numbers away that a `flag` comes near."""
    near, measure = flag.adjusted(-_APART, 0, _APART, 0), painter.fontMetrics().horizontalAdvance
    for number in ruler_numbers(axis):
        half = measure(str(number)) / 2 + 1
        taken = QRectF(axis.x_of(number - 1) - half, 0, 2 * half, RULER - 5)
        if taken.intersects(near):
            painter.fillRect(taken, theme.color("well"))


def _paint_flag(painter: QPainter, t: int, x: float, back: QColor, front: QColor) -> None:
    """The number of frame `t` on a coloured ground."""
    area = _flag(painter, t, x)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(back)
    painter.drawRoundedRect(area, 4, 4)
    painter.setPen(front)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(t + 1))

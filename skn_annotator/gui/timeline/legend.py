"""Legend: what the marks of the timeline mean, each drawn as it is there."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.gui.look import caption, theme
from skn_annotator.gui.timeline.lanes import certainty_color, lane_pens, paint_diamond, paint_following
from skn_annotator.gui.timeline.overview import PRESENT, STALE, UNKNOWN

_WIDTH, _HEIGHT = 44, 20


def _line(state: int) -> Callable[[QPainter, QRectF], None]:
    def paint(painter: QPainter, area: QRectF) -> None:
        painter.setPen(lane_pens(_color())[state])
        painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()))

    return paint


def _diamond(filled: bool) -> Callable[[QPainter, QRectF], None]:
    return lambda painter, area: paint_diamond(painter, area.center(), _color(), filled)


def _confidence(painter: QPainter, area: QRectF) -> None:
    heights = (0.15, 0.2, 0.6, 0.9, 0.4, 0.15)
    points = [
        QPointF(area.left() + area.width() * n / 5, area.top() + height * area.height())
        for n, height in enumerate(heights)
    ]
    for start, end, height in zip(points, points[1:], heights[1:], strict=False):
        painter.setPen(QPen(certainty_color(1 - height), 1.6))
        painter.drawLine(start, end)


def _changes(painter: QPainter, area: QRectF) -> None:
    step = area.width() / 6
    for n, height in enumerate((0.25, 0.5, 1.0, 0.7, 0.3, 0.2)):
        tall = height * area.height()
        bar = QRectF(area.left() + n * step, area.bottom() - tall, step - 1, tall)
        painter.fillRect(bar, _color())


def _forecast(painter: QPainter, area: QRectF) -> None:
    painter.fillRect(area, theme.color("accent", 48))
    painter.fillRect(area, QBrush(theme.color("accent", 150), Qt.BrushStyle.BDiagPattern))


def _memory(painter: QPainter, area: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text"))
    at = area.center() - QPointF(0, 3)
    painter.drawPolygon(QPolygonF([at + QPointF(-3.5, 0), at + QPointF(3.5, 0), at + QPointF(0, 5.5)]))


def _color() -> QColor:
    return theme.color("accent")


MARKS: tuple[tuple[Callable[[QPainter, QRectF], None], str], ...] = (
    (_diamond(True), translatable("reference: you painted the object here; no pass changes it")),
    (_diamond(False), translatable("reference: you said that it is absent here")),
    (
        lambda painter, area: paint_following(painter, area.center(), _color()),
        translatable("between outlines that you drew: it follows them; no pass changes it"),
    ),
    (_line(PRESENT), translatable("propagated from references")),
    (_line(STALE), translatable("stale: a reference that it came from was corrected since; U renews it")),
    (
        lambda _painter, _area: None,
        translatable("a gap: a pass looked for the object here and did not find it"),
    ),
    (_line(UNKNOWN), translatable("no pass has been here")),
    (_confidence, translatable("how certain the network was; C goes to the low points")),
    (_changes, translatable("how much the last pass changed the mask; . and , go through the high points")),
    (_forecast, translatable("what the pass you point at would replace")),
    (_memory, translatable("a frame that the network remembers while it looks at this one")),
)
"""What is drawn, and what it means."""


class Legend(QFrame):
    """A card that a click beside it, or Escape, closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("Card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(caption(tr("Marks of the timeline"), role="Heading"), 0, 0, 1, 2)
        for row, (paint, text) in enumerate(MARKS, 1):
            grid.addWidget(_Mark(paint), row, 0)
            grid.addWidget(caption(tr(text)), row, 1)

    def show_above(self, widget: QWidget) -> None:
        """Open over the upper left corner of `widget`."""
        self.adjustSize()
        corner = widget.mapToGlobal(widget.rect().topLeft())
        self.move(corner.x() + 8, max(0, corner.y() - self.height() - 8))
        self.show()


class _Mark(QWidget):
    """One mark."""

    def __init__(self, paint: Callable[[QPainter, QRectF], None]) -> None:
        super().__init__()
        self._paint = paint
        self.setFixedSize(QSize(_WIDTH, _HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, QRectF(self.rect()).adjusted(2, 3, -2, -3))

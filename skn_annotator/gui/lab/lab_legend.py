"""LabLegend: what the marks of the match view mean, in one line."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.gui.lab.heat import CHOSEN, MATCHED, POINTED
from skn_annotator.gui.look import set_texts, theme

_MARK, _GAP = 18, 16
_ENTRIES = (
    ("cross", theme.OVER_FRAME.color("text"), translatable("r, with circles of sigma_s and twice that")),
    ("dot", MATCHED, translatable("matched point, larger where W1 is")),
    ("square", CHOSEN, translatable("chosen memory cell")),
    ("square", POINTED, translatable("query cell under the mouse")),
)


class LabLegend(QWidget):
    """A row of marks, each with its meaning."""

    def __init__(self) -> None:
        super().__init__()
        set_texts(self, accessibleName=translatable("Marks"))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(tr(text)) + _MARK + 1.25 * _GAP for _, _, text in _ENTRIES)
        return QSize(round(width), metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for mark, color, text in _ENTRIES:
            _paint_mark(
                painter, mark, color or theme.OVER_FRAME.color("text"), QPointF(x + 8, self.height() / 2)
            )
            x += _MARK + _GAP / 4
            width = self.fontMetrics().horizontalAdvance(tr(text))
            painter.setPen(theme.color("dim"))
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, tr(text))
            x += width + _GAP


def _paint_mark(painter: QPainter, mark: str, color: QColor, at: QPointF) -> None:
    """A mark as it looks over a frame, which is dark in both themes."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.OVER_FRAME.color("raised"))
    painter.drawRoundedRect(QRectF(at.x() - 8, at.y() - 8, 16, 16), 3, 3)
    painter.setPen(QPen(color, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark == "cross":
        painter.drawLine(at - QPointF(5, 0), at + QPointF(5, 0))
        painter.drawLine(at - QPointF(0, 5), at + QPointF(0, 5))
    elif mark == "square":
        painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(at, 4.5, 4.5)

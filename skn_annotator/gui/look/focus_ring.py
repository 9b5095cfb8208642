"""The focus ring of widgets that paint themselves."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from skn_annotator.gui.look import theme


def paint_focus(painter: QPainter, area: QRect) -> None:
    """Draw a ring just inside `area`, like the style sheet's ring round a button."""
    painter.setPen(QPen(theme.color("accent"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

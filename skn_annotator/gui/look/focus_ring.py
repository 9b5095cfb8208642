"""What is painted by hand shows by a thin ring that it has the keyboard."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from skn_annotator.gui.look import theme


def paint_focus(painter: QPainter, area: QRect) -> None:
    """A ring just inside of `area`, as the style sheet draws it round a button."""
    painter.setPen(QPen(theme.color("accent"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

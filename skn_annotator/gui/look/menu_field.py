"""MenuField: a button that opens a menu and looks like a list of choices, beside which it stands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

_BEFORE, _AFTER = 9, 26
"""Pixels beside the text, as a list of choices has them: border and padding; the arrow."""


class MenuField(QPushButton):
    """Its text begins at the left, where Qt puts that of a button with a menu somewhere near the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self.setObjectName("Choice")

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        place = self.rect().adjusted(_BEFORE, 0, -_AFTER, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        painter.drawItemText(
            place, flags, self.palette(), self.isEnabled(), self.text(), QPalette.ColorRole.ButtonText
        )

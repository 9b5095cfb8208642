"""Elided: a line of text that is cut with "…" where it does not fit; a tooltip shows all of it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyleOption


class Elided(QLabel):
    """A `QLabel` that ends in "…" rather than make its row wider."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the whole text as a tooltip if it is cut."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.text() if self._elided() != self.text() else "")
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOption()
        option.initFrom(self)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self.style().drawItemText(
            QPainter(self),
            self.contentsRect(),
            int(flags),
            option.palette,
            self.isEnabled(),
            self._elided(),
            self.foregroundRole(),
        )

    def _elided(self) -> str:
        width = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

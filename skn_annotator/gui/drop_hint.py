"""DropHint: over the whole window while something is held over it: what a drop would do, or that it cannot be
taken.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from skn_annotator.gui.look import Symbol, caption, column, theme

_INSET, _CORNER = 12, 10
_VEIL = 242
_WIDEST = 640


class DropHint(QWidget):
    """An icon, a sentence and a line beneath it, in a frame; the window is seen through it, faintly."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("DropHint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = Symbol("video", "accent", size=40)
        self.text, self.under = caption(role="Title", wrap=True), caption(role="Hint", wrap=True)
        middle = Qt.AlignmentFlag.AlignCenter
        for each in (self.text, self.under):
            each.setAlignment(middle)
        self._is_taken = True
        column(
            None,
            (self._icon, 0, middle),
            (self.text, 0, middle),
            (self.under, 0, middle),
            None,
            spacing=12,
            of=self,
        )
        parent.installEventFilter(self)
        self.hide()

    def show_drop(self, icon: str, text: str, under: str, is_taken: bool) -> None:
        """Show what a drop would do; `is_taken`: whether it would be taken at all."""
        self._is_taken = is_taken
        self._icon.show_icon(icon, "accent" if is_taken else "error")
        self.text.setText(text)
        self.under.setText(under)
        self.under.setVisible(bool(under))
        self._cover()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def _cover(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        width = min(_WIDEST, self.width() - 6 * _INSET)
        # In the middle of its layout, a text that wraps has to say its size.
        for each in (self.text, self.under):
            each.setMinimumSize(0, 0)
            each.setFixedSize(width, each.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface", _VEIL))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.color("accent" if self._is_taken else "error"), 2)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        inside = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(inside, _CORNER, _CORNER)

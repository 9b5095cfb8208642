"""ColorMenu: a grid of colours that are seen well over frames, and a dialog for any other."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QColorDialog, QGridLayout, QMenu, QWidget, QWidgetAction

from skn_annotator.app.language import tr
from skn_annotator.arrays import Color
from skn_annotator.gui.look import offered_color, theme

_COLUMNS, _OFFERED = 5, 20
_DOT = 64


class ColorMenu(QMenu):
    """Emits `chosen` with RGB, 0-255 each."""

    chosen = Signal(object)

    def __init__(self, current: Color, parent: QWidget) -> None:
        super().__init__(parent)
        self._current = current
        self.swatches = [Swatch(24, offered_color(n + 1)) for n in range(_OFFERED)]
        grid = QWidget()
        layout = QGridLayout(grid)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        for place, swatch in enumerate(self.swatches):
            swatch.clicked.connect(partial(self._choose, swatch.color))
            layout.addWidget(swatch, place // _COLUMNS, place % _COLUMNS)
        action = QWidgetAction(self)
        action.setDefaultWidget(grid)
        self.addAction(action)
        self.addAction(tr("Another…"), self._ask)

    def _choose(self, color: Color) -> None:
        self.close()
        self.chosen.emit(color)

    def _ask(self) -> None:
        color = QColorDialog.getColor(QColor(*self._current), self.parentWidget().window(), tr("Colour"))
        if color.isValid():
            self.chosen.emit((color.red(), color.green(), color.blue()))


def dot(color: QColor) -> QIcon:
    """A round icon of `color` for a menu entry."""
    picture = QPixmap(_DOT, _DOT)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(picture.rect().adjusted(_DOT // 5, _DOT // 5, -_DOT // 5, -_DOT // 5))
    painter.end()
    return QIcon(picture)


class Swatch(QWidget):
    """A clickable square of one colour."""

    clicked = Signal()

    def __init__(self, size: int, color: Color = (0, 0, 0)) -> None:
        super().__init__()
        self.color = color
        self.setFixedSize(size, size)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(QColor(*color).name())

    def set_color(self, color: Color) -> None:
        """Show `color`, RGB."""
        self.color = color
        self.setAccessibleName(QColor(*color).name())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.underMouse() or self.hasFocus()
        painter.setPen(theme.color("text", 200 if chosen else 40))
        painter.setBrush(QColor(*self.color))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Accept the press, so that the row below does not start a drag with it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

"""Switch: a checkable action as a row of text with a sliding switch."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from skn_annotator.gui.look import theme
from skn_annotator.gui.look.translated import set_texts

_WIDTH, _HEIGHT, _ROW = 28, 16, 26


class Switch(QWidget):
    """Shows and toggles `action`."""

    def __init__(self, action: QAction, text: str) -> None:
        super().__init__()
        self._action = action
        set_texts(self, accessibleName=text)  # the text beside the painted switch
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        action.changed.connect(self._on_changed)
        self._on_changed()
        action.toggled.connect(self.update)

    def _on_changed(self) -> None:
        self.setToolTip(self._action.toolTip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.accessibleName()) + _WIDTH + 16, _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, usable = self._action.isChecked(), self._action.isEnabled()
        painter.setPen(theme.color("text" if usable else "faint"))
        middle_left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), middle_left, self.accessibleName())
        top = (self.height() - _HEIGHT) / 2
        groove = QRectF(self.width() - _WIDTH, top, _WIDTH, _HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        hovered = self.underMouse() and usable
        off = "faint" if hovered else "pressed"
        painter.setBrush(theme.color(("accent_hover" if hovered else "accent") if on and usable else off))
        painter.drawRoundedRect(groove, _HEIGHT / 2, _HEIGHT / 2)
        x = groove.right() - _HEIGHT / 2 if on else groove.left() + _HEIGHT / 2
        painter.setBrush(theme.color("on_accent" if on and usable else "knob" if usable else "faint"))
        painter.drawEllipse(QPointF(x, groove.center().y()), 5, 5)
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(groove.adjusted(-1.5, -1.5, -0.5, 1.5), _HEIGHT / 2, _HEIGHT / 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._action.isEnabled():
            self._action.trigger()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._action.isEnabled() and self.rect().contains(event.position().toPoint()):
            self._action.trigger()

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

"""FrameField: the number of the shown frame, which is typed over to go to another."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.session import Session
from skn_annotator.gui.look import NumberBox, set_texts

_Key = Qt.Key
_OWN = (_Key.Key_Escape, _Key.Key_Return, _Key.Key_Enter, _Key.Key_Up, _Key.Key_Down)


class FrameField(NumberBox):
    """ "frame 12 / 300": Enter goes to the number that was typed, Escape leaves it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("FrameField")
        self._session = session
        self._from: QWidget | None = None  # what had the keyboard before
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        set_texts(
            self, accessibleName=translatable("Frame"), toolTip=translatable("Type a number to go there")
        )
        self.editingFinished.connect(self._go)
        session.project.opened.connect(self.refresh)
        session.viewer.position_changed.connect(self.refresh)
        self.refresh()

    def start(self) -> None:
        """Give the keyboard to the number, all of it selected."""
        self._from = QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def refresh(self) -> None:
        """Show where the session is."""
        sequence = self._session.project.sequence
        length = 1 if sequence is None else sequence.length
        self.setRange(1, length)
        self.setPrefix(tr("frame") + " ")
        self.setSuffix(f" / {length}")
        self.setValue(self._session.viewer.position + 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setValue(self._session.viewer.position + 1)
            self._leave()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that go on to a number or leave it: no shortcut of the window fires meanwhile."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def _go(self) -> None:
        if self.value() - 1 != self._session.viewer.position:
            self._session.viewer.seek(self.value() - 1)

    def _leave(self) -> None:
        came_from, self._from = self._from, None
        if came_from is None:
            self.clearFocus()
        else:
            came_from.setFocus()

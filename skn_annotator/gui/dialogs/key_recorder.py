"""KeyRecorder: a line of text that, once started, takes the next key that is pressed, whatever it is."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel

_ALONE = {
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
    Qt.Key.Key_unknown,
    Qt.Key(0),
}
"""Modifiers: they are no shortcut until another key is pressed."""


class KeyRecorder(QLabel):
    """Shows a text; while recording, waits for a key. Escape or a click elsewhere ends the recording."""

    recorded = Signal(str)  # the key, as QKeySequence writes it on every system
    cancelled = Signal()

    recording = False

    def __init__(self) -> None:
        super().__init__(wordWrap=True)
        self.setObjectName("Recorder")
        self.setContentsMargins(10, 6, 10, 6)
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 12)

    def show_text(self, text: str, asks: bool = False) -> None:
        """Show `text`; `asks`: it is a question, and is drawn as one."""
        self.setText(text)
        self.setProperty("asks", asks)
        self._show_state(False)

    def start(self, text: str) -> None:
        """Show `text` and wait for a key."""
        self.setText(text)
        self._show_state(True)
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Take every key before it moves the focus, starts a shortcut or presses the dialog's button."""
        if not self.recording:
            return super().event(event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._on_key(event)
            return True
        if event.type() == QEvent.Type.FocusOut:
            self._show_state(False)
            self.cancelled.emit()
        return super().event(event)

    def _on_key(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _ALONE or event.isAutoRepeat():
            return
        key = key_of(event)
        self._show_state(False)
        if key == "Esc":
            self.cancelled.emit()
        else:
            self.recorded.emit(key)

    def _show_state(self, recording: bool) -> None:
        self.recording = recording
        self.setProperty("recording", recording)
        self.style().unpolish(self)
        self.style().polish(self)


def key_of(event: QKeyEvent) -> str:
    """The pressed key as QKeySequence writes it: "Ctrl+Shift+Z", "?"."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    text = event.text()
    is_sign = bool(text) and text.isprintable() and not text.isalnum() and not text.isspace()
    if is_sign:  # shift is in it: "?", not "Shift+?"
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence.SequenceFormat.PortableText)

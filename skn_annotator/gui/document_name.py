"""DocumentName: the open video and whether it is saved, in the corner of the menu bar and in the title.

Where the last write failed it says so, and why, until one succeeds. A menu bar that is the system's, as on
macOS, has no corner: there the title says both.
"""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenuBar

from skn_annotator.app.language import message_text, tr, translatable
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.app.session import Session

NAME = "SKN Annotator"
_SAVING = {
    SaveState.NOTHING: "",
    SaveState.SAVED: translatable("saved"),
    SaveState.DUE: translatable("saving"),
    SaveState.SAVING: translatable("saving"),
    SaveState.FAILED: translatable("not saved"),
}

_PATIENCE_MS = 2000


class DocumentName(QLabel):
    """Empty while nothing is open."""

    def __init__(self, session: Session, bar: QMenuBar) -> None:
        super().__init__()
        self.setObjectName("Document")
        self._session, self._bar = session, bar
        bar.setCornerWidget(self)
        self._state = session.project.save_state  # what the text says
        self._is_slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._is_slow.timeout.connect(self._show_saving)
        session.project.opened.connect(self._show_state)
        session.project.saving_changed.connect(self._on_saving)
        self._show()

    def _on_saving(self) -> None:
        """A change is written within a second: only a write that takes longer is shown, or the mark would
        flicker with every stroke; and after one that failed what counts is how the next one ends."""
        waits = self._session.project.save_state in (SaveState.DUE, SaveState.SAVING)
        if waits and self._state is SaveState.FAILED:
            return
        if not waits or self._state is not SaveState.SAVED:
            self._show_state()
        elif not self._is_slow.isActive():
            self._is_slow.start()

    def _show_saving(self) -> None:
        if self._session.project.save_state is not SaveState.SAVED:
            self._show_state()

    def _show_state(self) -> None:
        self._is_slow.stop()
        self._state = self._session.project.save_state
        self._show()

    def _show(self) -> None:
        sequence, state = self._session.project.sequence, self._state
        window = self._bar.window()
        self.setProperty("failed", state is SaveState.FAILED)
        self.style().unpolish(self)
        self.style().polish(self)
        if sequence is None:
            window.setWindowTitle(NAME)
            self.setText("")
            self.setToolTip("")
            return
        folder, error = self._session.project.folder, self._session.project.save_error
        where = tr("Saved as you go in {folder}").format(folder=folder)
        self.setToolTip(where if error is None else message_text(error))
        state_text = f"  ·  {tr(_SAVING[state])}" if _SAVING[state] else ""
        self.setText(f"{sequence.path.name}{state_text}")
        shown = self.text() if self._bar.isNativeMenuBar() else sequence.path.name
        window.setWindowTitle(f"{shown} — {NAME}")
        # the bar lays out its corner only when it is resized
        QApplication.sendEvent(self._bar, QResizeEvent(self._bar.size(), self._bar.size()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

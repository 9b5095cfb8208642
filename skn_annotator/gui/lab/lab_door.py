"""LabDoor: opens and closes the reader lab, made when it is opened first: pyqtgraph takes a moment."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from skn_annotator.app.session import Session
from skn_annotator.gui.look import Display

if TYPE_CHECKING:
    from skn_annotator.gui.lab.reader_lab import ReaderLab


class LabDoor(QObject):
    """The lab of a window; it starts closed."""

    moved = Signal()  # it was opened or closed

    def __init__(self, session: Session, display: Display, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._display, self._window = session, display, window
        self.lab: ReaderLab | None = None

    @property
    def is_open(self) -> bool:
        """True while the lab is on the screen."""
        return self.lab is not None and self.lab.isVisible()

    def toggle(self) -> None:
        """Open the lab, or close it."""
        if self.lab is None:
            from skn_annotator.gui.lab.reader_lab import ReaderLab

            self.lab = ReaderLab(self._session, self._display, self._window)
            self.lab.installEventFilter(self)
        self.lab.setVisible(not self.lab.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.moved.emit()
        return False

"""Drops: what is dropped on the window: a video, a folder or a project is opened, masks are imported."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent

from skn_annotator.app.language import tr
from skn_annotator.app.notice import Notice
from skn_annotator.app.session import Session
from skn_annotator.gui.masks_to_import import MasksToImport


class Drops:
    """Takes the first of what is dropped, and says so."""

    def __init__(self, session: Session, imports: MasksToImport, open_path: Callable[[Path], None]) -> None:
        """`open_path`: opens something in the window."""
        self._session, self._imports, self._open_path = session, imports, open_path
        self._opened: list[Path] = []  # the first of them is being opened

    def accept(self, event: QDropEvent) -> None:
        """Show that files can be dropped here."""
        if _paths(event):
            _accept_as_copy(event)

    def take(self, event: QDropEvent) -> None:
        """Open, or import, what is dropped."""
        paths = _paths(event)
        if not paths:
            return
        _accept_as_copy(event)
        if self._imports.takes(paths[0], is_dropped=True):
            self._announce_first(paths)
        else:
            self._open_path(paths[0])
            self._opened = paths

    def after_opening(self) -> None:
        """Say what was left out: messages before that were of another sequence, and are gone."""
        sequence = self._session.project.sequence
        if sequence is None:
            return  # what was open is closed first
        opened, self._opened = self._opened, []
        if opened and sequence.path == opened[0].resolve():
            self._announce_first(opened)

    def _announce_first(self, dropped: list[Path]) -> None:
        if len(dropped) > 1:
            text = tr("Of {n} files or folders that were dropped only {name} was taken")
            self._session.noticed.emit(Notice(text.format(n=len(dropped), name=dropped[0].name)))


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _accept_as_copy(event: QDropEvent) -> None:
    """Take what is dropped: it is only read, so whoever gave it must not take it for moved, and delete it."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()

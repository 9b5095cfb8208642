"""Drops: what is dropped on the window: a video, a folder or a project is opened, masks are imported.

While it is held over the window, that shows what a drop would do, or that it cannot be taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.notice import Notice
from skn_annotator.app.project.droppable import Droppable, what_lies_at
from skn_annotator.app.session import Session
from skn_annotator.gui.drop_hint import DropHint
from skn_annotator.gui.masks_to_import import OPEN_VIDEO_FIRST, MasksToImport

_OPENED = {
    Droppable.VIDEO: translatable("Drop to open {name}"),
    Droppable.PICTURES: translatable("Drop to open the frames in {name}"),
    Droppable.PROJECT: translatable("Drop to open the project {name}"),
}
_ICONS = {
    Droppable.VIDEO: "video",
    Droppable.PICTURES: "folder",
    Droppable.PROJECT: "folder",
    Droppable.MASKS: "mask",
}
_NO_FRAMES = translatable("It holds no frames and no masks")
_NO_VIDEO = translatable("It is no video, no picture and no mask")


@dataclass(frozen=True)
class _Held:
    """What is held over the window, and what a drop would do."""

    icon: str
    text: str
    under: str = ""
    is_taken: bool = True


class Drops(QObject):
    """Takes the first of what is dropped, and says so."""

    def __init__(
        self, session: Session, imports: MasksToImport, open_path: Callable[[Path], None], window: QWidget
    ) -> None:
        """`open_path`: opens something in `window`."""
        super().__init__(window)
        self._session, self._imports, self._open_path = session, imports, open_path
        self._opened: tuple[Path, ...] = ()  # the first of them is being opened
        self._held: _Held | None = None
        # From one part of the window to the next it leaves and comes again at once.
        self._leaving = QTimer(self, singleShot=True, interval=0)
        self._leaving.timeout.connect(self._forget)
        self.hint = DropHint(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever is dragged over the window comes here: True, it goes nowhere else."""
        if event.type() == QEvent.Type.DragLeave:
            self._leaving.start()
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._forget()
            self._take(event)
        elif isinstance(event, QDragMoveEvent):  # an enter event is one, too
            self._hold(event)
        else:
            return False
        return True

    # ---- held over the window

    def _hold(self, event: QDragMoveEvent) -> None:
        """Show what a drop would do. Files may always enter, or it would not be heard that they leave."""
        if not event.mimeData().hasUrls():
            event.ignore()
            return
        self._leaving.stop()
        if self._held is None:
            self._held = self._judged(_paths(event))
            self.hint.show_drop(self._held.icon, self._held.text, self._held.under, self._held.is_taken)
        _accept_as_copy(event)
        if not self._held.is_taken and event.type() != QEvent.Type.DragEnter:
            event.ignore()

    def _forget(self) -> None:
        self._leaving.stop()
        self._held = None
        self.hint.hide()

    def _judged(self, paths: tuple[Path, ...]) -> _Held:
        if not paths:
            return _refused(tr("Only files on this computer can be opened"))
        name, kind = paths[0].name, what_lies_at(paths[0])
        way = self._imports.way_of(paths[0], is_dropped=True) if kind is Droppable.MASKS else None
        sequence = self._session.project.sequence
        if kind is Droppable.NOTHING:
            is_folder = paths[0].is_dir()
            reason = _NO_FRAMES if is_folder else _NO_VIDEO
            return _refused(tr("{name} cannot be opened").format(name=name), tr(reason))
        if way is not None and way.is_open:
            text, sequence = tr("Drop to import the masks of {name}").format(name=name), None
        elif way is not None and way.video is not None:
            text = tr("Drop to open {video} and import the masks of {name}")
            text = text.format(video=way.video.name, name=name)
        elif way is not None:
            text, sequence = tr(OPEN_VIDEO_FIRST).format(name=name), None
        else:
            text = tr(_OPENED[kind]).format(name=name)
        under = [] if sequence is None else [tr("{name} is saved and closed").format(name=sequence.path.name)]
        if len(paths) > 1:
            under.append(tr("Only the first of {n} files or folders is taken").format(n=len(paths)))
        return _Held(_ICONS[kind], text, " · ".join(under))

    # ---- dropped

    def _take(self, event: QDropEvent) -> None:
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
        opened, self._opened = self._opened, ()
        if opened and sequence.path == opened[0].resolve():
            self._announce_first(opened)

    def _announce_first(self, dropped: tuple[Path, ...]) -> None:
        if len(dropped) > 1:
            text = tr("Of {n} files or folders that were dropped only {name} was taken")
            self._session.noticed.emit(Notice(text.format(n=len(dropped), name=dropped[0].name)))


def _refused(text: str, under: str = "") -> _Held:
    return _Held("error", text, under, is_taken=False)


def _paths(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


def _accept_as_copy(event: QDropEvent) -> None:
    """Take what is dropped: it is only read, so whoever gave it must not take it for moved, and delete it."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()

"""Autosave: about a second after a change, the frames that changed go to disk, off the GUI thread.

Saving works on a copy: masks are immutable bytes, so it shares them with the annotation that goes on
changing. What could not be written stays due, and is tried again with the next change.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.project.opening import ProjectStore
from skn_annotator.app.tasks.worker import Worker
from skn_annotator.errors import SknError

_DELAY_MS = 1000


class SaveState(Enum):
    """How the disk stands to what is on the screen."""

    NOTHING = "nothing was ever changed"
    SAVED = "all is on the disk"
    DUE = "a change waits for its second"
    SAVING = "a write is on its way"
    FAILED = "the last write failed; what it held is still due"


class Autosave(QObject):
    """Writes one annotation into its project folder."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        store: ProjectStore,
        annotation: Annotation,
        view: Callable[[], Mapping[str, Any]],
        parent: QObject | None = None,
    ) -> None:
        """`view`: asked at each save for what the window wants to find again."""
        super().__init__(parent)
        self.state = SaveState.SAVED if store.exists else SaveState.NOTHING
        self._store = store
        self._annotation = annotation
        self._view = view
        self._due: frozenset[int] = frozenset()
        self._writing: frozenset[int] = frozenset()
        self._worker: Worker | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._start)

    @property
    def folder(self) -> Path:
        """The project folder."""
        return self._store.folder

    def touch(self, frames: Iterable[int]) -> None:
        """The masks of `frames`, or the objects, are not what is on disk; saved within a second or so."""
        self._due |= frozenset(frames)
        self._set(SaveState.DUE)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> SknError | None:
        """Write what is due, and where the window stands, before returning; the error if that failed.

        Where nothing is due, where the window stands is not worth an error.
        """
        self._timer.stop()
        if self._worker is not None:
            self._worker.wait()
            self._due |= self._writing  # how that went is still in Qt's queue: write it again
        if self.state is SaveState.NOTHING:
            return None
        try:
            self._store.save(self._annotation, self._due, self._view())
        except SknError as error:
            if self.state is SaveState.SAVED:
                return None
            self._set(SaveState.FAILED)
            return error
        self._due = self._writing = frozenset()
        self._set(SaveState.SAVED)
        return None

    def close(self) -> None:
        """Write nothing more: what is due is given up, a write that is on its way ends."""
        self._timer.stop()
        if self._worker is not None:
            self._worker.close()

    def _start(self) -> None:
        if self._worker is not None:  # the disk is slow: try again when it is done
            self._timer.start()
            return
        self._writing, self._due = self._due, frozenset()
        frames, view = self._writing, dict(self._view())
        annotation = self._annotation.copy()

        def job() -> Generator[None, None, None]:
            self._store.save(annotation, frames, view)
            yield None

        self._worker = Worker(job, parent=self)
        self._worker.yielded.connect(self._saved)
        self._worker.failed.connect(self._not_saved)
        self._worker.finished.connect(self._ended)
        self._set(SaveState.SAVING)
        self._worker.start()

    def _saved(self, _: object) -> None:
        self._writing = frozenset()
        self._set(SaveState.DUE if self._due else SaveState.SAVED)

    def _not_saved(self, error: Exception) -> None:
        self._due |= self._writing
        self._writing = frozenset()
        self._set(SaveState.FAILED)
        self.failed.emit(error)

    def _ended(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.wait()  # its last word is not yet its end
            worker.deleteLater()

    def _set(self, state: SaveState) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit()

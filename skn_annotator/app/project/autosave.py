"""Autosave: writes the frames that changed to the disk about a second later, in a worker.

It writes a copy of the annotation, which shares the bytes of the masks. What could not be written stays due,
and is tried again after the next change.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.project.opening import ProjectStore
from skn_annotator.app.tasks.runner import JobRunner
from skn_annotator.errors import SknError

_DELAY_MS = 1000


class SaveState(Enum):
    """Whether the project folder holds what is on the screen."""

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
        """`view`: returns what the window wants to find again; called at each save."""
        super().__init__(parent)
        self.state = SaveState.SAVED if store.exists else SaveState.NOTHING
        self._store = store
        self._annotation = annotation
        self._view = view
        self._due: frozenset[int] = frozenset()
        self._writing: frozenset[int] = frozenset()
        self._runner = JobRunner(self)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._start)

    @property
    def folder(self) -> Path:
        """The project folder."""
        return self._store.folder

    def touch(self, frames: Iterable[int]) -> None:
        """Save the objects and the masks of `frames` within a second or so."""
        self._due |= frozenset(frames)
        self._set(SaveState.DUE)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> SknError | None:
        """Write what is due, and the window's view, before returning; the error if that failed.

        If only the view could not be written, that is no error.
        """
        self._timer.stop()
        if self._runner.busy:
            self._runner.close()
            self._due |= self._writing  # whether that failed is not heard any more: write it again
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
        """Write nothing more: what is due is dropped; a write that has begun is finished."""
        self._timer.stop()
        self._runner.close()

    def _start(self) -> None:
        if self._runner.busy:  # the disk is slow: try again when it is done
            self._timer.start()
            return
        self._writing, self._due = self._due, frozenset()
        frames, view = self._writing, dict(self._view())
        annotation = self._annotation.copy()

        def job() -> Generator[None, None, None]:
            self._store.save(annotation, frames, view)
            yield None

        self._set(SaveState.SAVING)
        self._runner.start(job, lambda _: None, self._on_end)

    def _on_end(self, error: Exception | None) -> None:
        written, self._writing = self._writing, frozenset()
        if error is None:
            self._set(SaveState.DUE if self._due else SaveState.SAVED)
        else:
            self._due |= written
            self._set(SaveState.FAILED)
            self.failed.emit(error)

    def _set(self, state: SaveState) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit()

"""Autosave: writes the frames that changed to the disk, in a worker, within a second.

The clock starts at the first change that is not on the disk; what is painted while the mouse is still held
counts. A write that failed is tried again by itself, and what it held stays due.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.app.project.opening import ProjectStore
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.errors import Message, SknError

_DELAY_MS = 350
"""With the time that a write takes, on a busy machine too, less than a second."""
_RETRY_MS = 5000
"""After a write that failed, unless the user changes something before."""


class SaveState(Enum):
    """Whether the project folder holds what is on the screen."""

    NOTHING = "nothing was ever changed"
    SAVED = "all is on the disk"
    DUE = "a change waits to be written"
    SAVING = "a write is on its way"
    FAILED = "the last write failed; what it held is still due"


class Autosave(QObject):
    """Writes one annotation into its project folder."""

    changed = Signal()
    failed = Signal(object)
    noted = Signal(object)  # Message: what the user should know of a write

    def __init__(
        self,
        store: ProjectStore,
        snapshot: Callable[[], Callable[[], Annotation]],
        view: Callable[[], Mapping[str, Any]],
        parent: QObject | None = None,
    ) -> None:
        """Both are called at each save. `snapshot` returns what makes, in any thread, the annotation as it is
        now with what is unfinished; `view` what the window wants to find again."""
        super().__init__(parent)
        self.state = SaveState.SAVED if store.exists else SaveState.NOTHING
        self._store = store
        self._snapshot = snapshot
        self._view = view
        self._due: frozenset[int] = frozenset()
        self._writing: frozenset[int] = frozenset()
        self.error: Exception | None = None  # of the last write; each is told once
        self._is_waiting = False  # for the write to end: the next one is late already
        self._runner = TaskRunner(self, niceness=0)  # within a second, whatever else computes
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._start)

    @property
    def folder(self) -> Path:
        """The project folder."""
        return self._store.folder

    def touch(self, frames: Iterable[int]) -> None:
        """Save the objects and the masks of `frames` within a second."""
        self._due |= frozenset(frames)
        is_retrying = self.state is SaveState.FAILED
        self._set(SaveState.DUE)
        if is_retrying or not self._timer.isActive():
            self._timer.start(_DELAY_MS)

    def hurry(self) -> None:
        """Start to write what is due now: something is about to begin that may hold this thread for long."""
        if self.state is SaveState.DUE and not self._runner.busy:
            self._timer.stop()
            self._start()

    def flush(self) -> SknError | None:
        """Write what is due, and the window's view, before returning; the error if that failed.

        If only the view could not be written, that is no error.
        """
        self._timer.stop()
        if self._runner.busy:
            self._runner.close()
            self._due |= self._writing  # its result does not arrive any more: write it again
        if self.state is SaveState.NOTHING:
            return None
        try:
            self._store.save(self._snapshot()(), self._due, self._view())
        except SknError as error:
            if self.state is SaveState.SAVED:
                return None
            self._note(error)
            self._set(SaveState.FAILED)
            self._timer.start(_RETRY_MS)  # unless it is closed without saving
            return error
        self.error = None
        self._due = self._writing = frozenset()
        self._set(SaveState.SAVED)
        return None

    def close(self) -> None:
        """Write nothing more: what is due is dropped; a write that has begun is finished."""
        self._timer.stop()
        self._runner.close()

    def _start(self) -> None:
        if self._runner.busy:  # the disk is slow: what is due has waited long enough when it is done
            self._is_waiting = True
            return
        self._is_waiting = False
        self._writing, self._due = self._due, frozenset()
        frames, view = self._writing, dict(self._view())
        annotation = self._snapshot()

        def work() -> Generator[tuple[Message, ...], None, None]:
            yield self._store.save(annotation(), frames, view)

        self._set(SaveState.SAVING)
        self._runner.start(Task(work, self._on_saved, self._on_end, writes=True))

    def _on_saved(self, notes: tuple[Message, ...]) -> None:
        for note in notes:
            self.noted.emit(note)

    def _on_end(self, error: Exception | None) -> None:
        written, self._writing = self._writing, frozenset()
        if error is None:
            self.error = None
            self._set(SaveState.DUE if self._due else SaveState.SAVED)
            if self._is_waiting:
                self._start()
        else:
            self._due |= written
            is_news = self._note(error)
            self._set(SaveState.FAILED)
            self._timer.start(_RETRY_MS)
            if is_news:
                self.failed.emit(error)

    def _note(self, error: Exception) -> bool:
        """Keep why a write failed; False if the one before failed by the same, whose error stays: it was told
        already, and the message of it holds as long as it is the error."""
        if isinstance(error, SknError) and _is_same(error, self.error):
            return False
        self.error = error
        return True

    def _set(self, state: SaveState) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit()


def _is_same(error: Exception, other: Exception | None) -> bool:
    """Whether both say the same."""
    return type(error) is type(other) and other is not None and error.args == other.args

"""TaskRunner: runs one task at a time in a worker, and stops it without waiting. Nothing else makes threads.

After `stop` nothing of the task arrives any more, although its thread may need a moment to finish what it is
computing. A task that is started meanwhile waits for that thread, since two would compete for the same cores.
"""

from typing import Any

from PySide6.QtCore import QObject, Signal

from skn_annotator.app.tasks.task import Task
from skn_annotator.app.tasks.worker import Worker


class TaskRunner(QObject):
    """Runs the task that was started last, once the thread of the one before has ended."""

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, niceness: int = 5) -> None:
        """`niceness`: how far the threads' share of the processor is below the GUI thread's, 0-19."""
        super().__init__(parent)
        self._niceness = niceness
        self._task: Task | None = None  # running, or waiting for the thread of one that was stopped
        self._worker: Worker | None = None
        self._is_held = False
        self._is_writing = False  # the worker's task changes files
        self._is_stopped = False  # the worker's task: what still comes of it is dropped
        self._error: Exception | None = None

    @property
    def busy(self) -> bool:
        """True from `start` until the task ends or is stopped."""
        return self._task is not None

    @property
    def is_running(self) -> bool:
        """True while a thread is at work, of a task that was stopped, too."""
        return self._worker is not None and self._worker.isRunning()

    @property
    def is_writing(self) -> bool:
        """True while a thread is at work that changes files."""
        return self.is_running and self._is_writing

    def start(self, task: Task) -> None:
        """Run `task`; one at a time."""
        assert self._task is None, "a task is running"
        self._task = task
        if self._worker is None:
            self._begin(task)
        self.busy_changed.emit(True)

    def stop(self) -> None:
        """Stop the running task without waiting; its callbacks are not called any more."""
        if self._task is None:
            return
        self._task = None
        if self._worker is not None:
            self._is_stopped = True
            self._worker.stop()
        self.busy_changed.emit(False)

    def toggle_pause(self) -> None:
        """Hold the running task before its next item, or let it go on."""
        if self._task is None:
            return
        self._task.paused = not self._task.paused
        self._task.forget_pace()
        self._hold_worker()

    def hold(self, held: bool) -> None:
        """Hold what runs before its next item, or let it go on unless it is paused: another runner is waited
        for."""
        self._is_held = held
        self._hold_worker()

    def _hold_worker(self) -> None:
        if self._task is not None and self._worker is not None and not self._is_stopped:
            self._worker.hold(self._task.paused or self._is_held)

    def close(self) -> None:
        """Stop, and wait until the thread has ended."""
        self.stop()
        if self._worker is not None:
            self._worker.wait()

    def _begin(self, task: Task) -> None:
        self._is_stopped, self._error, self._is_writing = False, None, task.writes
        self._worker = Worker(task.work, self._niceness, self)
        self._worker.yielded.connect(self._on_item)
        self._worker.failed.connect(self._on_failed)
        self._worker.finished.connect(self._on_finished)
        self._hold_worker()
        self._worker.start()

    def _on_item(self, item: Any) -> None:
        if self._task is not None and not self._is_stopped:
            self._task.on_item(item)

    def _on_failed(self, error: Exception) -> None:
        self._error = error

    def _on_finished(self) -> None:
        worker, self._worker = self._worker, None
        assert worker is not None, "a worker ends once"
        worker.wait()
        worker.deleteLater()
        task = self._task
        if task is not None and self._is_stopped:  # it has waited
            self._begin(task)
        elif task is not None:
            self._task = None
            self.busy_changed.emit(False)
            task.on_end(self._error)

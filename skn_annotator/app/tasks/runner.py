"""JobRunner: runs one long job at a time in a worker, and stops it without waiting.

After `stop` nothing of the job arrives any more, although its thread may need a moment to finish what it is
computing. A job that is started meanwhile waits for that thread, since two would compete for the same cores.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from skn_annotator.app.tasks.worker import Job, Worker

_NICENESS = 5


class Run(QObject):
    """One job that was started: its worker, and the callbacks for what it yields and for its end."""

    ended = Signal(object)

    def __init__(
        self,
        job: Job,
        on_item: Callable[[Any], None],
        on_end: Callable[[Exception | None], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_item: Callable[[Any], None] | None = on_item
        self._on_end: Callable[[Exception | None], None] | None = on_end
        self._error: Exception | None = None
        self.worker = Worker(job, _NICENESS, parent=self)
        self.worker.yielded.connect(self._yielded)
        self.worker.failed.connect(self._failed)
        self.worker.finished.connect(self._finished)

    def abandon(self) -> None:
        """Stop, and call nobody back any more."""
        self._on_item = self._on_end = None
        self.worker.stop()

    def _yielded(self, item: Any) -> None:
        if self._on_item is not None:
            self._on_item(item)

    def _failed(self, error: Exception) -> None:
        self._error = error

    def _finished(self) -> None:
        on_end, self._on_item, self._on_end = self._on_end, None, None
        self.ended.emit(self)
        if on_end is not None:
            on_end(self._error)


class JobRunner(QObject):
    """Runs the job that was started last, once the one before has ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: Run | None = None  # running, or waiting in `_next`
        self._ending: Run | None = None  # stopped, its thread not ended yet
        self._next: Run | None = None

    @property
    def busy(self) -> bool:
        """True from `start` until the job ends or is stopped."""
        return self._current is not None

    def start(
        self, job: Job, on_item: Callable[[Any], None], on_end: Callable[[Exception | None], None]
    ) -> None:
        """Run `job`; `on_item` gets what it yields, `on_end` its exception or None. One at a time."""
        assert self._current is None, "a job is running"
        self._current = Run(job, on_item, on_end, self)
        self._current.ended.connect(self._on_ended)
        if self._ending is None:
            self._current.worker.start()
        else:
            self._next = self._current

    def stop(self) -> None:
        """Stop the running job without waiting; its callbacks are not called any more."""
        if self._current is None:
            return
        run, self._current = self._current, None
        run.abandon()
        if run is self._next:
            self._next = None
            run.deleteLater()
        else:
            self._ending = run

    def pause(self) -> None:
        """Hold the job before its next item."""
        if self._current is not None:
            self._current.worker.pause()

    def resume(self) -> None:
        """Let a paused job go on."""
        if self._current is not None:
            self._current.worker.resume()

    def close(self) -> None:
        """Stop, and wait until every thread has ended."""
        self.stop()
        if self._ending is not None:
            self._ending.worker.wait()

    def _on_ended(self, run: Run) -> None:
        if run is self._current:
            self._current = None
        if run is self._ending:
            self._ending = None
        run.worker.wait()
        run.deleteLater()
        if self._next is not None:
            waiting, self._next = self._next, None
            waiting.worker.start()

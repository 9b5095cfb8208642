"""WhatIf: the mask of a frame as it would be if the network read its memory otherwise.

It is computed beside the window; of several questions the latest counts. The annotation is not changed:
whoever asks may take the answer.
"""

from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, Signal

from skn_annotator.app.tasks.kept_readings import ReaderChoice, ReadFrame
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Frame, Mask
from skn_annotator.hardware import network_threads


class WhatIf(QObject):
    """Answers one question at a time."""

    found = Signal(object)  # Mask: the answer to the question that was asked last

    def __init__(self, threads: Callable[[], int], parent: QObject | None = None) -> None:
        """`threads`: how many processor threads the network may take; 0 is the default."""
        super().__init__(parent)
        self._threads = threads
        self._runner = TaskRunner(self)

    @property
    def busy(self) -> bool:
        """True while a question is open."""
        return self._runner.busy

    def ask(self, reading: ReadFrame, frame: Frame, choice: ReaderChoice) -> None:
        """Ask for the mask of `frame`, RGB (H, W, 3), if its memory is read as `choice` says."""
        self._runner.stop()
        threads = network_threads(self._threads())
        self._runner.start(
            Task(lambda: _found(reading, frame, choice, threads), self.found.emit, self._on_end)
        )

    def drop(self) -> None:
        """Forget the open question."""
        self._runner.stop()

    def close(self) -> None:
        """End the thread; nothing can be asked any more."""
        self._runner.close()

    def _on_end(self, error: Exception | None) -> None:
        if error is not None:
            raise error


def _found(
    reading: ReadFrame, frame: Frame, choice: ReaderChoice, threads: int
) -> Generator[Mask, None, None]:
    import torch

    torch.set_num_threads(threads)  # each thread must hear it
    yield reading.found_with(choice, frame)

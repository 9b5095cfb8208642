"""MaskReading: reads the masks of files in a worker, so that a dialog can show them before the import."""

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.formats import Progress, WantedMasks
from skn_annotator.annotation.mask_import import ReadMasks, find_numbered, reading
from skn_annotator.app.project.opening import Sequence
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.errors import SknError


class MaskReading(QObject):
    """Reads the masks at one place, for the frames of one sequence."""

    progressed = Signal(object)  # Progress
    found = Signal(object)  # ReadMasks
    failed = Signal(object)  # SknError

    def __init__(self, path: Path, sequence: Sequence, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._sequence = path, sequence
        self._runner = TaskRunner(self)

    def start(self, name: str, cut_mattes: bool) -> None:
        """Read the masks of the sequence that is called `name` at the place, in place of what was read."""
        self._runner.stop()
        self._runner.start(Task(lambda: self._read(name, cut_mattes), self._on_item, self._on_end))

    def close(self) -> None:
        """Stop, and wait until the thread has ended."""
        self._runner.close()

    def _read(self, name: str, cut_mattes: bool) -> Generator[Progress | ReadMasks, None, None]:
        sequence = self._sequence
        wanted = WantedMasks(name, sequence.stems, sequence.size, cut_mattes, sequence.stored_size)
        found = find_numbered(self._path, wanted)
        is_one_file = self._path.is_file() and self._path.suffix.lower() != ".json"
        yield from reading(found, is_one_file)

    def _on_item(self, item: Progress | ReadMasks) -> None:
        (self.found if isinstance(item, ReadMasks) else self.progressed).emit(item)

    def _on_end(self, error: Exception | None) -> None:
        if isinstance(error, SknError):
            self.failed.emit(error)
        elif error is not None:
            raise error

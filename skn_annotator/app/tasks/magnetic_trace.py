"""MagneticTrace: the magnetic lasso on one frame, computed beside the GUI thread."""

from collections.abc import Generator

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.assist import MagneticLasso
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Frame, Point


class MagneticTrace(QObject):
    """A magnetic lasso; while it learns the edges around a new anchor, its lines are straight."""

    ready = Signal()

    def __init__(self, rgb: Frame, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lasso = MagneticLasso(rgb)  # the running task's while one runs
        self._runner = runner

    def anchor(self, xy: Point) -> None:
        """Go on from `xy`; `ready` follows."""
        self._runner.stop()
        self._runner.start(Task(lambda: self._learn(xy), lambda _: None, self._on_end))

    def path_to(self, xy: Point) -> list[Point]:
        """The line from the anchor to `xy`, without the anchor."""
        if self._runner.busy:
            return [xy]
        return [(float(x), float(y)) for x, y in self._lasso.path_to(xy)]

    def close(self) -> None:
        """Stop learning; it is not used again."""
        self._runner.stop()
        self.deleteLater()

    def _learn(self, xy: Point) -> Generator[None, None, None]:
        self._lasso.anchor(xy)
        yield

    def _on_end(self, error: Exception | None) -> None:
        if error is not None:
            raise error
        self.ready.emit()

"""BoxSelection and MagneticTrace: GrabCut and the magnetic lasso, computed beside the GUI thread.

Both belong to one frame. The GUI thread collects what the user draws; a signal tells it when there is an
answer. Only one thread at a time touches what OpenCV works on.
"""

from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.assist import GrabCut, MagneticLasso
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Frame, Point, Rect, Region

FoundRegion = tuple[Region, tuple[int, int]]
"""Bool (h, w), and the frame's pixel (x, y) that its first one lies on."""


@dataclass(frozen=True)
class Scribble:
    """A piece of a stroke over what belongs to the object (`inside`), or over what does not."""

    start: Point
    end: Point
    radius: float
    inside: bool


class BoxSelection(QObject):
    """A GrabCut that scribbles refine; those that come while it computes are one step together."""

    found = Signal(object)  # FoundRegion

    def __init__(self, rgb: Frame, box: Rect, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rgb, self._box = rgb, box
        self._runner = runner
        self._cut: GrabCut | None = None  # the running task's while one runs
        self._waiting: list[Scribble] = []
        self._runner.stop()
        self._start()

    @property
    def busy(self) -> bool:
        """True while a better answer is on its way."""
        return self._runner.busy

    def refine(self, scribble: Scribble) -> None:
        """Take a scribble into account; `found` follows."""
        self._waiting.append(scribble)
        if not self._runner.busy:
            self._start()

    def close(self) -> None:
        """Stop computing; `found` is not emitted any more, and it is not used again."""
        self._runner.stop()
        self.deleteLater()

    def _start(self) -> None:
        scribbles, self._waiting = tuple(self._waiting), []
        self._runner.start(Task(lambda: self._answer(scribbles), self.found.emit, self._on_end))

    def _answer(self, scribbles: tuple[Scribble, ...]) -> Generator[FoundRegion, None, None]:
        if self._cut is None:
            self._cut = GrabCut(self._rgb, self._box)
        for each in scribbles:
            self._cut.stroke(each.start, each.end, each.radius, each.inside)
        yield self._cut.region()

    def _on_end(self, error: Exception | None) -> None:
        if error is not None:
            raise error
        if self._waiting:
            self._start()


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

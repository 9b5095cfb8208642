"""BoxSelection and MagneticTrace: GrabCut and the magnetic lasso, computed beside the GUI thread.

Both belong to one frame. The GUI thread collects what the user draws; a signal tells it when there is an
answer. Only one thread at a time touches what OpenCV works on.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from skn_annotator.annotation.assist import Cut, GrabCut, MagneticLasso, Scribble
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.arrays import Frame, Pixels, Point, Rect

FoundRegion = tuple[Pixels, tuple[int, int]]
"""Bool (h, w), and the frame's pixel (x, y) that its first one lies on."""
Stroke = tuple[Scribble, ...]
"""From pressing the button to letting it go."""


@dataclass(frozen=True)
class Found:
    """What is selected after some strokes: `region`, or nothing where `is_empty`."""

    region: FoundRegion
    is_empty: bool


class BoxSelection(QObject):
    """A selection in a box, and the strokes that refine it, which can be taken back and made again."""

    found = Signal(object)  # Found

    def __init__(
        self,
        rgb: Frame,
        box: Rect,
        runner: TaskRunner,
        undone: Sequence[Stroke] = (),
        parent: QObject | None = None,
    ) -> None:
        """`undone`: strokes that `redo` makes, first to last."""
        super().__init__(parent)
        self.box = box
        self._rgb = rgb
        self._runner = runner
        self._strokes = list(undone)
        self._count = 0  # so many of the strokes count; the others were taken back
        self._grab: GrabCut | None = None  # the running task's while one runs, as the next two
        self._cuts: list[Cut] = []  # after no stroke, one, two ...
        self._made: list[Stroke] = []  # the strokes of these
        self._is_outdated = False
        self._runner.stop()
        self._start()

    @property
    def busy(self) -> bool:
        """True while a better answer is on its way."""
        return self._runner.busy

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """Those that count, first to last."""
        return tuple(self._strokes[: self._count])

    @property
    def undone(self) -> tuple[Stroke, ...]:
        """Those that were taken back; `redo` makes the first of them again."""
        return tuple(self._strokes[self._count :])

    def refine(self, stroke: Stroke) -> None:
        """Take a stroke into account; `found` follows."""
        self._strokes[self._count :] = [stroke]
        self._go_to(self._count + 1)

    def undo(self) -> None:
        """Take the last stroke back; `found` follows."""
        self._go_to(self._count - 1)

    def redo(self) -> None:
        """Make the stroke again that was taken back last; `found` follows."""
        self._go_to(self._count + 1)

    def refresh(self) -> None:
        """Say again what is selected; `found` follows."""
        self._go_to(self._count)

    def close(self) -> None:
        """Stop computing; `found` is not emitted any more, and it is not used again."""
        self._runner.stop()
        self.deleteLater()

    def _go_to(self, count: int) -> None:
        assert 0 <= count <= len(self._strokes), "there are so many strokes"
        self._count = count
        if self._runner.busy:
            self._is_outdated = True
        else:
            self._start()

    def _start(self) -> None:
        self._is_outdated = False
        strokes = self.strokes
        self._runner.start(Task(lambda: self._answer(strokes), self._on_found, self._on_end))

    def _answer(self, strokes: tuple[Stroke, ...]) -> Generator[Found, None, None]:
        if self._grab is None:
            self._grab = GrabCut(self._rgb, self.box)
            self._cuts.append(self._grab.first())
        same = 0
        while same < min(len(strokes), len(self._made)) and strokes[same] is self._made[same]:
            same += 1
        for n in range(same, len(strokes)):
            self._cuts[n + 1 :] = [self._grab.refined(self._cuts[n], strokes[n])]
            self._made[n:] = [strokes[n]]
        cut = self._cuts[len(strokes)]
        yield Found(self._grab.region(cut), cut.is_empty)

    def _on_found(self, found: Found) -> None:
        if not self._is_outdated:
            self.found.emit(found)

    def _on_end(self, error: Exception | None) -> None:
        if error is not None:
            raise error
        if self._is_outdated:
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

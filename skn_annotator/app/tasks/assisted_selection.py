"""AssistedSelection: the gestures of a selection, and what an assistant finds after them.

It is computed beside the GUI thread, which collects what the user draws; a signal tells it when there is an
answer. Only one thread at a time touches what the assistant works on.
"""

from collections.abc import Generator, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from skn_annotator.app.tasks.assistant import Assistant, Found, Gesture
from skn_annotator.app.tasks.runner import TaskRunner
from skn_annotator.app.tasks.task import Task
from skn_annotator.errors import SknError


class AssistedSelection(QObject):
    """A selection on one frame. Its gestures can be taken back and made again, down to the first."""

    found = Signal(object)  # Found
    failed = Signal(object)  # SknError

    def __init__(
        self,
        assistant: Assistant,
        gesture: Gesture,
        runner: TaskRunner,
        undone: Sequence[Gesture] = (),
        parent: QObject | None = None,
    ) -> None:
        """`undone`: gestures after the first that `redo` makes."""
        super().__init__(parent)
        self.paints_strokes = assistant.paints_strokes
        self._assistant = assistant  # the running task's while one runs, as the next two
        self._states: list[Any] = []  # after the first gesture, the second ...
        self._made: list[Gesture] = []  # the gestures of these
        self._runner = runner
        self._gestures = [gesture, *undone]
        self._count = 1  # so many of the gestures count; the others were taken back
        self._drawn: Gesture | None = None  # counts too, until its button is released
        self._is_outdated = False
        self._runner.stop()
        self._start()

    @property
    def busy(self) -> bool:
        """True while a better answer is on its way."""
        return self._runner.busy

    @property
    def gestures(self) -> tuple[Gesture, ...]:
        """Those that count, first to last."""
        return tuple(self._gestures[: self._count])

    @property
    def undone(self) -> tuple[Gesture, ...]:
        """Those that were taken back; `redo` makes the first of them again."""
        return tuple(self._gestures[self._count :])

    def draw(self, gesture: Gesture) -> None:
        """Take a gesture into account that is being drawn, in place of what was drawn of it before."""
        self._drawn = gesture
        self._go_to(self._count)

    def add(self, gesture: Gesture) -> None:
        """Take one more gesture into account; `found` follows."""
        self._gestures[self._count :] = [gesture]
        self._drawn = None
        self._go_to(self._count + 1)

    def undo(self) -> None:
        """Take the last gesture back; `found` follows."""
        self._go_to(self._count - 1)

    def redo(self) -> None:
        """Make the gesture again that was taken back last; `found` follows."""
        self._go_to(self._count + 1)

    def refresh(self) -> None:
        """Find again what is selected, without what is being drawn; `found` follows."""
        self._drawn = None
        self._go_to(self._count)

    def wait_for_answer(self) -> Found:
        """The answer to all gestures that count; what is missing of it is computed in this thread.

        Raises SknError where `failed` would be emitted.
        """
        self._runner.close()  # the thread ends with the gesture that it is at, and what it found is kept
        return next(self._answer(self._wanted()))

    def close(self) -> None:
        """Stop computing; `found` is not emitted any more, and it is not used again."""
        self._runner.stop()
        self.deleteLater()

    def _go_to(self, count: int) -> None:
        assert 1 <= count <= len(self._gestures), "there are so many gestures"
        self._count = count
        if self._runner.busy:
            self._is_outdated = True
        else:
            self._start()

    def _start(self) -> None:
        self._is_outdated = False
        gestures = self._wanted()
        self._runner.start(Task(lambda: self._answer(gestures), self._on_found, self._on_end))

    def _wanted(self) -> tuple[Gesture, ...]:
        return self.gestures if self._drawn is None else (*self.gestures, self._drawn)

    def _answer(self, gestures: tuple[Gesture, ...]) -> Generator[Found, None, None]:
        same = 0
        while same < min(len(gestures), len(self._made)) and gestures[same] is self._made[same]:
            same += 1
        for n in range(same, len(gestures)):
            state = self._assistant.after(self._states[n - 1] if n else None, gestures[n])
            self._states[n:], self._made[n:] = [state], [gestures[n]]
        yield self._assistant.found(self._states[len(gestures) - 1])

    def _on_found(self, found: Found) -> None:
        if not self._is_outdated or self._drawn is not None:
            self.found.emit(found)

    def _on_end(self, error: Exception | None) -> None:
        if isinstance(error, SknError):
            self.failed.emit(error)
        elif error is not None:
            raise error
        elif self._is_outdated:
            self._start()

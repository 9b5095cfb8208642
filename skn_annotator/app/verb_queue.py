"""VerbQueue: what the user does while an answer is on its way is carried out once that is there, in order.

Verbs need what is unfinished to be finished first, and the window must not stand still until it can be. So
whoever calls a verb that is `in_turn` does not wait: it may be carried out a moment later.
"""

from collections import deque
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

Verb = Callable[[], object]


class VerbQueue(QObject):
    """Carries verbs out: at once, or when nothing that was asked before them is awaited any more."""

    changed = Signal(bool)  # whether verbs wait

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_held: Callable[[], bool] = lambda: False  # True while an answer is on its way
        self._verbs: deque[Verb] = deque()
        self._was_waiting = False  # when that was signalled last
        self._is_running = False  # one of the verbs that have waited is being carried out

    @property
    def is_waiting(self) -> bool:
        """True while verbs wait."""
        return bool(self._verbs)

    @property
    def must_wait(self) -> bool:
        """True if a verb that is called now has to wait."""
        return not self._is_running and (self.is_waiting or self.is_held())

    def run(self, verb: Verb) -> None:
        """Carry `verb` out: now, or in its turn."""
        if not self.must_wait:
            verb()
            return
        self._verbs.append(verb)
        self._signal()

    def go_on(self) -> None:
        """Carry out what waits, as far as nothing holds it up; called when an answer is there."""
        if self._is_running or not self._verbs:
            return
        self._is_running = True
        try:
            while self._verbs and not self.is_held():
                self._verbs.popleft()()
        finally:
            self._is_running = False
            self._signal()
            if self._verbs and not self.is_held():  # one failed: those after it are not lost with it
                QTimer.singleShot(0, self.go_on)

    def forget(self) -> None:
        """Drop what waits: it was meant for what is open no more."""
        self._verbs.clear()
        self._signal()

    def _signal(self) -> None:
        if self._was_waiting != self.is_waiting:
            self._was_waiting = self.is_waiting
            self.changed.emit(self.is_waiting)


class _HasVerbs(Protocol):
    verbs: VerbQueue


S = TypeVar("S", bound=_HasVerbs)
P = ParamSpec("P")


def in_turn(verb: Callable[Concatenate[S, P], Any]) -> Callable[Concatenate[S, P], None]:
    """A method that is carried out by the object's `verbs`: it returns nothing, maybe before it is done."""

    @wraps(verb)
    def wait_if_need_be(self: S, /, *args: P.args, **kwargs: P.kwargs) -> None:
        self.verbs.run(partial(verb, self, *args, **kwargs))

    return wait_if_need_be

"""VerbQueue: what the user does while an answer is on its way is carried out once that is there, in order.

Verbs need what is unfinished to be finished first, and the window must not stand still until it can be. So
whoever calls a verb that is `in_turn` does not wait: it may be carried out a moment later. What opens another
sequence comes last of all, so that what was asked of the one before is carried out there.
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
        self.is_at_work: list[Callable[[], bool]] = []  # each True while something is drawn or made
        self._verbs: deque[Verb] = deque()
        self._last: Verb | None = None
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

    def run(self, verb: Verb, instead_of: Verb | None = None) -> None:
        """Carry `verb` out: now, or in its turn; in place of `instead_of`, if nothing was asked for since."""
        if not self.must_wait:
            verb()
            return
        if self._verbs and self._verbs[-1] is instead_of:
            self._verbs.pop()
        self._verbs.append(verb)
        self._signal()

    def run_last(self, verb: Verb) -> None:
        """Carry `verb` out when nothing waits, and nobody `is_at_work`, in place of another such verb."""
        self._last = verb
        self._signal()
        self._run_last()

    def go_on(self) -> None:
        """Carry out what waits, as far as nothing holds it up; called when that may have changed."""
        if not self._is_running:
            self._run_waiting()
            self._run_last()

    def _run_waiting(self) -> None:
        if not self._verbs:
            return
        self._is_running = True
        try:
            while self._verbs and not self.is_held():
                self._verbs.popleft()()
        finally:
            self._is_running = False
            self._signal()
            if self._waits and not self.is_held():  # one failed: those after it are not lost with it
                QTimer.singleShot(0, self.go_on)

    def _run_last(self) -> None:
        if self._last is not None and not self.must_wait and not any(each() for each in self.is_at_work):
            verb, self._last = self._last, None
            self._signal()
            verb()

    def forget(self) -> None:
        """Drop what waits, but for the last: it was meant for what is open no more."""
        self._verbs.clear()
        self._signal()

    @property
    def _waits(self) -> bool:
        return self.is_waiting or self._last is not None

    def _signal(self) -> None:
        if self._was_waiting != self._waits:
            self._was_waiting = self._waits
            self.changed.emit(self._waits)


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

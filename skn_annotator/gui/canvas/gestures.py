"""Gestures: presses, moves and releases of the mouse, and the tool's keys, reach the tool at once or in turn.

They wait while something else does that was asked before, or while a selection ends that has no answer yet:
the tool would finish that first, and the window would stand still meanwhile. Which tool they reach is decided
in their turn: another one may be chosen before.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from skn_annotator.app.session import Session
from skn_annotator.gui.canvas.tool import Pointer, Tool
from skn_annotator.gui.canvas.tool_keys import press_tool_key
from skn_annotator.gui.canvas.toolbox import Toolbox


class Gestures:
    """From a press to its release, and what follows while one waits."""

    def __init__(self, session: Session, toolbox: Toolbox) -> None:
        self._session = session
        self._verbs = session.verbs
        self._selection = session.painter.selection
        self._toolbox = toolbox
        self._is_down = False  # a button is
        self._waits = False  # the press has waited: so does what follows it
        self._waiting = 0  # so many presses, moves and releases wait, and what follows them
        session.verbs.is_at_work.append(lambda: self._is_down)
        session.project.opened.connect(self._forget)

    @property
    def is_drawing(self) -> bool:
        """True if moves of the mouse mean something to the tool."""
        return self._waits or self._toolbox.tool.busy

    @property
    def are_waiting(self) -> bool:
        """True while a gesture waits: keys and tools that are chosen mean what comes after it."""
        return self._waiting > 0

    def press(self, pointer: Pointer) -> None:
        """A button was pressed."""
        self._is_down = True
        self._waits = self._verbs.is_waiting or self._selection.is_ending
        self._do(partial(_press, pointer=pointer))

    def move(self, pointer: Pointer) -> None:
        """The mouse was moved while `is_drawing`."""
        self._do(lambda tool: tool.move(pointer) if tool.busy else None)

    def release(self, pointer: Pointer) -> None:
        """The button was released."""
        self._do(lambda tool: tool.release(pointer) if tool.busy else None)
        self.lift()

    def lift(self) -> None:
        """No button is down any more."""
        if self._is_down:
            self._is_down = self._waits = False
            self._verbs.go_on()

    def press_key(self, key: int) -> None:
        """A key that means something to what is unfinished, or to what the gestures that wait will begin."""
        self.then(partial(self._press_key, key))

    def then(self, act: Callable[[], None]) -> None:
        """Do something that goes with the tool: now, or after the gestures that wait."""
        if self.are_waiting:
            self._wait(act)
        else:
            act()

    def _do(self, act: Callable[[Tool], None]) -> None:
        if self._waits:
            self._wait(lambda: act(self._toolbox.tool))
        else:
            act(self._toolbox.tool)

    def _wait(self, act: Callable[[], None]) -> None:
        def do_in_turn() -> None:
            self._waiting -= 1
            act()

        self._waiting += 1
        self._verbs.run(do_in_turn)

    def _press_key(self, key: int) -> None:
        tool = self._toolbox.tool
        if tool.busy:
            press_tool_key(key, tool)
        elif key == Qt.Key.Key_Escape:
            self._session.tasks.stop()

    def _forget(self) -> None:
        """Another sequence is open: nothing waits any more, and what is drawn on is gone."""
        self._is_down = self._waits = False
        self._waiting = 0


def _press(tool: Tool, pointer: Pointer) -> None:
    if not pointer.right or tool.uses_right_button:
        tool.press(pointer)

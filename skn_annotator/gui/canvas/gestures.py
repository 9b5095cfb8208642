"""Gestures: presses, moves and releases of the mouse reach the tool, at once or in their turn.

They wait while something else does that was asked before, or while a selection ends that has no answer yet:
the tool would finish that first, and the window would stand still meanwhile.
"""

from collections.abc import Callable
from functools import partial

from skn_annotator.app.session import Session
from skn_annotator.gui.canvas.tool import Pointer
from skn_annotator.gui.canvas.toolbox import Toolbox


class Gestures:
    """From a press to its release."""

    def __init__(self, session: Session, toolbox: Toolbox) -> None:
        self._verbs = session.verbs
        self._selection = session.painter.selection
        self._toolbox = toolbox
        self._waits = False  # the press has waited: so does what follows it

    @property
    def is_drawing(self) -> bool:
        """True if moves of the mouse mean something to the tool."""
        return self._waits or self._toolbox.tool.busy

    def press(self, pointer: Pointer) -> None:
        """A button was pressed."""
        self._waits = self._verbs.is_waiting or self._selection.is_ending
        self._do(partial(self._toolbox.tool.press, pointer))

    def move(self, pointer: Pointer) -> None:
        """The mouse was moved while `is_drawing`."""
        tool = self._toolbox.tool
        self._do(lambda: tool.move(pointer) if tool.busy else None)

    def release(self, pointer: Pointer) -> None:
        """The button was released."""
        tool = self._toolbox.tool
        self._do(lambda: tool.release(pointer) if tool.busy else None)
        self._waits = False

    def _do(self, act: Callable[[], None]) -> None:
        if self._waits:
            self._verbs.run(act)
        else:
            act()

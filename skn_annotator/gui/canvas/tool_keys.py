"""Keys that go to the tool while an outline or a selection is unfinished, instead of starting an action."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from skn_annotator.gui.canvas.tool import Tool

_KEYS = {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace}


def is_tool_key(event: QKeyEvent) -> bool:
    """True if the key means something to a tool whose work is unfinished."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain and event.key() in _KEYS


def press_tool_key(key: int, tool: Tool) -> None:
    """Do in `tool` what the key means there."""
    if key == Qt.Key.Key_Escape:
        tool.cancel()
    elif key == Qt.Key.Key_Backspace:
        tool.step_back()
    else:
        tool.finish()

"""CombinationSwitch: whether outlines, boxes and clicks add to what is there, replace it, or cut it down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from skn_annotator.app.language import translatable
from skn_annotator.gui.actions import COMBINATIONS, Actions
from skn_annotator.gui.canvas.toolbox import Toolbox
from skn_annotator.gui.look import action_button, row, set_texts

_TEXTS = {
    "add": translatable("Add"),
    "replace": translatable("Replace"),
    "intersect": translatable("Cut down"),
}


class CombinationSwitch(QWidget):
    """Three buttons in a row, of which one is on; shown while the tool can do all three."""

    def __init__(self, actions: Actions, toolbox: Toolbox) -> None:
        super().__init__()
        set_texts(self, accessibleName=translatable("What becomes of the object's pixels"))
        self._toolbox = toolbox
        self.buttons = {name: _button(actions, name) for name in COMBINATIONS}
        row(*self.buttons.values(), spacing=2, margins=(0, 0, 0, 0), of=self)
        toolbox.tool_changed.connect(self._on_tool)
        self._on_tool()

    def _on_tool(self) -> None:
        self.setVisible(self._toolbox.tool.combines)


def _button(actions: Actions, name: str) -> QToolButton:
    button = action_button(actions[name], text=_TEXTS[name])
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return button

"""ToolBar: the tools and the switches of the view, down the left edge."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from skn_annotator.gui.actions import Actions
from skn_annotator.gui.buttons import action_button, separator
from skn_annotator.gui.toolbox import TOOLS

_GROUPS = (TOOLS, ("toggle_reference", "protect"), ("undo", "redo"), ("fit", "masks"))


class ToolBar(QWidget):
    """Flat buttons in groups."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("ToolBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(48)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        for index, group in enumerate(_GROUPS):
            if index:
                column.addSpacing(4)
                column.addWidget(separator())
                column.addSpacing(4)
            for name in group:
                button = action_button(actions[name], 20)
                button.setFixedSize(32, 32)
                column.addWidget(button)
        column.addStretch(1)

"""ToolBar: the tools and the switches of the view, down the left edge."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from skn_annotator.app.language import translatable
from skn_annotator.gui.actions import Actions
from skn_annotator.gui.canvas.toolbox import TOOLS
from skn_annotator.gui.look import action_button, separator, set_texts

_GROUPS = (TOOLS, ("toggle_reference", "protect"), ("undo", "redo"), ("fit", "masks"))
_BUTTON, _GAP, _EDGE = 32, 4, 8
_MOST_COLUMNS = 5


class ToolBar(QWidget):
    """Flat buttons in groups, in one column, or in as many as it takes where the window is low."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("ToolBar")
        set_texts(self, accessibleName=translatable("Tools"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._groups = [[_button(actions, name) for name in group] for group in _GROUPS]
        self._lines = [separator() for _ in self._groups[1:]]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._grid.setSpacing(_GAP)
        self.columns = 0
        self._arrange(1)
        self.setMinimumHeight(self._height(_MOST_COLUMNS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        fitting = (n for n in range(1, _MOST_COLUMNS) if self._height(n) <= self.height())
        self._arrange(next(fitting, _MOST_COLUMNS))

    def _height(self, columns: int) -> int:
        rows = sum(-(-len(group) // columns) for group in self._groups)
        lines = len(self._lines)
        return 2 * _EDGE + rows * _BUTTON + (rows + 2 * lines) * _GAP + lines

    def _arrange(self, columns: int) -> None:
        if columns == self.columns:
            return
        self.columns = columns
        self._grid.setRowStretch(self._grid.rowCount() - 1, 0)
        row = 0
        for index, group in enumerate(self._groups):
            if index:
                self._grid.addWidget(self._lines[index - 1], row, 0, 1, columns)
                row += 1
            for place, button in enumerate(group):
                self._grid.addWidget(button, row + place // columns, place % columns)
            row += -(-len(group) // columns)
        self._grid.setRowStretch(row, 1)
        self.setFixedWidth(2 * _EDGE + columns * (_BUTTON + _GAP) - _GAP)


def _button(actions: Actions, name: str) -> QToolButton:
    button = action_button(actions[name], 20)
    button.setFixedSize(_BUTTON, _BUTTON)
    return button

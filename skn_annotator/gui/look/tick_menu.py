"""TickMenu: a menu of which several entries can be ticked, one after the other; it stays open meanwhile."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget


class TickMenu(QMenu):
    """A click or Space ticks; Enter ticks and closes, Escape and a click elsewhere close."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: dict[QAction, str] = {}

    def add(self, name: str, number: int, ticked: bool) -> QAction:
        """Add an entry called `name`, which stands for `number`."""
        action = self.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(ticked)
        action.setData(number)
        self._names[action] = name
        return action

    def ticked(self) -> dict[int, str]:
        """The names of the ticked entries, by what they stand for."""
        return {action.data(): name for action, name in self._names.items() if action.isChecked()}

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is None:
            super().mouseReleaseEvent(event)
        else:
            action.trigger()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() != Qt.Key.Key_Space or action is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            action.trigger()

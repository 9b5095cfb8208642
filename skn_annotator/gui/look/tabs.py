"""Tabs: a row of titles, of which one is chosen, over the page of that title."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from skn_annotator.gui.look.translated import set_texts


class Tabs(QWidget):
    """Pages of which one is shown, below their titles."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._row = QHBoxLayout()
        self._row.setSpacing(20)
        self._row.addStretch(1)
        self._column.addLayout(self._row)
        self._buttons = QButtonGroup(self)
        self._pages = QStackedWidget()  # as large as the largest page
        self._column.addWidget(self._pages)

    def add(self, title: str, tip: str, page: QWidget) -> None:
        """One more page; the first one is shown. `title` and `tip` are `translatable`, not translated yet."""
        index = self._pages.count()
        button = QToolButton()
        set_texts(button, text=title, toolTip=tip)
        button.setCheckable(True)
        button.setChecked(index == 0)
        button.setProperty("tab", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self.choose, index))
        self._buttons.addButton(button, index)
        self._row.insertWidget(index, button)
        self._pages.addWidget(page)  # right after its title in the order of Tab

    @property
    def chosen(self) -> int:
        """The index of the page that is shown."""
        return self._buttons.checkedId()

    def choose(self, index: int) -> None:
        """Show the page of this index. A title that has the focus gives it to that of the page."""
        buttons = self._buttons.buttons()
        if any(each.hasFocus() for each in buttons):
            buttons[index].setFocus()  # with a focused and a chosen one, both look chosen
        buttons[index].setChecked(True)
        self._pages.setCurrentIndex(index)

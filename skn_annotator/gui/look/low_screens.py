"""Dialogs on screens that are too low for them, such as 1080 lines at 200 %: their contents scroll."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from skn_annotator.gui.look.layouts import column

_FRAME = 40
"""Pixels that a window's own frame takes, with its title."""


def room_for(dialog: QDialog) -> int:
    """How high a dialog can be on its screen, in pixels."""
    return dialog.screen().availableGeometry().height() - _FRAME


def scroll_area(contents: QWidget) -> QScrollArea:
    """An area that scrolls `contents` up and down where it is lower than they are."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(contents)
    return area


def scroll_if_low(dialog: QDialog) -> None:
    """Let all that is in `dialog` scroll where its screen is too low for it."""
    layout, width = dialog.layout(), dialog.width()
    height = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
    if height <= room_for(dialog):
        return
    contents = QWidget()
    contents.setLayout(layout)  # Qt takes it from the dialog, with the widgets in it
    area = scroll_area(contents)
    column(area, margins=(0, 0, 0, 0), of=dialog)
    bar = area.verticalScrollBar().sizeHint().width()
    dialog.setFixedWidth(width + bar)
    dialog.resize(width + bar, room_for(dialog))

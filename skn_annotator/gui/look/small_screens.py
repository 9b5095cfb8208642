"""Dialogs on screens that are too small for them, such as 1080 lines at 200 %: their contents scroll."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from skn_annotator.gui.look.layouts import column

_FRAME = 40
"""Pixels that a window's own frame takes, with its title."""


def room_for(dialog: QDialog) -> QSize:
    """How wide and high a dialog can be on its screen, in pixels."""
    return dialog.screen().availableGeometry().size() - QSize(0, _FRAME)


def scroll_area(contents: QWidget) -> QScrollArea:
    """An area that scrolls `contents` where it is smaller than they are."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(contents)
    return area


def scroll_on_small_screen(dialog: QDialog) -> None:
    """Let all that is in `dialog` scroll where its screen is too small for it."""
    layout, width, room = dialog.layout(), dialog.width(), room_for(dialog)
    assert layout is not None, "a dialog is laid out before it is opened"
    height = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
    if height <= room.height() and width <= room.width():
        return
    contents = QWidget()
    contents.setLayout(layout)  # Qt takes it from the dialog, with the widgets in it
    area = scroll_area(contents)
    column(area, margins=(0, 0, 0, 0), of=dialog)
    bar = area.verticalScrollBar().sizeHint().width()
    dialog.setFixedWidth(min(width + bar, room.width()))
    dialog.resize(dialog.width(), min(height, room.height()))

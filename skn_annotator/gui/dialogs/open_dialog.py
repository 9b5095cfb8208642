"""How every dialog that needs no answer is opened."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from skn_annotator.gui.look import scroll_on_small_screen


def open_dialog(dialog: QDialog) -> None:
    """Open a dialog over its window, to be deleted when it closes; on a small screen it scrolls."""
    scroll_on_small_screen(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()

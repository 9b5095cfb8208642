"""Flat buttons. Tab reaches them, but a click does not move the keyboard's focus."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QToolButton

from skn_annotator.gui.look.icons import icon
from skn_annotator.gui.look.translated import set_texts


def action_button(action: QAction, size: int = 18, text: str = "") -> QToolButton:
    """A flat button for `action`; with `text`, which is `translatable`, beside the icon."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(size, size))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.ArrowCursor)
    if text:
        set_texts(action, iconText=text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def icon_button(name: str, tip: str, size: int = 16) -> QToolButton:
    """A flat button with an icon and no action; `tip` is `translatable`, not translated yet."""
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(size, size))
    set_texts(button, toolTip=tip, accessibleName=tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def separator(vertical: bool = False) -> QFrame:
    """A thin line between groups of buttons."""
    line = QFrame()
    line.setObjectName("Separator")
    if vertical:
        line.setFixedSize(1, 20)
    else:
        line.setFixedHeight(1)
    return line

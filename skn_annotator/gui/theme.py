"""The look of the window: colours, measures and the style sheet, in one place.

The frame is the brightest thing on the screen; everything else is quiet: grey surfaces, one accent colour,
gaps instead of borders, the system's font, an 8-pixel grid.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

GRID = 8


@dataclass(frozen=True)
class Theme:
    """Colours by their use, as ``#rrggbb``."""

    well: str = "#121315"  # behind the frame, inside lists and the timeline
    surface: str = "#1b1c1f"  # panels, bars
    raised: str = "#26282c"  # buttons, fields, menus
    hover: str = "#30333a"
    pressed: str = "#3a3e46"
    line: str = "#2c2e33"
    text: str = "#d4d6da"
    dim: str = "#8b8f97"
    faint: str = "#5c6068"
    accent: str = "#5aa2f7"
    accent_hover: str = "#74b3ff"
    accent_soft: str = "#22344b"  # what is chosen
    on_accent: str = "#0d1520"
    warning: str = "#e0a63f"
    error: str = "#e5695e"
    good: str = "#6fbf83"

    def color(self, name: str, alpha: int = 255) -> QColor:
        """The colour called `name`, with `alpha` 0-255."""
        color = QColor(getattr(self, name))
        color.setAlpha(alpha)
        return color


DARK = Theme()


def apply_theme(app: QApplication, theme: Theme = DARK) -> None:
    """Dress the whole application; call once, before the first window."""
    app.setStyle("Fusion")
    QGuiApplication.styleHints().setColorScheme(Qt.ColorScheme.Dark)
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in (
        (roles.Window, "surface"),
        (roles.Base, "well"),
        (roles.AlternateBase, "surface"),
        (roles.Button, "raised"),
        (roles.ToolTipBase, "raised"),
        (roles.Text, "text"),
        (roles.WindowText, "text"),
        (roles.ButtonText, "text"),
        (roles.ToolTipText, "text"),
        (roles.PlaceholderText, "faint"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "on_accent"),
        (roles.Link, "accent"),
        (roles.Mid, "line"),
        (roles.Dark, "line"),
        (roles.Shadow, "well"),
    ):
        palette.setColor(role, theme.color(name))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("faint"))
    return palette


def style_sheet(theme: Theme) -> str:
    """Qt style sheet of every widget that the program uses."""
    text = _SHEET
    for name in sorted(Theme.__dataclass_fields__, key=len, reverse=True):
        text = re.sub(rf"@{name}\b", getattr(theme, name), text)
    return text


_SHEET = """
* { outline: 0; }
QMainWindow, QDialog { background: @surface; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: @raised; color: @text; border: 1px solid @pressed; padding: 4px 8px; }

QMenuBar { background: @surface; padding: 2px 8px; }
QMenuBar::item { padding: 5px 10px; border-radius: 4px; color: @text; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @raised; border: 1px solid @pressed; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @pressed; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }

QPushButton { background: @raised; color: @text; border: 0; border-radius: 5px; padding: 6px 14px;
    min-height: 20px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @pressed; }
QPushButton:disabled { background: @raised; color: @faint; }
QPushButton:focus { border: 1px solid @accent; padding: 5px 13px; }
QPushButton[primary="true"]:focus { border: 1px solid @text; }
QPushButton[primary="true"] { background: @accent; color: @on_accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accent_hover; }
QPushButton[primary="true"]:disabled { background: @raised; color: @faint; }

QToolButton { background: transparent; border: 0; border-radius: 5px; padding: 5px; color: @text; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @pressed; }
QToolButton:checked { background: @accent_soft; }
QToolButton:disabled { color: @faint; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QSpinBox { background: @well; border: 1px solid @pressed; border-radius: 5px; padding: 5px 8px;
    selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QSpinBox:focus { border-color: @accent; }

QSlider { min-height: 20px; background: transparent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @pressed; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: @faint; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -4px 0; border-radius: 6px;
    background: @text; }
QSlider::handle:horizontal:hover { background: @accent_hover; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @pressed; border-radius: 3px; min-height: 24px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: @faint; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @pressed; border-radius: 3px; min-width: 24px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { background: transparent; border: 0; }

QProgressBar { background: @pressed; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QRadioButton { spacing: 10px; padding: 2px 0; background: transparent; }
QRadioButton::indicator { width: 14px; height: 14px; border-radius: 8px; background: @well;
    border: 1px solid @faint; }
QRadioButton::indicator:hover { border-color: @accent_hover; }
QRadioButton::indicator:checked { width: 6px; height: 6px; background: @on_accent;
    border: 5px solid @accent; }
QSplitter::handle { background: @well; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QToolButton[filled="true"] { background: @raised; padding: 5px 12px 5px 8px; }
QToolButton[filled="true"]:hover { background: @hover; }
QToolButton[filled="true"]:pressed { background: @pressed; }
QToolButton[primary="true"] { background: @accent_soft; }
QToolButton[primary="true"]:hover { background: @accent; color: @on_accent; }

QToolButton[tab="true"] { background: transparent; color: @dim; font-weight: 600; border-radius: 0;
    border-bottom: 2px solid transparent; padding: 2px 0 4px 0; }
QToolButton[tab="true"]:hover { color: @text; }
QToolButton[tab="true"]:checked { color: @text; border-bottom: 2px solid @accent; }

#ObjectRow { border-radius: 5px; }
#ObjectRow:hover { background: @raised; }
#ObjectRow[active="true"] { background: @accent_soft; }
#ObjectRow QLabel:disabled { color: @faint; }
#ObjectRow QLineEdit { padding: 2px 6px; }
#RecentRow { background: transparent; text-align: left; }
#RecentRow:hover { background: @raised; }
#StartPage { background: @well; }
#MessageBar { background: @raised; border: 1px solid @pressed; border-radius: 8px; }
#Separator { background: @line; }
#Key { color: @dim; }

#StatusLine { background: @surface; }
#StatusLine QLabel { color: @dim; }
#SideBar, #ToolBar, #Transport { background: @surface; }
#Heading { color: @dim; font-weight: 600; }
#Hint { color: @dim; }
#Title { font-size: 20pt; font-weight: 300; color: @text; }
#Document { color: @dim; padding: 5px 16px 0 0; }
"""

"""The theme of the window: two sets of colours by their use, and which of them is in use.

The frame is the brightest thing on the screen; everything else is quiet: grey surfaces, one accent colour,
gaps instead of borders, the system's font, an 8-pixel grid. What is painted asks `color` when it is painted,
so that another theme is there at once. What lies over a frame does not follow the theme: it takes
`OVER_FRAME`.
"""

import re
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from skn_annotator.gui.look.style_sheet import SHEET
from skn_annotator.resources import resource


class Scheme(Enum):
    """The user's choice of theme."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


@dataclass(frozen=True)
class Theme:
    """Colours by their use, as ``#rrggbb``."""

    backdrop: str = "#121315"  # behind the frame
    well: str = "#121315"  # inside lists, fields and the timeline
    surface: str = "#1b1c1f"  # panels, bars
    raised: str = "#26282c"  # buttons
    sheet: str = "#26282c"  # menus, tooltips, messages
    knob: str = "#d4d6da"
    hover: str = "#30333a"
    pressed: str = "#3a3e46"
    line: str = "#2c2e33"
    text: str = "#d4d6da"
    dim: str = "#8b8f97"
    faint: str = "#5c6068"
    quiet: str = "#82868f"  # icons of what is off, or cannot be used
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
LIGHT = Theme(
    backdrop="#bfc2c8",
    well="#fafbfc",
    surface="#eff0f3",
    raised="#e1e3e8",
    sheet="#fcfcfd",
    knob="#ffffff",
    hover="#d5d8df",
    pressed="#c3c7d0",
    line="#d9dbe1",
    text="#202329",
    dim="#596069",
    faint="#969ba5",
    quiet="#757b85",
    accent="#1d6bd3",
    accent_hover="#3a84e6",
    accent_soft="#cfe1f9",
    on_accent="#ffffff",
    warning="#a56500",
    error="#c0392d",
    good="#2a8547",
)
OVER_FRAME = DARK


def theme() -> Theme:
    """The theme in use."""
    app = QGuiApplication.instance()
    return LIGHT if app is not None and app.property("theme") == "light" else DARK


def color(name: str, alpha: int = 255) -> QColor:
    """The colour called `name` of the theme in use, with `alpha` 0-255."""
    return theme().color(name, alpha)


def scheme_called(name: str) -> Scheme:
    """The scheme of this name; dark if there is none."""
    return next((scheme for scheme in Scheme if scheme.value == name), Scheme.DARK)


def current_scheme() -> Scheme:
    """The scheme that was applied last."""
    app = QGuiApplication.instance()
    return scheme_called("" if app is None else app.property("scheme") or "")


def apply_theme(app: QApplication, wanted: Scheme = Scheme.DARK) -> None:
    """Apply the theme to the whole application at once."""
    schemes = Qt.ColorScheme
    hints = QGuiApplication.styleHints()
    qt = {Scheme.DARK: schemes.Dark, Scheme.LIGHT: schemes.Light, Scheme.SYSTEM: schemes.Unknown}
    hints.setColorScheme(qt[wanted])
    light = wanted is Scheme.LIGHT or (wanted is Scheme.SYSTEM and hints.colorScheme() == schemes.Light)
    app.setProperty("scheme", wanted.value)
    app.setProperty("theme", "light" if light else "dark")
    app.setStyle("Fusion")
    app.setPalette(_palette(theme()))
    app.setStyleSheet(style_sheet(theme()))


def follow_system(app: QApplication) -> None:
    """Follow the system's theme from now on, while `Scheme.SYSTEM` is chosen; call once."""

    def follow() -> None:
        if app.property("scheme") == Scheme.SYSTEM.value:
            apply_theme(app, Scheme.SYSTEM)

    QGuiApplication.styleHints().colorSchemeChanged.connect(follow)


def _palette(worn: Theme) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in (
        (roles.Window, "surface"),
        (roles.Base, "well"),
        (roles.AlternateBase, "surface"),
        (roles.Button, "raised"),
        (roles.ToolTipBase, "sheet"),
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
        palette.setColor(role, worn.color(name))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, worn.color("faint"))
    return palette


def style_sheet(worn: Theme) -> str:
    """The Qt style sheet of every widget that the program uses, in the colours of `worn`."""
    sheet = SHEET.replace("@icons", resource("icons").as_posix())
    return re.sub(r"@(\w+)", lambda name: getattr(worn, name.group(1)), sheet)

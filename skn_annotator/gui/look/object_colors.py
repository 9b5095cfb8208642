"""The colours of objects on the screen: their own, or ones that colour-blind people can tell apart.

The second palette is for the screen alone: nothing in the project changes, and exports stay as they are. An
object that was given a colour by hand keeps it.
"""

from enum import Enum

from PySide6.QtGui import QColor, QGuiApplication

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.arrays import Color
from skn_annotator.gui.look.theme import LIGHT, theme
from skn_annotator.palette import display_color, safe_color


class Palette(Enum):
    """The two sets of colours."""

    VIVID = "vivid"
    SAFE = "safe"


def palette_called(name: str) -> Palette:
    """The palette of this name; vivid if there is none."""
    return Palette.SAFE if name == Palette.SAFE.value else Palette.VIVID


def current_palette() -> Palette:
    """The palette that the application uses."""
    app = QGuiApplication.instance()
    return palette_called("" if app is None else app.property("palette_of_objects") or "")


def use_palette(wanted: Palette) -> None:
    """Use another palette from now on; views show it when they draw again."""
    app = QGuiApplication.instance()
    assert app is not None, "there is an application"
    app.setProperty("palette_of_objects", wanted.value)


def offered_color(object_id: int) -> Color:
    """The colour of `object_id` in the palette in use, RGB 0-255."""
    return (safe_color if current_palette() is Palette.SAFE else display_color)(object_id)


_LIGHTEST = 0.4
"""Luminance of a thin line on a light surface, 0-1, at most: yellow would be lost there."""


def line_color(shown: AnnotatedObject) -> QColor:
    """`shown_color` for thin lines on the window's own surfaces: darker where these are light."""
    color = QColor(*shown_color(shown))
    while theme() is LIGHT and _luminance(color) > _LIGHTEST:
        color = color.darker(106)
    return color


def _luminance(color: QColor) -> float:
    red, green, blue = (channel**2.2 for channel in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def shown_color(shown: AnnotatedObject) -> Color:
    """The colour that an object is drawn in, RGB 0-255."""
    if shown.color != display_color(shown.id):
        return shown.color
    return offered_color(shown.id)

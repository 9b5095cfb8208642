"""How the window looks: theme, icons, colours of objects, and small widgets that every wing uses."""

from skn_annotator.gui.look.buttons import action_button, icon_button, separator
from skn_annotator.gui.look.display import Display, Look, Mode
from skn_annotator.gui.look.elided import Elided
from skn_annotator.gui.look.fields import choice_field, number_field
from skn_annotator.gui.look.focus_ring import paint_focus
from skn_annotator.gui.look.icons import Symbol, icon, pixmap
from skn_annotator.gui.look.large_screens import SCALES, opening_size, proposed_scale
from skn_annotator.gui.look.layouts import column, row
from skn_annotator.gui.look.mask_image import MaskImage
from skn_annotator.gui.look.menu_field import MenuField
from skn_annotator.gui.look.number_box import NumberBox
from skn_annotator.gui.look.object_colors import (
    Palette,
    current_palette,
    line_color,
    offered_color,
    palette_called,
    shown_color,
    use_palette,
)
from skn_annotator.gui.look.small_picture import fitted, image_of, small_picture
from skn_annotator.gui.look.small_screens import room_for, scroll_area, scroll_on_small_screen
from skn_annotator.gui.look.switch import Switch
from skn_annotator.gui.look.tabs import Tabs
from skn_annotator.gui.look.texts import caption, clock
from skn_annotator.gui.look.theme import (
    OVER_FRAME,
    Scheme,
    apply_theme,
    current_scheme,
    follow_system,
    scheme_called,
)
from skn_annotator.gui.look.tick_menu import TickMenu
from skn_annotator.gui.look.translated import retranslate, set_texts

__all__ = [
    "OVER_FRAME",
    "SCALES",
    "Display",
    "Elided",
    "Look",
    "MaskImage",
    "MenuField",
    "Mode",
    "NumberBox",
    "Palette",
    "Scheme",
    "Switch",
    "Symbol",
    "Tabs",
    "TickMenu",
    "action_button",
    "apply_theme",
    "caption",
    "choice_field",
    "clock",
    "column",
    "current_palette",
    "current_scheme",
    "fitted",
    "follow_system",
    "icon",
    "icon_button",
    "image_of",
    "line_color",
    "number_field",
    "offered_color",
    "opening_size",
    "paint_focus",
    "palette_called",
    "pixmap",
    "proposed_scale",
    "retranslate",
    "room_for",
    "row",
    "scheme_called",
    "scroll_area",
    "scroll_on_small_screen",
    "separator",
    "set_texts",
    "shown_color",
    "small_picture",
    "use_palette",
]

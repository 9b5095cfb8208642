"""The table of actions, its shortcuts, and the names of edits."""

from skn_annotator.gui.actions.action_table import MENUS, Actions, Spec, menu_of, name_of, shortcut_of
from skn_annotator.gui.actions.combination_actions import COMBINATIONS
from skn_annotator.gui.actions.digit_row import digit_of
from skn_annotator.gui.actions.mouse_gestures import MOUSE
from skn_annotator.gui.actions.pass_actions import PASSES
from skn_annotator.gui.actions.shortcut_rules import choose, chosen_specs, default_keys, owner, reserved

__all__ = [
    "COMBINATIONS",
    "MENUS",
    "MOUSE",
    "PASSES",
    "Actions",
    "Spec",
    "choose",
    "chosen_specs",
    "default_keys",
    "digit_of",
    "menu_of",
    "name_of",
    "owner",
    "reserved",
    "shortcut_of",
]

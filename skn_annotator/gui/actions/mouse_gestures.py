"""What the mouse does, alone and with keys: for the shortcut sheet and the manual."""

from skn_annotator.app.language import translatable as _

MOUSE: tuple[tuple[str, str], ...] = (
    (_("Paint the active object"), _("Left button")),
    (_("Erase it"), _("Right button")),
    (_("Close a polygon, keep a selection"), _("Enter")),
    (_("Take its last corner or stroke back"), _("Backspace, or right button on a polygon")),
    (_("Erase the inside of an outline"), _("Alt + first click")),
    (_("Replace what the object has, instead of adding"), _("Ctrl + outline, box or click")),
    (_("Move, add, delete a corner"), _("Drag, click an edge, right button")),
    (_("Cancel it"), _("Escape")),
    (_("Straight line from the last stroke"), _("Shift + click")),
    (_("Take pixels from a selection"), _("Right button, or Alt + click")),
    (_("Keep of the object only what is selected"), _("Shift + click or box")),
    (_("Choose the object under the mouse"), _("Alt + click")),
    (_("Brush size"), _("Ctrl + wheel")),
    (_("Zoom at the mouse"), _("Wheel")),
    (_("Pan"), _("Middle button, or Space + drag")),
    (_("100 % / whole frame"), _("Middle double click")),
    (_("Choose a range on the timeline"), _("Shift + drag")),
    (_("Zoom in on the timeline"), _("Ctrl + wheel")),
    (_("Pan the timeline"), _("Shift + wheel, or middle button")),
)
"""What is done, and how."""

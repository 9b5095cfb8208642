"""The menus of the right button on the canvas and on the timeline: what is done most to the frame there.

While a tool paints, the right button erases, unless the user prefers the menu; the menu key always opens it.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from skn_annotator.gui.actions import Actions
from skn_annotator.gui.canvas import Canvas
from skn_annotator.gui.timeline import Timeline

LINE = ""
ON_CANVAS = (
    "undo",
    "redo",
    LINE,
    "copy",
    "copy_all",
    "paste",
    LINE,
    "toggle_reference",
    "absent_here",
    "clear_frame",
    LINE,
    "fill_holes",
    "smooth",
    "copy_next",
    "interpolate",
    LINE,
    "protect",
    LINE,
    "add",
    "replace",
    "intersect",
    LINE,
    "fit",
    "masks",
)
ON_TIMELINE = (
    "toggle_reference",
    "absent_here",
    "clear_frame",
    LINE,
    "copy",
    "copy_all",
    "paste",
    "paste_range",
    LINE,
    "range_start",
    "range_end",
    "range_clear",
    LINE,
    "forward",
    "backward",
    "both",
    "range",
    "renew",
    LINE,
    "timeline_fit",
    "legend",
)
"""The actions of each menu, by name; `LINE` separates."""


class ContextMenus(QObject):
    """Opens both menus where they are asked for."""

    def __init__(self, actions: Actions, canvas: Canvas, timeline: Timeline, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        canvas.menu_wanted.connect(lambda at: self._open(canvas, ON_CANVAS, at))
        timeline.menu_wanted.connect(lambda at: self._open(timeline, ON_TIMELINE, at))

    def _open(self, place: QWidget, names: Sequence[str], at: QPoint) -> None:
        menu = QMenu(place)
        menu.aboutToHide.connect(menu.deleteLater)
        for name in names:
            if name == LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[name])
        menu.popup(at)

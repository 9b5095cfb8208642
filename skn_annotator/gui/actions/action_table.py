"""Every action of the window in one table: text, menu, shortcut, icon, tooltip, and when it can be used.

Menus, buttons, tooltips and the shortcut sheet are made from it. What an action does is looked up by its name
in the commands that the window gives (`gui.commands`).
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from skn_annotator.app.language import tr
from skn_annotator.app.language import translatable as _
from skn_annotator.app.session import Session
from skn_annotator.gui.actions.edit_names import edit_name
from skn_annotator.gui.look import icon

MENUS = (_("File"), _("Edit"), _("View"), _("Go"), _("Object"), _("Propagate"), _("Help"))
INNER_MENUS = (_("M&asks as"), _("Pane&ls"), _("O&bject colours"), _("&Theme"), _("Outlines and &boxes"))


class When(Enum):
    """When an action can be used."""

    ALWAYS = "always"
    OPEN = "a sequence is open"
    OBJECT = "an object is chosen"
    RANGE = "a range of frames is chosen"
    SEVERAL = "an object is chosen, and there is another one"
    STALE = "a mask is stale, and no pass runs"
    IDLE = "a sequence is open and no pass runs"
    RANGE_IDLE = "a range of frames is chosen and no pass runs"
    PASSED = "a pass has run, or runs"
    RUNNING = "a pass runs"
    COPIED = "masks were copied"
    COPIED_RANGE = "masks were copied, and a range of frames is chosen"
    BUSY = "a pass runs, or many masks are being changed"
    UNDO = "there is something to undo"
    REDO = "there is something to redo"


@dataclass(frozen=True)
class Spec:
    """One action.

    `menu`: "View", or "View/&Theme" for a menu in it. `keys`: shortcuts, the main one first; "$Undo" is the
    system's for that. `gesture`: a key that is more than a shortcut, for people to read. `line` draws a
    separator above it in its menu; `hidden` keeps it out of the menu. Of the actions with the same `one_of`,
    one is checked.
    """

    name: str
    text: str
    menu: str
    keys: str = ""
    when: When = When.OPEN
    icon: str = ""
    tip: str = ""
    gesture: str = ""
    line: bool = False
    checkable: bool = False
    hidden: bool = False
    one_of: str = ""


TABLE: tuple[Spec, ...] = (
    Spec("open", _("&Open video…"), "File", "$Open", When.ALWAYS, "video"),
    Spec("open_folder", _("Open &folder of frames…"), "File", "Ctrl+Shift+O", When.ALWAYS, "folder"),
    Spec("demo", _("Open the &demo"), "File", "", When.ALWAYS, "sparkle",
         _("A short clip of balls that roll past each other")),
    Spec("import", _("&Import masks…"), "File", "Ctrl+I", When.IDLE, "folder",
         _("From a folder of masks, or a data set: DAVIS, YouTube-VOS, COCO"), line=True),
    Spec("import_file", _("Import a &mask or a COCO file…"), "File", "", When.IDLE,
         tip=_("One mask goes to the shown frame")),
    Spec("export", _("&Export…"), "File", "Ctrl+E", When.IDLE, "export",
         _("Data sets, mattes, a video to show")),
    Spec("close", _("&Close video"), "File", "$Close", line=True),
    Spec("quit", _("&Quit"), "File", "$Quit", When.ALWAYS),
    Spec("undo", _("&Undo"), "Edit", "$Undo", When.UNDO, "undo"),
    Spec("redo", _("&Redo"), "Edit", "$Redo; Ctrl+Shift+Z; Ctrl+Y", When.REDO, "redo"),
    Spec("brush", _("&Brush"), "Edit", "B", When.OPEN, "brush",
         _("Paint the active object; right button erases"), line=True, one_of="tool"),
    Spec("eraser", _("&Eraser"), "Edit", "E", When.OPEN, "eraser", _("Erase the active object"),
         one_of="tool"),
    Spec("select", _("&Select"), "Edit", "K", When.OPEN, "select",
         _("Click an object, or drag a box round it, and it is found; further clicks correct that"),
         one_of="tool"),
    Spec("polygon", _("&Polygon"), "Edit", "P", When.OPEN, "polygon",
         _("Click the corners of an area; Enter or a click on the first corner closes it"), one_of="tool"),
    Spec("lasso", _("L&asso"), "Edit", "D", When.OPEN, "lasso", _("Draw the outline of an area by hand"),
         one_of="tool"),
    Spec("magnetic", _("&Magnetic lasso"), "Edit", "M", When.OPEN, "magnetic",
         _("An outline that follows the edges in the picture"), one_of="tool"),
    Spec("box", _("Bo&x by colour"), "Edit", "S", When.OPEN, "box",
         _("Drag a box round what differs in colour from its surroundings; strokes correct what is found"),
         one_of="tool"),
    Spec("fill", _("F&ill"), "Edit", "G", When.OPEN, "fill",
         _("Fill a closed outline; right button removes a patch"), one_of="tool"),
    Spec("move", _("Mo&ve"), "Edit", "V", When.OPEN, "move", _("Drag an object's mask"), one_of="tool"),
    Spec("smaller", _("Sma&ller brush"), "Edit", "[", line=True),
    Spec("larger", _("Lar&ger brush"), "Edit", "]"),
    Spec("toggle_reference", _("&This frame is right, or not"), "Edit", "R", When.OPEN, "diamond",
         _("Every object is decided there: no pass changes it"), line=True, checkable=True),
    Spec("clear_frame", _("&Clear this frame"), "Edit", "Ctrl+Backspace"),
    Spec("copy", _("Cop&y the active object"), "Edit", "Ctrl+C", When.OBJECT,
         tip=_("Its mask on this frame, to be pasted onto others"), line=True),
    Spec("copy_all", _("Copy all &objects"), "Edit", "Ctrl+Shift+C", When.OBJECT),
    Spec("paste", _("Paste &here"), "Edit", "Ctrl+V", When.COPIED, tip=_("Onto this frame")),
    Spec("paste_range", _("Paste i&nto the range"), "Edit", "Ctrl+Shift+V", When.COPIED_RANGE,
         tip=_("Onto every frame that is chosen on the timeline")),
    Spec("preferences", _("Pre&ferences…"), "Edit", "$Preferences; Ctrl+,", When.ALWAYS, line=True),
    Spec("fit", _("&Fit in the window"), "View", "F", When.OPEN, "fit"),
    Spec("actual", _("&100 %"), "View", "Ctrl+1"),
    Spec("zoom_in", _("Zoom &in"), "View", "$ZoomIn; Ctrl+="),
    Spec("zoom_out", _("Zoom &out"), "View", "$ZoomOut"),
    Spec("masks", _("&Masks"), "View", "O", When.OPEN, "mask", _("Show the masks"), line=True,
         checkable=True),
    Spec("overlay", _("&Masks over the frame"), "View/M&asks as", "Alt+1", When.OPEN, one_of="mode"),
    Spec("outline", _("&Outlines only"), "View/M&asks as", "Alt+2", When.OPEN, one_of="mode"),
    Spec("mask", _("Mas&ks only"), "View/M&asks as", "Alt+3", When.OPEN, one_of="mode"),
    Spec("cut_out", _("Objects &cut out"), "View/M&asks as", "Alt+4", When.OPEN, one_of="mode"),
    Spec("side_by_side", _("&Side by side"), "View/M&asks as", "Alt+5", When.OPEN, one_of="mode",
         tip=_("The frame beside the frame with its masks; paint in either")),
    Spec("kernel", _("Spatial-constrain &kernel"), "View", "Ctrl+K", When.OPEN, "kernel",
         _("Where the network expects the active object"), line=True, checkable=True),
    Spec("points", _("Matched &points"), "View", "Ctrl+J", When.OPEN, "points",
         _("The strongest matches between the memory and this frame"), checkable=True),
    Spec("lab", _("&Reader lab"), "View", "Shift+F8", checkable=True,
         tip=_("What the network searched, matched, weighted and remembered for this frame")),
    Spec("panel_tools", _("&Tools"), "View/Pane&ls", "F7", checkable=True, line=True),
    Spec("panel_objects", _("&Objects"), "View/Pane&ls", "F8", checkable=True),
    Spec("panel_timeline", _("T&imeline"), "View/Pane&ls", "F9", checkable=True),
    Spec("next_place", _("&Next part of the window"), "View/Pane&ls", "F6"),
    Spec("previous_place", _("&Previous part of the window"), "View/Pane&ls", "Shift+F6"),
    Spec("arrange_panels", _("&Default layout"), "View/Pane&ls"),
    Spec("vivid", _("&Vivid"), "View/O&bject colours", one_of="palette"),
    Spec("safe", _("For colour &blindness"), "View/O&bject colours", one_of="palette",
         tip=_("Okabe and Ito's colours, on the screen only")),
    Spec("dark", _("&Dark"), "View/&Theme", "", When.ALWAYS, one_of="theme"),
    Spec("light", _("&Light"), "View/&Theme", "", When.ALWAYS, one_of="theme"),
    Spec("system", _("Follow the &system"), "View/&Theme", "", When.ALWAYS, one_of="theme"),
    Spec("play", _("&Play or stop"), "Go", "", When.OPEN, "play", gesture=_("Space")),
    Spec("play_forward", _("Play &forward"), "Go", "L", tip=_("Again: twice as fast")),
    Spec("play_backward", _("Play &backward"), "Go", "J", tip=_("Again: twice as fast")),
    Spec("stop_playing", _("&Stop playing"), "Go", tip=_("So do Space, and K with the tool Select")),
    Spec("loop", _("&Loop"), "Go", "Shift+L", When.OPEN, "loop",
         _("Play the chosen range, or the whole video, over and over"), checkable=True),
    Spec("previous", _("Pre&vious frame"), "Go", "Left", When.OPEN, "previous", line=True),
    Spec("next", _("Ne&xt frame"), "Go", "Right", When.OPEN, "next"),
    Spec("back_ten", _("&Ten frames back"), "Go", "Shift+Left"),
    Spec("on_ten", _("Ten fra&mes on"), "Go", "Shift+Right"),
    Spec("first", _("F&irst frame"), "Go", "Home", When.OPEN, "first"),
    Spec("last", _("L&ast frame"), "Go", "End", When.OPEN, "last"),
    Spec("go_to", _("&Jump to frame…"), "Go", "Ctrl+G"),
    Spec("previous_reference", _("Previo&us reference"), "Go", "Ctrl+Left", When.OPEN, "previous-reference",
         line=True),
    Spec("next_reference", _("&Next reference"), "Go", "Ctrl+Right", When.OPEN, "next-reference"),
    Spec("check_next", _("Next frame to &check"), "Go", "C", When.OPEN, "warning",
         _("Go to the propagated frame that is least certain; again: to the next")),
    Spec("previous_changed", _("Previous change&d frame"), "Go", ",", When.PASSED,
         tip=_("Among the frames that the last pass changed most; hold X to see the masks from before")),
    Spec("next_changed", _("Next c&hanged frame"), "Go", ".", When.PASSED,
         tip=_("Among the frames that the last pass changed most; hold X to see the masks from before")),
    Spec("range_start", _("&Range starts here"), "Go", "Shift+I", line=True),
    Spec("range_end", _("Range &ends here"), "Go", "Shift+O"),
    Spec("range_clear", _("No ran&ge"), "Go", "Ctrl+Shift+A", When.RANGE),
    Spec("timeline_in", _("&Zoom in on the timeline"), "Go", "Alt++; Alt+=", line=True),
    Spec("timeline_out", _("Zoom &out of the timeline"), "Go", "Alt+-"),
    Spec("timeline_fit", _("Show the &whole timeline"), "Go", "Alt+0"),
    Spec("add_object", _("&Add object"), "Object", "N", When.OPEN, "plus"),
    Spec("rename", _("&Rename…"), "Object", "F2", When.OBJECT),
    Spec("recolor", _("&Colour…"), "Object", "", When.OBJECT),
    Spec("hide", _("Show or h&ide"), "Object", "H", When.OBJECT),
    Spec("solo", _("Show onl&y this, or all"), "Object", "Shift+H", When.SEVERAL),
    Spec("lock", _("&Lock or unlock"), "Object", "Ctrl+Shift+L", When.OBJECT,
         tip=_("Locked pixels cannot be painted over")),
    Spec("move_up", _("Move &up the list"), "Object", "Alt+Up", When.SEVERAL, line=True),
    Spec("move_down", _("Move &down the list"), "Object", "Alt+Down", When.SEVERAL),
    Spec("merge", _("&Merge into…"), "Object", "Ctrl+M", When.SEVERAL,
         tip=_("Its pixels become those of another object")),
    Spec("exchange", _("E&xchange with…"), "Object", "Shift+X", When.SEVERAL,
         tip=_("For look-alikes that a pass mixed up: from this frame to the next reference frame")),
    Spec("fill_holes", _("Fill &holes"), "Object", "Shift+G", When.OBJECT, line=True,
         tip=_("Fill the background that the object encloses")),
    Spec("grow", _("&Grow"), "Object", "Ctrl+]", When.OBJECT, tip=_("By one pixel on every side")),
    Spec("shrink", _("Shrin&k"), "Object", "Ctrl+[", When.OBJECT, tip=_("By one pixel on every side")),
    Spec("smooth", _("&Smooth"), "Object", "Shift+S", When.OBJECT,
         tip=_("Remove spikes and notches from the outline")),
    Spec("clean_up", _("Clean up se&veral frames…"), "Object", "Ctrl+Shift+G", When.OBJECT,
         tip=_("Remove specks, fill holes, grow, shrink and smooth in time, over a range")),
    Spec("copy_next", _("Copy mask to the &next frame"), "Object", "Ctrl+Shift+Right", When.OBJECT),
    Spec("copy_previous", _("Copy mask to the &previous frame"), "Object", "Ctrl+Shift+Left", When.OBJECT),
    Spec("interpolate", _("Interpolate bet&ween outlines"), "Object", "I", When.OBJECT,
         tip=_("Frames between two drawn with the polygon tool get their outline, moved and bent")),
    Spec("protect", _("Pro&tect other objects"), "Object", "Ctrl+L", When.OPEN, "shield",
         _("Painting changes no pixel of the other objects"), line=True, checkable=True),
    Spec("add", _("&Add to what is there"), "Object/Outlines and &boxes", "Ctrl+Shift+R",
         one_of="combination", tip=_("Outlines, boxes and clicks add to what the object has on this frame")),
    Spec("replace", _("&Replace what is there"), "Object/Outlines and &boxes", "Ctrl+R", one_of="combination",
         tip=_("What the object has on this frame gives way to the new area; "
               "Ctrl, held while you draw, does the same")),
    Spec("intersect", _("&Cut down what is there"), "Object/Outlines and &boxes", "Shift+R",
         one_of="combination",
         tip=_("Of what the object has on this frame, that stays which lies in the new area; "
               "Shift, held while you select, does the same")),
    Spec("absent_here", _("Absent on this &frame"), "Object", "Delete", When.OBJECT, line=True,
         tip=_("It is not to be seen here, whatever a pass finds")),
    Spec("delete_onward", _("Delete from this frame &on"), "Object", "Shift+Delete", When.OBJECT),
    Spec("delete_everywhere", _("Delete &everywhere"), "Object", "", When.OBJECT),
    *(Spec(f"choose_{n}", f"Object {n}", "Object", str(n), hidden=True) for n in range(1, 10)),
    Spec("forward", _("&Forward"), "Propagate", "Ctrl+Enter; Ctrl+Return", When.IDLE, "forward",
         _("From this reference frame, or the last one before, up to the next")),
    Spec("backward", _("&Backward"), "Propagate", "Ctrl+Shift+Enter; Ctrl+Shift+Return", When.IDLE,
         "backward", _("From this reference frame, or the next one after, back to the one before")),
    Spec("both", _("Both &ways"), "Propagate", "Shift+Enter; Shift+Return", When.IDLE, "both",
         _("Between two reference frames from both of them, else from the nearest one in both directions")),
    Spec("to_end", _("Forward to the &end"), "Propagate", "Alt+End", When.IDLE,
         tip=_("Past every reference frame on the way; between two of them, from both")),
    Spec("to_start", _("Backward to the s&tart"), "Propagate", "Alt+Home", When.IDLE,
         tip=_("Past every reference frame on the way; between two of them, from both")),
    Spec("one_on", _("One frame o&n"), "Propagate", "Alt+Enter; Alt+Return", When.IDLE, line=True,
         tip=_("From the mask of this frame, even if it is no reference frame")),
    Spec("one_back", _("One frame bac&k"), "Propagate", "Alt+Shift+Enter; Alt+Shift+Return", When.IDLE,
         tip=_("From the mask of this frame, even if it is no reference frame")),
    Spec("range", _("Chosen &range"), "Propagate", "Ctrl+Alt+Enter; Ctrl+Alt+Return", When.RANGE_IDLE,
         "range", _("The frames that are chosen on the timeline, and no others")),
    Spec("renew", _("Renew stale fra&mes"), "Propagate", "U", When.STALE, "renew",
         _("What came from a reference that was corrected since, by the shortest passes that do it")),
    Spec("everywhere", _("W&hole video"), "Propagate", "Ctrl+Alt+Shift+Enter; Ctrl+Alt+Shift+Return",
         When.IDLE, "everywhere",
         _("All frames except the reference frames")),
    Spec("only_active", _("Only the a&ctive object"), "Propagate", "Ctrl+Shift+P", line=True,
         checkable=True, tip=_("The masks that the other objects have stay as they are")),
    Spec("before", _("Masks from before the &last pass"), "Propagate", "", When.PASSED,
         gesture=_("Hold X"), tip=_("See what the pass changed"), checkable=True),
    Spec("pause", _("&Pause or resume"), "Propagate", "Ctrl+P", When.RUNNING, "pause", line=True),
    Spec("stop", _("&Stop"), "Propagate", "Escape", When.BUSY, "stop",
         _("A pass keeps the frames that are done; any other change is cancelled")),
    Spec("follow", _("F&ollow the pass"), "Propagate", "", When.ALWAYS, "follow", line=True, checkable=True),
    Spec("shortcuts", _("&Shortcuts"), "Help", "$HelpContents", When.ALWAYS, "keyboard"),
    Spec("legend", _("&Marks of the timeline"), "Help", "Shift+F1", tip=_("What lines and diamonds mean")),
    Spec("about", _("&About SKN Annotator"), "Help", "", When.ALWAYS, "info"),
)  # fmt: skip

_ROLES = {
    "preferences": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
}
"""What macOS moves to the application's own menu."""


class Actions:
    """The QActions of the table, by name."""

    def __init__(self, parent: QWidget, commands: Mapping[str, Callable[[], None]]) -> None:
        self._actions = {spec.name: _make(spec, parent, commands[spec.name]) for spec in TABLE}
        groups = {spec.one_of: QActionGroup(parent) for spec in TABLE if spec.one_of}
        for spec in TABLE:
            if spec.one_of:
                groups[spec.one_of].addAction(self[spec.name])
        parent.addActions(list(self._actions.values()))
        self._menus: dict[str, QMenu] = {}
        self.use_shortcuts(TABLE)

    def retranslate(self) -> None:
        """Set every text in the current language; the texts of undo and redo are set by `refresh`."""
        for spec in self.specs:
            text = tr(spec.text) if spec.text else ""
            self[spec.name].setText(f"{text}\t{tr(spec.gesture)}" if spec.gesture else text)
            self[spec.name].setToolTip(tooltip(spec))
        for name, menu in self._menus.items():
            title, _, inner = name.partition("/")
            menu.setTitle(tr(inner) if inner else f"&{tr(title)}")

    def use_shortcuts(self, specs: Sequence[Spec]) -> None:
        """Use the keys of `specs`, in tooltips too."""
        self.specs = tuple(specs)
        for spec in specs:
            self[spec.name].setShortcuts([QKeySequence(key) for key in keys_of(spec)])
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Fill `bar` with the menus; returns them by title."""
        self._menus = {title: bar.addMenu("") for title in MENUS}
        for spec in TABLE:
            if not spec.hidden:
                self._add(spec, self._menus)
        self.retranslate()
        return self._menus

    def _add(self, spec: Spec, menus: dict[str, QMenu]) -> None:
        title = menu_of(spec)
        if spec.line:
            menus[title].addSeparator()
        if spec.menu not in menus:
            menus[spec.menu] = menus[title].addMenu("")
        menus[spec.menu].addAction(self[spec.name])

    def refresh(self, session: Session, back: str = "", forward: str = "") -> None:
        """Enable the actions that can be used now; put the edit's name into the texts of undo and redo.

        `back`, `forward`: what undo and redo take of something unfinished, before any edit.
        """
        undo_name, redo_name = back or session.undo_name, forward or session.redo_name
        is_open = session.project.sequence is not None
        is_idle = is_open and session.tasks.passes.current is None
        usable = {
            When.ALWAYS: True,
            When.OPEN: is_open,
            When.OBJECT: is_open and session.document.active is not None,
            When.RANGE: session.viewer.chosen_range is not None,
            When.SEVERAL: is_open
            and session.document.active is not None
            and len(session.document.annotation.objects) > 1,
            When.STALE: is_idle and bool(session.tasks.stale()),
            When.IDLE: is_idle,
            When.RANGE_IDLE: session.viewer.chosen_range is not None and session.tasks.passes.current is None,
            When.PASSED: session.tasks.passes.latest is not None,
            When.COPIED: is_open and session.tasks.clipboard.copied is not None,
            When.COPIED_RANGE: session.viewer.chosen_range is not None
            and session.tasks.clipboard.copied is not None,
            When.RUNNING: session.tasks.passes.current is not None,
            When.BUSY: session.tasks.current is not None,
            When.UNDO: undo_name is not None,
            When.REDO: redo_name is not None,
        }
        for spec in TABLE:
            self[spec.name].setEnabled(usable[spec.when])
        self["undo"].setText(f"{tr('&Undo')} {edit_name(undo_name or '')}".rstrip())
        self["redo"].setText(f"{tr('&Redo')} {edit_name(redo_name or '')}".rstrip())


_REPEATED = {
    *("undo", "redo", "smaller", "larger", "zoom_in", "zoom_out", "grow", "shrink", "previous", "next"),
    *("back_ten", "on_ten", "previous_reference", "next_reference", "previous_changed", "next_changed"),
    *("timeline_in", "timeline_out"),
}
"""Steps, made again while their key is held. Others would add objects by the dozen, or switch to and fro."""


def _make(spec: Spec, parent: QWidget, command: Callable[[], None]) -> QAction:
    action = QAction(parent)
    action.setObjectName(spec.name)
    if spec.icon:
        action.setIcon(icon(spec.icon))
    action.setIconVisibleInMenu(False)
    action.setAutoRepeat(spec.name in _REPEATED)
    action.setCheckable(spec.checkable or bool(spec.one_of))
    action.setMenuRole(_ROLES.get(spec.name, QAction.MenuRole.NoRole))
    action.triggered.connect(lambda _checked=False: command())
    return action


def menu_of(spec: Spec) -> str:
    """The title of the menu in the bar that holds the action."""
    return spec.menu.partition("/")[0]


def keys_of(spec: Spec) -> list[str]:
    """The shortcuts of an action, the main one first."""
    keys = [each for key in spec.keys.split("; ") for each in _meant(key.strip())]
    if sys.platform == "darwin":  # whose Enter is the key of the number pad alone
        keys.sort(key=lambda key: key.endswith("+Enter"))
    return list(dict.fromkeys(keys))


def _meant(key: str) -> list[str]:
    if not key.startswith("$"):
        return [key] if key else []
    bindings = QKeySequence.keyBindings(QKeySequence.StandardKey[key[1:]])
    return [binding.toString() for binding in bindings[:1]]


def name_of(spec: Spec) -> str:
    """An action's text without the markers of a menu entry."""
    return tr(spec.text).replace("&", "").rstrip("…")


def shortcut_of(spec: Spec) -> str:
    """The main shortcut in the notation of this system; without one, the gesture."""
    keys = keys_of(spec)
    if keys:
        return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return tr(spec.gesture) if spec.gesture else ""


def tooltip(spec: Spec) -> str:
    """The tooltip: text, shortcut, and what the action does."""
    name, shortcut = name_of(spec), shortcut_of(spec)
    head = f"{name}  ({shortcut})" if shortcut else name
    return f"{head}\n{tr(spec.tip)}" if spec.tip else head

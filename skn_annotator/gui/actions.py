"""Every action of the window in one table: text, menu, shortcut, icon, tooltip, and when it can be used.

Menus, buttons, tooltips and the shortcut sheet are made from it. What an action does is looked up by its name
in the commands that the window gives (`gui.commands`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from skn_annotator.app.session import Session
from skn_annotator.gui.icons import icon

MENUS = ("File", "Edit", "View", "Go", "Object", "Propagate", "Help")


class When(Enum):
    """What an action needs."""

    ALWAYS = "always"
    OPEN = "a sequence is open"
    OBJECT = "an object is chosen"
    RANGE = "a range of frames is chosen"
    SEVERAL = "an object is chosen, and there is another one"
    IDLE = "a sequence is open and no pass runs"
    RANGE_IDLE = "a range of frames is chosen and no pass runs"
    PASSED = "a pass has run, or runs"
    RUNNING = "a pass runs"
    UNDO = "there is something to undo"
    REDO = "there is something to redo"


@dataclass(frozen=True)
class Spec:
    """One action.

    `menu`: "View", or "View/Theme" for a menu in it. `keys`: shortcuts, the main one first; "$Undo" is the
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
    Spec("open", "&Open video…", "File", "$Open", When.ALWAYS, "video"),
    Spec("open_folder", "Open &folder of frames…", "File", "Ctrl+Shift+O", When.ALWAYS, "folder"),
    Spec("demo", "Open the &demo", "File", "", When.ALWAYS, "sparkle", "Look-alikes that cross"),
    Spec("export", "&Export…", "File", "Ctrl+E", When.IDLE, "export",
         "Data sets, mattes, a video to show", line=True),
    Spec("close", "&Close video", "File", "$Close", line=True),
    Spec("quit", "&Quit", "File", "$Quit", When.ALWAYS),
    Spec("undo", "&Undo", "Edit", "$Undo", When.UNDO, "undo"),
    Spec("redo", "&Redo", "Edit", "$Redo; Ctrl+Shift+Z; Ctrl+Y", When.REDO, "redo"),
    Spec("brush", "&Brush", "Edit", "B", When.OPEN, "brush", "Paint the chosen object; right button erases",
         line=True, one_of="tool"),
    Spec("eraser", "&Eraser", "Edit", "E", When.OPEN, "eraser", "Erase the chosen object", one_of="tool"),
    Spec("polygon", "&Polygon", "Edit", "P", When.OPEN, "polygon",
         "Click round an area; Enter or the first corner closes it", one_of="tool"),
    Spec("lasso", "&Lasso", "Edit", "D", When.OPEN, "lasso", "Draw round an area by hand", one_of="tool"),
    Spec("magnetic", "&Magnetic lasso", "Edit", "M", When.OPEN, "magnetic",
         "A line that keeps to the edges in the picture", one_of="tool"),
    Spec("fill", "&Fill", "Edit", "G", When.OPEN, "fill",
         "Fill a closed outline; right button removes a patch", one_of="tool"),
    Spec("select", "&Select by box", "Edit", "S", When.OPEN, "select",
         "A box finds the object in it; strokes refine what it found", one_of="tool"),
    Spec("move", "Mo&ve", "Edit", "V", When.OPEN, "move", "Drag an object's mask", one_of="tool"),
    Spec("smaller", "&Smaller brush", "Edit", "[", line=True),
    Spec("larger", "&Larger brush", "Edit", "]"),
    Spec("toggle_reference", "Mark or unmark &reference frame", "Edit", "R", When.OPEN, "diamond",
         "A reference frame is trusted and never overwritten", line=True, checkable=True),
    Spec("clear_frame", "&Clear this frame", "Edit", "Ctrl+Backspace"),
    Spec("preferences", "Pre&ferences…", "Edit", "$Preferences; Ctrl+,", When.ALWAYS, line=True),
    Spec("fit", "&Fit in the window", "View", "F", When.OPEN, "fit"),
    Spec("actual", "&100 %", "View", "Ctrl+1"),
    Spec("zoom_in", "Zoom &in", "View", "$ZoomIn; Ctrl+="),
    Spec("zoom_out", "Zoom &out", "View", "$ZoomOut"),
    Spec("masks", "&Masks", "View", "O", When.OPEN, "mask", "Show the masks", line=True, checkable=True),
    Spec("overlay", "Masks over the frame", "View/Masks as", "Alt+1", When.OPEN, one_of="mode"),
    Spec("outline", "Outlines only", "View/Masks as", "Alt+2", When.OPEN, one_of="mode"),
    Spec("mask", "Masks only", "View/Masks as", "Alt+3", When.OPEN, one_of="mode"),
    Spec("cut_out", "Objects cut out", "View/Masks as", "Alt+4", When.OPEN, one_of="mode"),
    Spec("side_by_side", "Side by side", "View/Masks as", "Alt+5", When.OPEN, one_of="mode",
         tip="The frame beside the frame with its masks; paint in either"),
    Spec("kernel", "Spatial-constrain &kernel", "View", "Ctrl+K", When.OPEN, "kernel",
         "Where the network looks for the chosen object", line=True, checkable=True),
    Spec("points", "Matched &points", "View", "Ctrl+J", When.OPEN, "points",
         "The strongest matches between the memory and this frame", checkable=True),
    Spec("panel_tools", "&Tools", "View/Panels", "F7", checkable=True, line=True),
    Spec("panel_objects", "&Objects and network", "View/Panels", "F8", checkable=True),
    Spec("panel_timeline", "T&imeline", "View/Panels", "F9", checkable=True),
    Spec("arrange_panels", "&Usual places", "View/Panels"),
    Spec("vivid", "&Vivid", "View/Object colours", one_of="palette"),
    Spec("safe", "For colour &blindness", "View/Object colours", one_of="palette",
         tip="Okabe and Ito's colours, on the screen only"),
    Spec("dark", "&Dark", "View/Theme", "", When.ALWAYS, one_of="theme"),
    Spec("light", "&Light", "View/Theme", "", When.ALWAYS, one_of="theme"),
    Spec("system", "As the &system", "View/Theme", "", When.ALWAYS, one_of="theme"),
    Spec("play", "&Play or stop", "Go", "", When.OPEN, "play", gesture="Space"),
    Spec("play_forward", "Play &forward", "Go", "L", tip="Again: twice as fast"),
    Spec("play_backward", "Play &backward", "Go", "J", tip="Again: twice as fast"),
    Spec("stop_playing", "&Stop playing", "Go", "K"),
    Spec("loop", "&Loop", "Go", "Shift+L", When.OPEN, "loop",
         "Play the chosen range, or the whole video, over and over", checkable=True),
    Spec("previous", "Previous frame", "Go", "Left", When.OPEN, "previous", line=True),
    Spec("next", "Next frame", "Go", "Right", When.OPEN, "next"),
    Spec("back_ten", "Ten frames back", "Go", "Shift+Left"),
    Spec("on_ten", "Ten frames on", "Go", "Shift+Right"),
    Spec("first", "First frame", "Go", "Home", When.OPEN, "first"),
    Spec("last", "Last frame", "Go", "End", When.OPEN, "last"),
    Spec("previous_reference", "Previous reference", "Go", "Ctrl+Left", When.OPEN, "previous-reference",
         line=True),
    Spec("next_reference", "Next reference", "Go", "Ctrl+Right", When.OPEN, "next-reference"),
    Spec("check_next", "Next frame to &check", "Go", "C", When.OPEN, "warning",
         "Go to the propagated frame that is least certain; again: to the next"),
    Spec("range_start", "&Range starts here", "Go", "Shift+I", line=True),
    Spec("range_end", "Range &ends here", "Go", "Shift+O"),
    Spec("range_clear", "&No range", "Go", "Ctrl+Shift+A", When.RANGE),
    Spec("timeline_in", "&Zoom in on the timeline", "Go", "Alt++; Alt+=", line=True),
    Spec("timeline_out", "Zoom &out of the timeline", "Go", "Alt+-"),
    Spec("timeline_fit", "Show the &whole timeline", "Go", "Alt+0"),
    Spec("add_object", "&Add object", "Object", "N", When.OPEN, "plus"),
    Spec("rename", "&Rename…", "Object", "F2", When.OBJECT),
    Spec("recolor", "&Colour…", "Object", "", When.OBJECT),
    Spec("hide", "Show or h&ide", "Object", "H", When.OBJECT),
    Spec("solo", "Show onl&y this, or all", "Object", "Shift+H", When.SEVERAL),
    Spec("lock", "&Lock or unlock", "Object", "Ctrl+Shift+L", When.OBJECT,
         tip="Its pixels are neither painted over nor changed by a pass"),
    Spec("move_up", "Move &up the list", "Object", "Alt+Up", When.SEVERAL, line=True),
    Spec("move_down", "Move &down the list", "Object", "Alt+Down", When.SEVERAL),
    Spec("merge", "&Merge into…", "Object", "Ctrl+M", When.SEVERAL, tip="It becomes part of another object"),
    Spec("fill_holes", "Fill &holes", "Object", "Shift+G", When.OBJECT, line=True,
         tip="Background that the object encloses becomes its own"),
    Spec("grow", "&Grow", "Object", "Ctrl+]", When.OBJECT, tip="One pixel all round"),
    Spec("shrink", "Sh&rink", "Object", "Ctrl+[", When.OBJECT, tip="One pixel all round"),
    Spec("smooth", "&Smooth", "Object", "Shift+S", When.OBJECT, tip="Take off spikes and notches"),
    Spec("copy_next", "Copy mask to the &next frame", "Object", "Ctrl+Shift+Right", When.OBJECT),
    Spec("copy_previous", "Copy mask to the &previous frame", "Object", "Ctrl+Shift+Left", When.OBJECT),
    Spec("protect", "Protect other objects", "Object", "Ctrl+L", When.OPEN, "shield",
         "Painting leaves all objects but the chosen one alone", line=True, checkable=True),
    Spec("delete_here", "Delete on this &frame", "Object", "Delete", When.OBJECT, line=True),
    Spec("delete_onward", "Delete from this frame &on", "Object", "Shift+Delete", When.OBJECT),
    Spec("delete_everywhere", "Delete &everywhere", "Object", "", When.OBJECT),
    *(Spec(f"choose_{n}", f"Object {n}", "Object", str(n), hidden=True) for n in range(1, 10)),
    Spec("forward", "&Forward", "Propagate", "Return; Enter", When.IDLE, "forward",
         "From the reference frame here or before, up to the next one"),
    Spec("backward", "&Backward", "Propagate", "Shift+Return; Shift+Enter", When.IDLE, "backward",
         "From the reference frame here or after, back to the one before"),
    Spec("both", "Both &ways", "Propagate", "Ctrl+Return; Ctrl+Enter", When.IDLE, "both",
         "Between two reference frames from both, else from the nearest one to its neighbours"),
    Spec("one_on", "One frame o&n", "Propagate", "Alt+Return; Alt+Enter", When.IDLE, line=True,
         tip="From the mask of this frame, whatever made it"),
    Spec("one_back", "One frame bac&k", "Propagate", "Alt+Shift+Return; Alt+Shift+Enter", When.IDLE,
         tip="From the mask of this frame, whatever made it"),
    Spec("range", "Chosen &range", "Propagate", "Ctrl+Alt+Return; Ctrl+Alt+Enter", When.RANGE_IDLE, "range",
         "The frames that are chosen on the timeline, and no others"),
    Spec("everywhere", "&Whole video", "Propagate", "Ctrl+Shift+Return", When.IDLE, "everywhere",
         "Every frame that is no reference frame"),
    Spec("only_active", "Only the &chosen object", "Propagate", "Ctrl+Shift+P", line=True, checkable=True,
         tip="The masks that the other objects have stay as they are"),
    Spec("before", "Masks from &before the last pass", "Propagate", "", When.PASSED, gesture="X, held",
         tip="See what the pass changed", checkable=True),
    Spec("pause", "&Pause or resume", "Propagate", "Ctrl+P", When.RUNNING, "pause", line=True),
    Spec("stop", "&Stop", "Propagate", "Escape", When.RUNNING, "stop", "What is done is kept"),
    Spec("follow", "F&ollow the pass", "Propagate", "", When.ALWAYS, "follow", line=True, checkable=True),
    Spec("shortcuts", "&Shortcuts", "Help", "$HelpContents", When.ALWAYS, "keyboard"),
    Spec("about", "&About SKN Annotator", "Help", "", When.ALWAYS, "info"),
)  # fmt: skip

MOUSE: tuple[tuple[str, str], ...] = (
    ("Paint the chosen object", "Left button"),
    ("Erase it", "Right button"),
    ("Close a polygon, keep a selection", "Enter"),
    ("Take its last corner back", "Backspace"),
    ("Leave it", "Escape"),
    ("Straight line from the last stroke", "Shift + click"),
    ("Choose the object under the mouse", "Alt + click"),
    ("Brush size", "Ctrl + wheel"),
    ("Zoom at the mouse", "Wheel"),
    ("Pan", "Middle button, or Space + drag"),
    ("100 % / whole frame", "Middle double click"),
    ("Choose a range on the timeline", "Shift + drag"),
    ("Zoom in on the timeline", "Ctrl + wheel"),
    ("Pan the timeline", "Shift + wheel, or middle button"),
)


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
        self.use_shortcuts(TABLE)

    def use_shortcuts(self, specs: Sequence[Spec]) -> None:
        """Take the keys of `specs`; tooltips name them."""
        self.specs = tuple(specs)
        for spec in specs:
            self[spec.name].setShortcuts([QKeySequence(key) for key in keys_of(spec)])
            self[spec.name].setToolTip(tooltip(spec))

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Make the menus; they are returned by title."""
        menus = {title: bar.addMenu(f"&{title}") for title in MENUS}
        for spec in TABLE:
            if not spec.hidden:
                self._add(spec, menus)
        return menus

    def _add(self, spec: Spec, menus: dict[str, QMenu]) -> None:
        title, _, inner = spec.menu.partition("/")
        if spec.line:
            menus[title].addSeparator()
        if spec.menu not in menus:
            menus[spec.menu] = menus[title].addMenu(inner)
        menus[spec.menu].addAction(self[spec.name])

    def refresh(self, session: Session) -> None:
        """Enable what can be used now, and name what undo and redo would do."""
        history = session.history
        undo_name = session.draft_name or history.undo_name
        is_open = session.sequence is not None
        usable = {
            When.ALWAYS: True,
            When.OPEN: is_open,
            When.OBJECT: is_open and session.active is not None,
            When.RANGE: session.selection is not None,
            When.SEVERAL: is_open and session.active is not None and len(session.annotation.objects) > 1,
            When.IDLE: is_open and session.running is None,
            When.RANGE_IDLE: session.selection is not None and session.running is None,
            When.PASSED: session.latest_pass is not None,
            When.RUNNING: session.running is not None,
            When.UNDO: undo_name is not None or session.running is not None,
            When.REDO: history.redo_name is not None and session.running is None,
        }
        for spec in TABLE:
            self[spec.name].setEnabled(usable[spec.when])
        running = session.running
        self["undo"].setText(f"&Undo {running.name if running else undo_name or ''}".rstrip())
        self["redo"].setText(f"&Redo {history.redo_name or ''}".rstrip())


def _make(spec: Spec, parent: QWidget, command: Callable[[], None]) -> QAction:
    action = QAction(f"{spec.text}\t{spec.gesture}" if spec.gesture else spec.text, parent)
    action.setObjectName(spec.name)
    if spec.icon:
        action.setIcon(icon(spec.icon))
    action.setIconVisibleInMenu(False)
    action.setCheckable(spec.checkable or bool(spec.one_of))
    action.setMenuRole(_ROLES.get(spec.name, QAction.MenuRole.NoRole))
    action.triggered.connect(lambda _checked=False: command())
    return action


def menu_of(spec: Spec) -> str:
    """The menu in the bar that an action is in."""
    return spec.menu.partition("/")[0]


def keys_of(spec: Spec) -> list[str]:
    """The shortcuts of an action, the main one first."""
    keys = [each for key in spec.keys.split(";") for each in _meant(key.strip())]
    return list(dict.fromkeys(keys))


def _meant(key: str) -> list[str]:
    if not key.startswith("$"):
        return [key] if key else []
    bindings = QKeySequence.keyBindings(QKeySequence.StandardKey[key[1:]])
    return [binding.toString() for binding in bindings[:1]]


def name_of(spec: Spec) -> str:
    """An action's text as people read it."""
    return spec.text.replace("&", "").rstrip("…")


def shortcut_of(spec: Spec) -> str:
    """The main shortcut as this system writes it, or the gesture."""
    keys = keys_of(spec)
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else spec.gesture


def tooltip(spec: Spec) -> str:
    """Text, shortcut, and what it does."""
    name, shortcut = name_of(spec), shortcut_of(spec)
    head = f"{name}  ({shortcut})" if shortcut else name
    return f"{head}\n{spec.tip}" if spec.tip else head

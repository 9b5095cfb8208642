"""ShortcutSheet: every key and every gesture, made from the table of actions."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.gui.actions import MENUS, MOUSE, Spec, menu_of, name_of, shortcut_of
from skn_annotator.gui.dialogs.shortcut_page import EDGE, ShortcutPage
from skn_annotator.gui.lab import LAB_KEYS
from skn_annotator.gui.look import column, room_for, row
from skn_annotator.gui.timeline import TIMELINE_KEYS

_MAC = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧"}
_MOUSE = translatable("Mouse")
_TIMELINE = translatable("Timeline, reached with Tab or F6")
_LAB = translatable("Reader lab, reached with Tab")
_LAYOUTS = (
    (("File", "Edit", "Help"), ("View", "Go"), ("Object", "Propagate"), (_MOUSE, _TIMELINE, _LAB)),
    (("File", "Edit", _MOUSE), ("View", "Go", "Help"), ("Object", "Propagate", _TIMELINE, _LAB)),
    (("File", "Edit", "Object", _MOUSE), ("View", "Go", "Propagate", _TIMELINE, _LAB, "Help")),
)
"""Layouts: the groups of each column, the widest layout first."""
_BAR = 16  # width of the scroll bar
_SPARE = 32  # of the screen, left free


class ShortcutSheet(QDialog):
    """Opened by F1, closed by Escape; accepted if the user wants to change shortcuts.

    It shows all without scrolling where the screen has room for it, and whole lines where it has not.
    """

    def __init__(self, specs: Sequence[Spec], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts"))
        self.change = QPushButton(tr("Change them…"), autoDefault=False)
        self.change.clicked.connect(self.accept)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        below = row(None, self.change, margins=(EDGE, 12, EDGE, 16))
        column(row(self.area, margins=(EDGE, EDGE, 0, 0)), below, spacing=0, margins=(0, 0, 0, 0), of=self)
        self.ensurePolished()
        around = QSize(EDGE + _BAR, EDGE + below.sizeHint().height())
        room = room_for(self) - QSize(_SPARE, _SPARE) - around
        self.page = _best_page(room, specs)
        self.area.setWidget(self.page)
        self.area.verticalScrollBar().setSingleStep(self.page.line)
        lines = min(self.page.lines, room.height() // self.page.line)
        self.resize(QSize(min(self.page.sizeHint().width(), room.width()), lines * self.page.line) + around)
        self.area.setFocus()


def _best_page(room: QSize, specs: Sequence[Spec]) -> ShortcutPage:
    """The first that fits into `room`; else, of those that are not too wide, the one of the fewest lines."""
    rows = sheet(specs)
    narrow: list[ShortcutPage] = []
    for titles in _LAYOUTS:
        columns = [[(tr(title), rows[title]) for title in column] for column in titles]
        for folds in (False, True):
            page = ShortcutPage(columns, folds)
            if page.sizeHint().width() <= room.width():
                if page.sizeHint().height() <= room.height():
                    return page
                narrow.append(page)
    return min(narrow, key=lambda each: each.lines, default=page)


def sheet(specs: Sequence[Spec]) -> dict[str, list[tuple[str, str]]]:
    """Title of a group -> (action, keys) of every action that has a key."""
    rows: dict[str, list[tuple[str, str]]] = {menu: [] for menu in MENUS}
    for spec in specs:
        shortcut = shortcut_of(spec)
        if shortcut and not spec.hidden:
            rows[menu_of(spec)].append((name_of(spec), shortcut))
    rows["Object"].append((tr("Choose object 1 to 9"), "1 … 9"))
    others = {_MOUSE: MOUSE, _TIMELINE: TIMELINE_KEYS, _LAB: LAB_KEYS}
    return rows | {
        title: [(tr(what), as_pressed(tr(how))) for what, how in lines] for title, lines in others.items()
    }


def as_pressed(how: str) -> str:
    """A gesture with the names of keys on this system's keyboard: on a Mac, "⌘ + wheel"."""
    if sys.platform == "darwin":
        for key, sign in _MAC.items():
            how = how.replace(QCoreApplication.translate("QShortcut", key), sign)
    return how

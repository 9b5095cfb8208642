"""ShortcutSheet: every key and every gesture, made from the table of actions."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from skn_annotator.app.language import tr, translatable
from skn_annotator.gui.actions import MENUS, MOUSE, Spec, menu_of, name_of, shortcut_of
from skn_annotator.gui.lab import LAB_KEYS
from skn_annotator.gui.look import caption, column, row
from skn_annotator.gui.timeline import TIMELINE_KEYS

_MAC = {"Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧"}
_MOUSE = translatable("Mouse")
_TIMELINE = translatable("Timeline, reached with Tab or F6")
_LAB = translatable("Reader lab, reached with Tab")
_LAYOUTS = (
    (("File", "Edit", "Help"), ("View", "Propagate"), ("Go", _TIMELINE), ("Object", _MOUSE, _LAB)),
    (("File", "Edit", "Help", _MOUSE), ("View", "Go"), ("Object", "Propagate", _TIMELINE, _LAB)),
    (("File", "Edit", "Help", "Object", _TIMELINE, _LAB), ("View", "Go", "Propagate", _MOUSE)),
)
"""Layouts: the groups of each column, the widest layout first; the first that fits the screen is used."""
_BAR = 16  # width of the scroll bar
_SPARE = 72  # share of the screen that is left to the window's frame


class ShortcutSheet(QDialog):
    """Opened by F1, closed by Escape; accepted if the user wants to change shortcuts."""

    def __init__(self, specs: Sequence[Spec], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts"))
        room = self.screen().availableSize() - QSize(_SPARE, _SPARE)
        pages = (_page(columns, specs) for columns in _LAYOUTS)
        page = next((each for each in pages if each.sizeHint().width() + _BAR <= room.width()), None)
        page = page or _page(_LAYOUTS[-1], specs)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        self.change = QPushButton(tr("Change them…"), autoDefault=False)
        self.change.clicked.connect(self.accept)
        below = row(None, self.change, margins=(24, 12, 24, 16))
        column(area, below, spacing=0, margins=(0, 0, 0, 0), of=self)
        wanted = page.sizeHint() + QSize(_BAR, 2 + below.sizeHint().height())
        self.resize(wanted.boundedTo(room))
        area.setFocus()


def _page(columns: Sequence[Sequence[str]], specs: Sequence[Spec]) -> QWidget:
    page = QWidget()
    rows = sheet(specs)
    groups = ([part for title in titles for part in _group(title, rows[title])] for titles in columns)
    row(*(column(*group, None) for group in groups), spacing=24, margins=(24, 24, 24, 24), of=page)
    return page


def _group(title: str, rows: list[tuple[str, str]]) -> tuple[QLabel, QGridLayout, int]:
    return caption(tr(title), "Heading"), _grid(rows), 16


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


def _grid(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    for index, (what, keys) in enumerate(rows):
        grid.addWidget(caption(what), index, 0)
        grid.addWidget(caption(keys, "Key"), index, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid

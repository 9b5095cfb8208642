"""ShortcutEditor: every action with its key. Enter or a double click records another one.

A key that belongs to another action is named at once, with the choice to take it.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from skn_annotator.app.language import tr
from skn_annotator.gui.actions import (
    MENUS,
    Spec,
    choose,
    chosen_specs,
    default_keys,
    menu_of,
    name_of,
    owner,
    reserved,
    shortcut_of,
)
from skn_annotator.gui.dialogs.key_recorder import KeyRecorder
from skn_annotator.gui.look import column, row, theme
from skn_annotator.gui.preferences import Preferences

_NAME = Qt.ItemDataRole.UserRole
_ROW, _HEADING = 26, 36


class ShortcutEditor(QWidget):
    """The list of actions; below it, the chosen action's key and what can be done with it."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._wanted = ""  # a recorded key that belongs to another action
        self.list = QTreeWidget(columnCount=2)
        self.items: dict[str, QTreeWidgetItem] = {}
        self.recorder = KeyRecorder()
        self.take, self.leave = (QPushButton() for _ in range(2))
        self.change = QPushButton(tr("Change…"))
        self.none = QPushButton(tr("No key"))
        self.default = QPushButton(tr("Default key"))
        self.all_default = QPushButton(tr("All defaults"))
        self._build()
        self._connect()
        self._show()
        self.choose("open")

    # ---- assembly

    def _build(self) -> None:
        self._fill_list()
        column(
            (self.list, 1),
            row((self.recorder, 1), self.take, self.leave),
            row(self.change, self.none, self.default, None, self.all_default),
            margins=(0, 8, 0, 0),
            of=self,
        )
        self.take.setProperty("primary", True)
        self.leave.setText(tr("Leave as it is"))
        self.take.setText(tr("Take it"))

    def _fill_list(self) -> None:
        self.list.setMinimumHeight(240)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(0)
        self.list.setAccessibleName(tr("Actions and their keys"))
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        listed = [spec for spec in self._specs() if not spec.hidden and not spec.gesture]
        for title in MENUS:
            self._add_heading(title)
            for spec in listed:
                if menu_of(spec) == title:
                    item = QTreeWidgetItem(self.list, [name_of(spec), ""])
                    item.setData(0, _NAME, spec.name)
                    item.setSizeHint(0, QSize(0, _ROW))
                    self.items[spec.name] = item

    def _add_heading(self, title: str) -> None:
        heading = QTreeWidgetItem(self.list, [tr(title)])
        heading.setFlags(Qt.ItemFlag.NoItemFlags)  # the arrow keys skip headings
        heading.setSizeHint(0, QSize(0, _HEADING))
        font = heading.font(0)
        font.setBold(True)
        heading.setFont(0, font)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemDoubleClicked.connect(self._on_double_click)
        self.list.installEventFilter(self)
        self.recorder.recorded.connect(self._on_recorded)
        self.recorder.cancelled.connect(self._drop_question)
        self.change.clicked.connect(self.record)
        self.none.clicked.connect(partial(self._use, ""))
        self.default.clicked.connect(self._use_default)
        self.all_default.clicked.connect(self._use_all_defaults)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self._drop_question)
        self._preferences.changed.connect(self._show)

    # ---- what is shown

    def choose(self, name: str) -> None:
        """Choose the action called `name`."""
        self.list.setCurrentItem(self.items[name])

    def _specs(self) -> tuple[Spec, ...]:
        return chosen_specs(self._preferences.settings.shortcuts)

    @property
    def chosen(self) -> Spec:
        """The chosen action; None on a heading."""
        name = self.list.currentItem().data(0, _NAME)
        return next(spec for spec in self._specs() if spec.name == name)

    def _show(self) -> None:
        changed = self._preferences.settings.shortcuts
        for spec in self._specs():
            if spec.name in self.items:
                self.items[spec.name].setText(1, shortcut_of(spec))
                self._mark(spec.name, theme.color("accent" if spec.name in changed else "text"))
        self.all_default.setEnabled(bool(changed))
        self.default.setEnabled(self.list.currentItem() is not None and self.chosen.name in changed)

    def _mark(self, name: str, color: object) -> None:
        self.items[name].setData(1, Qt.ItemDataRole.ForegroundRole, color)

    def _on_chosen(self) -> None:
        self._show_text(tr("Enter or a double click changes the key, Delete takes it away."))
        self._show()

    def _show_text(self, text: str, asks: bool = False) -> None:
        """Show `text` below the list; `asks`: it asks whether to take the key from another action."""
        self.recorder.show_text(text, asks)
        for button in (self.take, self.leave):
            button.setVisible(asks)

    def _drop_question(self) -> None:
        """Drop the question; the list has the keyboard again."""
        self._wanted = ""
        self._on_chosen()
        self.list.setFocus()

    def showEvent(self, event: QEvent) -> None:
        self.list.setFocus()

    # ---- what is done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter on the list, which would also press the dialog's button."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.record()
            return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._use("")
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape drops the question; without one, it closes the dialog."""
        if event.key() == Qt.Key.Key_Escape and self._wanted:
            self._drop_question()
        else:
            super().keyPressEvent(event)

    def _on_double_click(self, item: QTreeWidgetItem) -> None:
        if item.data(0, _NAME):
            self.record()

    def record(self) -> None:
        """Wait for the new key of the chosen action."""
        self._wanted = ""
        self._show_text("")
        item = self.items[self.chosen.name]
        item.setText(1, tr("press a key …"))
        self._mark(self.chosen.name, theme.color("accent"))
        self.list.scrollToItem(item)
        self.recorder.start(tr("Press the new key for “{action}”. Esc cancels.").format(action=self._called))

    @property
    def _called(self) -> str:
        return name_of(self.chosen)

    def _on_recorded(self, key: str) -> None:
        refusal = reserved(key, self._specs())
        if refusal:
            self._drop_question()
            self._show_text(refusal)
            return
        self._use(key)

    def _use(self, key: str) -> None:
        """Give the chosen action this key; if another action has it, ask first."""
        taken = owner(self._specs(), key, but=self.chosen.name) if key else None
        self._drop_question()
        if taken is None:
            self._give(key)
            return
        self._wanted = key
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        text = tr("{key} belongs to “{action}”.").format(key=shown, action=name_of(taken))
        self._show_text(text, asks=True)
        self.take.setFocus()

    def _take(self) -> None:
        key = self._wanted
        self._drop_question()
        self._give(key)

    def _give(self, key: str) -> None:
        chosen = self._preferences.settings.shortcuts
        self._preferences.set(shortcuts=choose(chosen, self.chosen.name, key))

    def _use_default(self) -> None:
        default = default_keys(self.chosen.name)
        self._use(default[0] if default else "")

    def _use_all_defaults(self) -> None:
        self._drop_question()
        self._preferences.set(shortcuts={})

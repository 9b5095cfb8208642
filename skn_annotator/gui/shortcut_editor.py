"""ShortcutEditor: every action with its key, and a field that takes another one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from skn_annotator.app.language import tr
from skn_annotator.gui.actions import MENUS, Spec, menu_of, name_of, shortcut_of
from skn_annotator.gui.preferences import Preferences
from skn_annotator.gui.shortcuts import choose, chosen_specs, owner
from skn_annotator.gui.texts import caption

_NAME = Qt.ItemDataRole.UserRole


class ShortcutEditor(QWidget):
    """A key that belongs to another action is refused, and that action named."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.list = QTreeWidget(columnCount=2)
        self.items: dict[str, QTreeWidgetItem] = {}
        self.field = QKeySequenceEdit(maximumSequenceLength=1)
        self.none = QPushButton(tr("No key"), autoDefault=False)
        self.usual = QPushButton(tr("Usual key"), autoDefault=False)
        self.all_usual = QPushButton(tr("All as usual"), autoDefault=False)
        self.note = caption(role="Hint", wrap=True)
        self._build()
        self._connect()
        self._show()
        self.choose("open")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.list.setMinimumHeight(280)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        menus = {title: QTreeWidgetItem(self.list, [tr(title)]) for title in MENUS}
        for menu in menus.values():
            menu.setFlags(Qt.ItemFlag.ItemIsEnabled)
            menu.setExpanded(True)
        for spec in self._specs():
            if not spec.hidden and not spec.gesture:
                item = QTreeWidgetItem(menus[menu_of(spec)], [name_of(spec), ""])
                item.setData(0, _NAME, spec.name)
                self.items[spec.name] = item
        column.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for button in (self.none, self.usual, self.all_usual):
            row.addWidget(button)
        column.addLayout(row)
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.note)
        self.field.setAccessibleName(tr("Key of the chosen action"))
        self.list.setAccessibleName(tr("Actions and their keys"))

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(lambda: self.field.setFocus())
        self.field.editingFinished.connect(self._take)
        self.none.clicked.connect(lambda: self._use(""))
        self.usual.clicked.connect(self._use_usual)
        self.all_usual.clicked.connect(lambda: self._preferences.set(shortcuts={}))
        self._preferences.changed.connect(self._show)

    def choose(self, name: str) -> None:
        """Choose the action called `name`."""
        self.list.setCurrentItem(self.items[name])

    def _specs(self) -> tuple[Spec, ...]:
        return chosen_specs(self._preferences.settings.shortcuts)

    @property
    def chosen(self) -> Spec:
        """The action whose key the field shows."""
        name = self.list.currentItem().data(0, _NAME)
        return next(spec for spec in self._specs() if spec.name == name)

    def _show(self) -> None:
        for spec in self._specs():
            if spec.name in self.items:
                self.items[spec.name].setText(1, shortcut_of(spec))
        if self.list.currentItem() is not None:
            self._on_chosen()

    def _on_chosen(self) -> None:
        self.note.setText("")
        self.field.setKeySequence(QKeySequence.fromString(shortcut_of(self.chosen), _NATIVE))

    def _take(self) -> None:
        key = self.field.keySequence().toString()
        if key:
            self._use(key)

    def _use_usual(self) -> None:
        name, chosen = self.chosen.name, self._preferences.settings.shortcuts
        usual = next(spec for spec in chosen_specs({}) if spec.name == name)
        taken = owner(self._specs(), shortcut_of(usual), but=name)
        if taken is not None:
            self._refuse(shortcut_of(usual), taken)
        else:
            self._preferences.set(shortcuts={k: v for k, v in chosen.items() if k != name})

    def _use(self, key: str) -> None:
        spec = self.chosen
        taken = owner(self._specs(), key, but=spec.name) if key else None
        if taken is not None:
            self._on_chosen()
            self._refuse(key, taken)
        else:
            self._preferences.set(shortcuts=choose(self._preferences.settings.shortcuts, spec.name, key))

    def _refuse(self, key: str, taken: Spec) -> None:
        shown = QKeySequence(key).toString(_NATIVE)
        self.note.setText(
            tr("{key} belongs to “{action}”. Give that another key first.").format(
                key=shown, action=name_of(taken)
            )
        )


_NATIVE = QKeySequence.SequenceFormat.NativeText

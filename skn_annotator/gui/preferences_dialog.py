"""PreferencesDialog: how the window looks, how finely the network looks, and every shortcut.

Each change takes effect at once; there is nothing to confirm.
"""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from skn_annotator.gui.preferences import Preferences
from skn_annotator.gui.shortcut_editor import ShortcutEditor
from skn_annotator.gui.tabs import Tabs
from skn_annotator.gui.texts import caption
from skn_annotator.settings import projects_folder

_WIDTH = 600
THEMES = (("dark", "Dark"), ("light", "Light"), ("system", "As the system"))
PALETTES = (("vivid", "Vivid"), ("safe", "For colour blindness"))
DETAILS = ((320, "Quick: 320 pixels"), (480, "Usual: 480 pixels"), (720, "Fine: 720 pixels"))


class PreferencesDialog(QDialog):
    """Opened from the Edit menu, closed by Escape."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setWindowTitle("Preferences")
        self.setFixedWidth(_WIDTH)
        settings = preferences.settings
        self.theme = _choice(THEMES, settings.theme)
        self.palette_of_objects = _choice(PALETTES, settings.palette)
        self.detail = _choice(DETAILS, settings.size)
        self.forget = QPushButton("Forget recent videos", autoDefault=False)
        self.shortcuts = ShortcutEditor(preferences)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        tabs = Tabs()
        tabs.add("General", "", self._general())
        tabs.add("Shortcuts", "", self.shortcuts)
        column.addWidget(tabs, 1)
        close = QPushButton("Close", default=True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    def _general(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 8, 0, 0)
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        form.addRow("Theme", self.theme)
        form.addRow("Colours of objects", self.palette_of_objects)
        form.addRow("", caption("On the screen only: exports keep their palette.", "Hint"))
        form.addRow("Network looks at", self.detail)
        said = (
            "The frame's short side, from the next pass on. Fewer pixels are quicker, more show thin things."
        )
        form.addRow("", caption(said, "Hint", wrap=True))
        form.addRow("", self.forget)
        kept = "Work is saved as you go: beside the video, or where that cannot be written, in"
        form.addRow("", caption(f"{kept}\n{projects_folder()}", "Hint", wrap=True))
        return page

    def _connect(self) -> None:
        choose = self._preferences.set
        self.theme.activated.connect(lambda: choose(theme=self.theme.currentData()))
        self.palette_of_objects.activated.connect(
            lambda: choose(palette=self.palette_of_objects.currentData())
        )
        self.detail.activated.connect(lambda: choose(size=self.detail.currentData()))
        self.forget.clicked.connect(lambda: choose(recent=()))
        self._preferences.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.forget.setEnabled(bool(self._preferences.settings.recent))


def _choice(entries: Iterable[tuple[object, str]], chosen: object) -> QComboBox:
    """A list of (value, text); a value that is not in it is added, as what it is."""
    box = QComboBox()
    for value, text in entries:
        box.addItem(text, value)
    if box.findData(chosen) < 0:
        box.addItem(str(chosen), chosen)
    box.setCurrentIndex(box.findData(chosen))
    return box

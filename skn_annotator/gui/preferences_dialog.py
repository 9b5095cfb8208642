"""PreferencesDialog: how the window looks, how finely the network looks, and every shortcut.

Each change takes effect at once; there is nothing to confirm.
"""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from skn_annotator.app.language import LANGUAGES, mark, tr
from skn_annotator.gui.preferences import Preferences
from skn_annotator.gui.shortcut_editor import ShortcutEditor
from skn_annotator.gui.tabs import Tabs
from skn_annotator.gui.texts import caption
from skn_annotator.settings import projects_folder

_WIDTH = 600
THEMES = (("dark", mark("Dark")), ("light", mark("Light")), ("system", mark("As the system")))
PALETTES = (("vivid", mark("Vivid")), ("safe", mark("For colour blindness")))
DETAILS = (
    (320, mark("Quick: 320 pixels")),
    (480, mark("Usual: 480 pixels")),
    (720, mark("Fine: 720 pixels")),
)


class PreferencesDialog(QDialog):
    """Opened from the Edit menu, closed by Escape."""

    def __init__(
        self, preferences: Preferences, parent: QWidget | None = None, shortcuts: bool = False
    ) -> None:
        """`shortcuts`: open on their page."""
        super().__init__(parent)
        self._preferences = preferences
        self.setWindowTitle(tr("Preferences"))
        self.setFixedWidth(_WIDTH)
        settings = preferences.settings
        self.theme = _choice(THEMES, settings.theme)
        self.palette_of_objects = _choice(PALETTES, settings.palette)
        self.detail = _choice(DETAILS, settings.size)
        languages = (("", mark("As the system")), *LANGUAGES.items())
        self.language = _choice(languages, settings.language)
        self.forget = QPushButton(tr("Forget them"), autoDefault=False)
        self.shortcuts = ShortcutEditor(preferences)
        self._build()
        self._connect()
        if shortcuts:
            self.tabs.choose(1)
        self.resize(_WIDTH, self.layout().totalHeightForWidth(_WIDTH))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        self.tabs = Tabs()
        self.tabs.add(tr("General"), "", self._general())
        self.tabs.add(tr("Shortcuts"), "", self.shortcuts)
        column.addWidget(self.tabs, 1)
        close = QPushButton(tr("Close"), default=True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)

    def _general(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        saved = tr("Work is saved as you go, beside the video; where that cannot be written, in")
        for said, field, hint in (
            (tr("Theme"), self.theme, ""),
            (
                tr("Objects' colours"),
                self.palette_of_objects,
                tr("On the screen only; exports keep their own."),
            ),
            (
                tr("Network sees"),
                self.detail,
                tr("The frame's short side, from the next pass on. Less is quicker."),
            ),
            (tr("Language"), self.language, tr("From the next start on.")),
            (tr("Recent videos"), self.forget, f"{saved}\n{projects_folder()}"),
        ):
            row = grid.rowCount()
            name = caption(said)
            name.setBuddy(field)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
            below = caption(hint, "Hint", wrap=True)
            below.setContentsMargins(2, 0, 0, 12)
            grid.addWidget(below, row + 1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return page

    def _connect(self) -> None:
        choose = self._preferences.set
        self.theme.activated.connect(lambda: choose(theme=self.theme.currentData()))
        self.palette_of_objects.activated.connect(
            lambda: choose(palette=self.palette_of_objects.currentData())
        )
        self.detail.activated.connect(lambda: choose(size=self.detail.currentData()))
        self.language.activated.connect(lambda: choose(language=self.language.currentData()))
        self.forget.clicked.connect(lambda: choose(recent=()))
        self._preferences.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.forget.setEnabled(bool(self._preferences.settings.recent))


def _choice(entries: Iterable[tuple[object, str]], chosen: object) -> QComboBox:
    """A list of (value, text); a value that is not in it is added, as what it is."""
    box = QComboBox()
    for value, text in entries:
        box.addItem(tr(text), value)
    if box.findData(chosen) < 0:
        box.addItem(str(chosen), chosen)
    box.setCurrentIndex(box.findData(chosen))
    return box

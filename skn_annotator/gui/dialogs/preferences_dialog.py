"""PreferencesDialog: the window's look and language, the network's resources, the shortcuts.

Each change takes effect at once; there is nothing to confirm. In another language, the pages are made anew.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from skn_annotator.app.language import LANGUAGES, current_language, tr, translatable
from skn_annotator.app.numbers import NO_BREAK, figures, percent
from skn_annotator.app.tasks.weights_choice import WeightsChoice
from skn_annotator.gui.dialogs.shortcut_editor import ShortcutEditor
from skn_annotator.gui.dialogs.weights_field import WeightsField
from skn_annotator.gui.look import SCALES, Tabs, caption, choice_field, column, room_for, row, scroll_area
from skn_annotator.gui.preferences import Preferences
from skn_annotator.hardware import memory_bytes, network_threads, processors
from skn_annotator.settings import DEFAULT_FRAME_MEMORY, DEFAULT_UNDO_MEMORY, projects_folder

_WIDTH = 640
THEMES = (
    ("dark", translatable("Dark")),
    ("light", translatable("Light")),
    ("system", translatable("Follow the system")),
)
PALETTES = (("vivid", translatable("Vivid")), ("safe", translatable("For colour blindness")))
DETAILS = (
    (320, translatable("Quick: 320 pixels, in 0.6 of the time")),
    (480, translatable("Default: 480 pixels")),
    (720, translatable("Fine: 720 pixels, in 3 times the time")),
)
DEVICES = (
    ("auto", translatable("The graphics card, if it is usable")),
    ("cpu", translatable("The processor")),
)
FOLDER_RATES = (1.0, 2.0, 5.0, 10.0, 12.0, 15.0, 24.0, 25.0, 30.0, 50.0, 60.0, 120.0)
THREADS = (*range(1, 9), 10, 12, 14, 16, 20, 24, 32, 48, 64, 96, 128)
FRAME_MEMORIES = (128, 256, 512, 1024, 2048, 4096, 8192, 16384)
UNDO_MEMORIES = (64, 256, 1024, 4096)
RIGHT_BUTTON = ((True, translatable("Erases while a tool paints")), (False, translatable("Opens a menu")))
_LARGEST_SHARE = 0.5
"""The largest share of the machine's RAM that is offered for one purpose."""

Row = tuple[str, QWidget, str | QLabel]
"""What a field is called, the field, and what is written below it."""


class Page(IntEnum):
    """The pages, in the order of their tabs."""

    GENERAL = 0
    MACHINE = 1
    SHORTCUTS = 2


class PreferencesDialog(QDialog):
    """Opened from the Edit menu, closed by Escape."""

    def __init__(
        self,
        preferences: Preferences,
        weights: WeightsChoice,
        parent: QWidget | None = None,
        page: Page = Page.GENERAL,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._weights = preferences, weights
        self.setFixedWidth(_WIDTH)
        column(margins=(0, 0, 0, 0), of=self)
        self._fill(page)
        preferences.changed.connect(self._show)
        self.finished.connect(weights.drop)

    def _fill(self, page: Page) -> None:
        self._language = current_language()
        self.setWindowTitle(tr("Preferences"))
        settings = self._preferences.settings
        self.theme = choice_field(THEMES, settings.theme)
        self.palette_of_objects = choice_field(PALETTES, settings.palette)
        self.language = choice_field(
            (("", translatable("Follow the system")), *LANGUAGES.items()), settings.language
        )
        rates = sorted({*FOLDER_RATES, settings.folder_fps})
        self.folder_fps = choice_field(((rate, figures(rate, 6)) for rate in rates), settings.folder_fps)
        self.scale = choice_field(((scale, percent(scale)) for scale in SCALES), settings.scale)
        self.right_button = choice_field(RIGHT_BUTTON, settings.right_erases)
        self.forget = QPushButton(tr("Forget them"), autoDefault=False)
        self.weights = WeightsField(self._weights, self._preferences)
        self.detail = choice_field(DETAILS, settings.size)
        self.device = choice_field(DEVICES, settings.device)
        self.threads = _threads(settings.threads)
        self.frame_memory = _memories(FRAME_MEMORIES, DEFAULT_FRAME_MEMORY, settings.frame_memory)
        self.undo_memory = _memories(UNDO_MEMORIES, DEFAULT_UNDO_MEMORY, settings.undo_memory)
        self.shortcuts = ShortcutEditor(self._preferences)
        self._body = scroll_area(self._pages())
        self.layout().addWidget(self._body)
        self._connect()
        self._show()
        self.tabs.choose(page)
        self._fit()

    def _fit(self) -> None:
        layout = self._body.widget().layout()
        height = max(layout.totalHeightForWidth(_WIDTH), layout.totalSizeHint().height())
        self.resize(_WIDTH, min(height, room_for(self).height()))

    def _pages(self) -> QWidget:
        body = QWidget()
        self.tabs = Tabs()
        self.tabs.add(translatable("General"), "", _page(self._general()))
        self.tabs.add(translatable("Performance"), "", _page(self._machine()))
        self.tabs.add(translatable("Shortcuts"), "", self.shortcuts)
        close = QPushButton(tr("Close"), default=True)
        close.clicked.connect(self.accept)
        column((self.tabs, 1), row(None, close), spacing=16, margins=(24, 16, 24, 24), of=body)
        return body

    def _general(self) -> Sequence[Row]:
        saved = tr("Work is saved as you go, beside the video; where that cannot be written, in")
        return (
            (tr("Theme"), self.theme, ""),
            (
                tr("Objects' colours"),
                self.palette_of_objects,
                tr("On the screen only; exports keep the objects' own colours."),
            ),
            (tr("Language"), self.language, ""),
            (
                tr("Frames per second"),
                self.folder_fps,
                tr("Of folders of pictures, from the next opening on; also in their overlay videos."),
            ),
            (tr("Size of the window's parts"), self.scale, tr("From the next start on.")),
            (tr("Right button on the frame"), self.right_button, ""),
            (tr("Recent videos"), self.forget, f"{saved}\n{projects_folder()}"),
        )

    def _machine(self) -> Sequence[Row]:
        return (
            (tr("The network's weights"), self.weights, self.weights.hint),
            (
                tr("Resolution"),
                self.detail,
                tr("The frame's short side, from the next pass on. Less is quicker."),
            ),
            (tr("Compute on"), self.device, tr("From the next pass on.")),
            (
                tr("Threads for propagation"),
                self.threads,
                tr("From the next pass on. While other programs are busy, fewer are faster."),
            ),
            (
                tr("Memory for decoded frames"),
                self.frame_memory,
                tr("With more, more frames around the shown one appear without waiting."),
            ),
            (
                tr("Memory for undo"),
                self.undo_memory,
                tr("When it is full, the oldest actions are forgotten."),
            ),
        )

    def _connect(self) -> None:
        boxes = {
            "theme": self.theme,
            "palette": self.palette_of_objects,
            "language": self.language,
            "folder_fps": self.folder_fps,
            "scale": self.scale,
            "right_erases": self.right_button,
            "size": self.detail,
            "device": self.device,
            "threads": self.threads,
            "frame_memory": self.frame_memory,
            "undo_memory": self.undo_memory,
        }
        for name, box in boxes.items():
            box.activated.connect(lambda _, name=name, box=box: self._set(name, box.currentData()))
        self.forget.clicked.connect(lambda: self._set("recent", ()))
        self.weights.hint_changed.connect(self._fit)

    def _set(self, name: str, value: object) -> None:
        self._preferences.set(**{name: value})

    def _show(self) -> None:
        self.forget.setEnabled(bool(self._preferences.settings.recent))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and current_language() != self._language:
            self.layout().removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
            self._fill(Page(self.tabs.chosen))
            self.language.setFocus()


def _page(rows: Iterable[Row]) -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 8, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for text, field, hint in rows:
        line = grid.rowCount()
        name = caption(text)
        name.setBuddy(field)
        field.setAccessibleName(text)
        grid.addWidget(name, line, 0)
        grid.addWidget(field, line, 1)
        if hint:
            below = hint if isinstance(hint, QLabel) else caption(hint, "Hint", wrap=True)
            below.setContentsMargins(2, 0, 0, 12)
            grid.addWidget(below, line + 1, 1)
        else:
            grid.setRowMinimumHeight(line + 1, 12)
    grid.setRowStretch(grid.rowCount(), 1)
    return page


def _threads(chosen: int) -> QComboBox:
    """The default number of threads, or a fixed one, up to the number of processors."""
    most = processors()
    numbers = sorted({most, *(n for n in THREADS if n < most)})
    default = tr("Default: {n} of {most}").format(n=network_threads(), most=most)
    entries = [(0, default), *((n, tr("{n} of {most}").format(n=n, most=most)) for n in numbers)]
    return choice_field(entries, min(chosen, most))


def _memories(offered: Iterable[int], default: int, chosen: int) -> QComboBox:
    """A drop-down list of sizes in MiB that fit the machine's RAM."""
    there = memory_bytes()
    most = None if there is None else _LARGEST_SHARE * there / 2**20
    sizes = {default, chosen, *(size for size in offered if most is None or size <= most)}
    return choice_field(((size, _size_text(size, size == default)) for size in sorted(sizes)), chosen)


def _size_text(size: int, is_default: bool) -> str:
    text = f"{size // 1024}{NO_BREAK}GB" if size % 1024 == 0 else f"{size}{NO_BREAK}MB"
    return tr("Default: {size}").format(size=text) if is_default else text

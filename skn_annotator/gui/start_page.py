"""StartPage: the page of an empty window: open, drop, or continue a recent video."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.files import exists
from skn_annotator.gui.actions import Actions
from skn_annotator.gui.look import Symbol, caption, column, icon, row, set_texts

_SHOWN = 5


class StartPage(QWidget):
    """Shown while no sequence is open."""

    chosen = Signal(str)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("StartPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # no button has the focus until the user moves to one
        set_texts(self, accessibleName=translatable("Start page"))
        self._actions = actions
        self._button_texts: dict[str, tuple[QPushButton, str]] = {}  # by action
        self._busy_with: str | None = None
        self._recent = QWidget()
        self._recent.setFixedWidth(480)
        self._recent_rows = column(spacing=2, margins=(0, 0, 0, 0), of=self._recent)
        middle = Qt.AlignmentFlag.AlignHCenter
        page = column(spacing=-1, of=self)
        page.addStretch(2)
        for part in self._head():
            page.addWidget(part, 0, middle)
        page.addSpacing(24)
        page.addLayout(self._buttons())
        page.addSpacing(32)
        page.addWidget(self._recent, 0, middle)
        page.addStretch(3)
        self._show()

    def _show(self) -> None:
        self.show_busy(self._busy_with)
        for name, (button, text) in self._button_texts.items():
            button.setText(f" {tr(text)}")  # a little room beside the icon
            button.setToolTip(self._actions[name].toolTip())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _head(self) -> list[QWidget]:
        logo = Symbol("app", size=64)
        self._title = caption(role="Title")
        self._hint = caption(role="Hint")
        set_texts(
            self._hint,
            text=translatable("or a folder of frames. Paint the objects on one frame, and propagate."),
        )
        keep = self._hint.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._hint.setSizePolicy(keep)
        return [logo, self._title, self._hint]

    def _buttons(self) -> QHBoxLayout:
        for name, text, symbol in (
            ("open", translatable("Open video"), "video"),
            ("open_folder", translatable("Open folder"), "folder"),
            ("demo", translatable("Try the demo"), "sparkle"),
        ):
            primary = name == "open"
            button = QPushButton(icon(symbol, "on_accent" if primary else "text"), "")
            button.setProperty("primary", primary)
            button.clicked.connect(self._actions[name].trigger)
            self._button_texts[name] = button, text
        return row(None, *(button for button, _ in self._button_texts.values()), None)

    def show_busy(self, name: str | None) -> None:
        """Show that `name` is being opened; None: nothing is."""
        self._busy_with = name
        self._hint.setVisible(name is None)
        self._title.setText(
            tr("Drop a video here") if name is None else tr("Opening {name} …").format(name=name)
        )

    def show_recent(self, paths: tuple[str, ...]) -> None:
        """List the recent videos that still exist."""
        while (item := self._recent_rows.takeAt(0)) is not None:
            item.widget().deleteLater()
        existing = [Path(path) for path in paths if exists(Path(path))][:_SHOWN]
        if existing:
            self._recent_rows.addWidget(set_texts(caption(role="Heading"), text=translatable("Recent")))
        for path in existing:
            self._recent_rows.addWidget(self._recent_row(path))

    def _recent_row(self, path: Path) -> QWidget:
        button = QPushButton()
        button.setObjectName("RecentRow")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFixedHeight(36)
        button.setToolTip(str(path))
        button.setAccessibleName(str(path))
        symbol = Symbol("folder" if path.is_dir() else "video", "dim")
        where = caption(role="Hint")
        where.setText(where.fontMetrics().elidedText(str(path.parent), Qt.TextElideMode.ElideMiddle, 260))
        row(symbol, QLabel(path.name), None, where, spacing=12, margins=(12, 0, 12, 0), of=button)
        button.clicked.connect(lambda: self.chosen.emit(str(path)))
        return button

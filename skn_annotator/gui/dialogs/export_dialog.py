"""ExportDialog: choose a format and a place, read what to know before, watch the progress.

The project remembers what was chosen, for the next time: a shot is exported more than once.
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QWidget,
)

from skn_annotator.annotation.formats import FORMATS, Format, Progress
from skn_annotator.app.language import message_text, tr
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.export import Export, default_place
from skn_annotator.app.tasks.task import frames_done
from skn_annotator.errors import SknError
from skn_annotator.files import exists
from skn_annotator.gui.dialogs.render_choices import RenderChoices
from skn_annotator.gui.look import caption, column, row

_WIDTH, _FORMATS_WIDTH = 880, 240
_KEY = "export"
"""Of the project's view."""


class ExportDialog(QDialog):
    """Stays open while the export runs, and shows when it is done."""

    def __init__(self, session: Session, opacity: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert session.project.sequence is not None, "there is something to export"
        self._session, self._sequence, self._opacity = session, session.project.sequence, opacity
        self.setWindowTitle(tr("Export"))
        self.setFixedWidth(_WIDTH)
        self.choices = {each: QRadioButton(message_text(each.name)) for each in FORMATS}
        self.place = QLineEdit()
        self.purpose = caption(role="Hint", wrap=True)
        self.options = RenderChoices(session)
        self.options.setMinimumHeight(self.options.sizeHint().height())  # of every row
        self.browse = QPushButton(tr("Browse…"))
        self.notes = caption(role="Hint", wrap=True)
        self.replacing = QCheckBox()
        self.progress = QProgressBar(textVisible=False)
        self.go = QPushButton(tr("Export"))
        self.cancel = QPushButton(tr("Cancel"), autoDefault=False)  # or Enter would press it
        self.show_result = QPushButton(tr("Show in folder"))
        self._running = self._done = False
        self._build()
        self._connect()
        self._choose_as_before()
        self.place.setAccessibleName(tr("Export to"))
        self.replacing.setAccessibleName(tr("Replace what is there"))
        self.resize(_WIDTH, self.layout().totalHeightForWidth(_WIDTH))

    def _build(self) -> None:
        for button in self.choices.values():
            button.setMinimumWidth(_FORMATS_WIDTH)
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        self.go.setProperty("primary", True)
        self.go.setDefault(True)
        for hint, lines in ((self.purpose, 2), (self.notes, 3)):
            hint.setMinimumHeight(lines * hint.fontMetrics().lineSpacing())
            hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        chosen = column(
            *(self.purpose, 8, self.options, None, 8, row((self.place, 1), self.browse), 8),
            *(self.notes, self.replacing, 8, self.progress, 12),
            row(self.show_result, None, self.cancel, self.go),
            spacing=4,
        )
        formats = column(*self.choices.values(), None, spacing=6)
        row(formats, (chosen, 1), spacing=24, margins=(24, 24, 24, 24), of=self)
        for part in (self.progress, self.replacing):
            keep = part.sizePolicy()
            keep.setRetainSizeWhenHidden(True)
            part.setSizePolicy(keep)
            part.hide()

    def _connect(self) -> None:
        for button in self.choices.values():
            button.toggled.connect(self._on_choice)
        self.place.textChanged.connect(self._check)
        self.options.changed.connect(self._check)
        self.replacing.toggled.connect(self.go.setEnabled)
        self.go.clicked.connect(self.start)
        self.cancel.clicked.connect(self.reject)
        self.show_result.clicked.connect(self._show_result)

    # ---- what is chosen

    @property
    def format(self) -> Format:
        """The chosen format."""
        return next(each for each, button in self.choices.items() if button.isChecked())

    def _on_choice(self, chosen: bool) -> None:
        if chosen:
            self.purpose.setText(message_text(self.format.purpose))
            self.options.show_for(self.format)
            self.place.setText(str(default_place(self.format, self._sequence)))
            self._check()

    def _choose_as_before(self) -> None:
        """Choose what the last export of this project was; the first format where there was none."""
        before = self._session.project.view.get(_KEY)
        known = before if isinstance(before, dict) else {}
        format_ = next((each for each in FORMATS if each.key == known.get("format")), FORMATS[0])
        self.choices[format_].setChecked(True)
        self.options.choose(known)
        place = known.get("place")
        if isinstance(place, str) and exists(Path(place).parent):
            self.place.setText(place)

    def _browse(self) -> None:
        suffix = self.format.suffix
        if suffix:
            kind = f"{suffix[1:].upper()} (*{suffix})"
            chosen, _ = QFileDialog.getSaveFileName(self, tr("Export to"), self.place.text(), kind)
            if chosen and not Path(chosen).suffix:
                chosen += suffix
        else:
            chosen = QFileDialog.getExistingDirectory(self, tr("Export to"), str(self._chosen_place().parent))
        if chosen:
            self.place.setText(chosen)

    def _chosen_place(self) -> Path:
        return Path(self.place.text().strip()).expanduser()

    def _export(self) -> Export:
        place, options = self._chosen_place(), self.options.options
        export = self._session.tasks.export_of(self.format, place, self._opacity, options)
        return replace(export, overwrite=self.replacing.isVisible() and self.replacing.isChecked())

    def _check(self) -> None:
        """Show the format's notes; the export cannot be started if the format refuses it."""
        self._show_done(False)
        self.replacing.hide()
        self.replacing.setChecked(False)
        try:
            export = self._export()
            notes = [*export.notes(), *self._stale_notes()]
            replaced, foreign = export.replaces(), export.foreign()
        except SknError as error:
            self.notes.setText(message_text(error))
            self.go.setEnabled(False)
            return
        if replaced:
            one, more = tr("{path} will be replaced."), tr("{path} and {n} more will be replaced.")
            text = one if len(replaced) == 1 else more
            notes.append(text.format(path=replaced[0], n=len(replaced) - 1))
        self.notes.setText("\n".join(notes))
        self.go.setEnabled(bool(self.place.text().strip()) and not foreign)
        if foreign:
            one = tr("Replace a file that was not written from this video, or was changed since")
            more = tr("Replace {n} files that were not written from this video, or were changed since")
            self.replacing.setText(one if len(foreign) == 1 else more.format(n=len(foreign)))
            self.replacing.show()

    def _stale_notes(self) -> list[str]:
        frames = self._session.document.stale.by_frame()
        if len(frames) == 1:
            return [tr("Stale masks are exported as they are, unless you renew them first (U): on 1 frame")]
        text = tr("Stale masks are exported as they are, unless you renew them first (U): on {n} frames")
        return [text.format(n=len(frames))] if frames else []

    # ---- writing

    def start(self) -> None:
        """Start the export; once it is done, close the dialog."""
        if self._done:
            self.accept()
            return
        self._set_running(True)
        chosen = {"format": self.format.key, "place": self.place.text(), **self.options.chosen}
        self._session.project.view[_KEY] = chosen
        self.cancel.setFocus()
        self.progress.setRange(0, 0)
        self._session.tasks.export(self._export(), self._on_progress, self._on_end)

    def _on_progress(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.total)
        self.progress.setValue(progress.done)
        self.notes.setText(frames_done(progress.done, progress.total))

    def _on_end(self, error: Exception | None) -> None:
        self._set_running(False)
        if isinstance(error, SknError):
            self.notes.setText(message_text(error))
        elif error is not None:
            self.reject()
            raise error
        else:
            self._show_done(True)
            plain, checked = tr("Written to {path}."), tr("Written to {path}, and read back to check it.")
            text = checked if self.format.is_checked else plain
            self.notes.setText(text.format(path=self._chosen_place()))

    def _set_running(self, running: bool) -> None:
        self._running = running
        self.progress.setVisible(running)
        for part in (*self.choices.values(), self.options, self.place, self.browse, self.replacing, self.go):
            part.setEnabled(not running)

    def _show_done(self, done: bool) -> None:
        self._done = done
        self.go.setText(tr("Close") if done else tr("Export"))
        self.cancel.setVisible(not done)
        self.show_result.setVisible(done)

    def _show_result(self) -> None:
        place = self._chosen_place()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place if place.is_dir() else place.parent)))

    def reject(self) -> None:
        """Cancel: a running export is stopped, and what it wrote is removed."""
        if self._running:
            self._session.tasks.stop()
        super().reject()

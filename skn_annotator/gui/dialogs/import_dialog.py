"""ImportDialog: what was found in files, onto which objects and frames it goes, and whether as references."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from skn_annotator.annotation.annotation import AnnotatedObject
from skn_annotator.annotation.formats import Progress
from skn_annotator.annotation.mask_import import (
    NEW,
    ImportChoice,
    ReadMasks,
    default_targets,
    import_change,
    sequences_at,
)
from skn_annotator.annotation.masks import decode_mask
from skn_annotator.app.language import message_text, tr
from skn_annotator.app.session import Session
from skn_annotator.app.tasks.mask_reading import MaskReading
from skn_annotator.errors import MatteError, SknError
from skn_annotator.gui.dialogs.mask_preview import MaskPreview
from skn_annotator.gui.look import Elided, caption, column, number_field, offered_color, row

_WIDTH, _ROWS_HEIGHT, _NUMBER_WIDTH = 880, 132, 72
_LEFT_OUT = -1


@dataclass(frozen=True)
class _Row:
    """An object in the files: its id, and what becomes of it."""

    object_id: int
    target: QComboBox


class ImportDialog(QDialog):
    """Reads at once; Import makes one edit of it, in the background where there is much."""

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert session.project.sequence is not None, "there is something to import into"
        self._session, self._path, self._sequence = session, path, session.project.sequence
        self._read: ReadMasks | None = None
        self.rows: list[_Row] = []
        self.setWindowTitle(tr("Import masks"))
        self.setFixedWidth(_WIDTH)
        self.sequence = QComboBox()
        self.sequence.setAccessibleName(tr("Sequence"))
        self.sequence.addItems(sequences_at(path))
        self.summary = caption(wrap=True)
        self.progress = QProgressBar(textVisible=False)
        self.preview = MaskPreview(session)
        self.as_references = QRadioButton(tr("As references"))
        self.as_references.setChecked(True)
        self.as_propagated = QRadioButton(tr("As propagated masks"))
        length = self._sequence.length
        self.first = number_field(-9999, length, 1, width=_NUMBER_WIDTH)
        self.start = number_field(1, length, 1, width=_NUMBER_WIDTH)
        self.end = number_field(1, length, length, width=_NUMBER_WIDTH)
        self.cut = QCheckBox(tr("Cut soft edges at one half"))
        self.notes = caption(role="Hint", wrap=True)
        self.go = QPushButton(tr("Import"), default=True)
        self.go.setProperty("primary", True)
        self.cancel = QPushButton(tr("Cancel"), autoDefault=False)  # or Enter would press it
        self._reading = MaskReading(path, self._sequence, self)
        self._build()
        self._connect()
        name = self._sequence.name
        at = self.sequence.findText(name)
        self.sequence.setCurrentIndex(max(0, at))
        self.sequence.setVisible(self.sequence.count() > 1)
        self.read()

    # ---- assembly

    def _build(self) -> None:
        place = Elided()
        place.setText(str(self._path))
        place.setObjectName("Hint")
        self.notes.setMinimumHeight(2 * self.notes.fontMetrics().lineSpacing())
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        column(
            place,
            row(column(self.preview, None), (self._choices(), 1), spacing=24),
            self.notes,
            row(self.cut, None, self.cancel, self.go),
            spacing=16,
            margins=(24, 20, 24, 20),
            of=self,
        )

    def _choices(self) -> QVBoxLayout:
        self._list = QScrollArea(widgetResizable=True)
        self._list.setMinimumHeight(_ROWS_HEIGHT)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        below = (
            caption(tr("No pass changes them, and the next one starts from them."), "Hint", wrap=True),
            caption(tr("References stay as they are; the next pass may change the rest."), "Hint", wrap=True),
        )
        for hint in below:
            hint.setContentsMargins(26, 0, 0, 4)
        self._how = QWidget()
        column(
            *(self.as_references, below[0], self.as_propagated, below[1], self._frames()),
            margins=(0, 0, 0, 0),
            of=self._how,
        )
        return column(self.sequence, self.summary, self.progress, (self._list, 1), self._how)

    def _frames(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        between = row(self.start, caption("\N{EN DASH}"), self.end, None)
        at = row(self.first, None)
        named = (
            (tr("First mask on frame"), self.first, at),
            (tr("Only frames"), self.start, between),
        )
        for line, (text, field, layout) in enumerate(named):
            name = caption(text)
            name.setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(name, line, 0)
            grid.addLayout(layout, line, 1)
        self.end.setAccessibleName(tr("Last frame"))
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        self._reading.progressed.connect(self._on_progress)
        self._reading.found.connect(self._on_found)
        self._reading.failed.connect(self._on_failed)
        self.sequence.activated.connect(lambda _: self.read())
        self.cut.toggled.connect(lambda _: self.read())
        for box in (self.first, self.start, self.end):
            box.valueChanged.connect(lambda _: self._check())
            box.valueChanged.connect(lambda _: self._show_frames())
        self.preview.frame_changed.connect(self._show_mask)
        self.go.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    # ---- reading

    def read(self) -> None:
        """Read the masks at the place, of the chosen sequence."""
        self._read = None
        self.rows = []
        self._list.setWidget(QWidget())
        self.preview.set_frames(())
        self._how.setEnabled(False)
        self.go.setEnabled(False)
        self.cut.setVisible(self.cut.isChecked())
        self.summary.setText(tr("Reading…"))
        self.notes.setText("")
        self.progress.setRange(0, 0)
        self.progress.show()
        self._reading.start(self.sequence.currentText() or self._sequence.name, self.cut.isChecked())

    def _on_progress(self, progress: Progress) -> None:
        self.progress.setRange(0, progress.total)
        self.progress.setValue(progress.done)

    def _on_failed(self, error: SknError) -> None:
        self.progress.hide()
        self.summary.setText(tr("These masks cannot be imported."))
        self.notes.setText(message_text(error))
        self.cut.setVisible(isinstance(error, MatteError) or self.cut.isChecked())

    def _on_found(self, read: ReadMasks) -> None:
        self._read = read
        self.progress.hide()
        if read.is_one_file:
            self.summary.setText(tr("One mask, objects: {n}").format(n=len(read.objects)))
        else:
            text = tr("Masks: {masks}, objects: {n}")
            self.summary.setText(text.format(masks=len(read.masks), n=len(read.objects)))
        self._fill(read)
        self._how.setEnabled(True)
        self.first.blockSignals(True)
        self.first.setValue((self._session.viewer.position if read.is_one_file else min(read.masks)) + 1)
        self.first.blockSignals(False)
        self._show_frames()
        self._check()
        self.go.setFocus()

    def _fill(self, read: ReadMasks) -> None:
        """A row for each object in the files."""
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        targets = default_targets(self._session.document.annotation, read)
        self.rows = []
        for line, object_id in enumerate(read.objects):
            box = self._target_box(targets[object_id])
            name = read.names.get(object_id) or tr("object {id}").format(id=object_id)
            box.setAccessibleName(name)
            called = Elided()
            called.setText(name)
            called.setMinimumWidth(110)
            grid.addWidget(_swatch(object_id), line, 0)
            grid.addWidget(called, line, 1)
            if len(read.masks) > 1:
                count = read.count(object_id)
                shown = tr("on 1 frame") if count == 1 else tr("on {n} frames").format(n=count)
                grid.addWidget(caption(shown, "Hint"), line, 2)
            grid.addWidget(box, line, 3)
            self.rows.append(_Row(object_id, box))
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(read.objects), 1)
        self._list.setWidget(content)

    def _target_box(self, target: int) -> QComboBox:
        box = QComboBox()
        box.setMinimumWidth(150)
        for each in self._session.document.annotation.objects:
            box.addItem(f"\N{RIGHTWARDS ARROW} {each.name}", each.id)
        box.addItem(tr("New object"), NEW)
        box.addItem(tr("Leave out"), _LEFT_OUT)
        box.setCurrentIndex(box.findData(target))
        box.activated.connect(lambda _: self._check())
        box.activated.connect(lambda _: self._show_mask())
        return box

    # ---- what is chosen

    @property
    def choice(self) -> ImportChoice:
        """What is chosen now."""
        assert self._read is not None, "there are masks"
        targets = {row.object_id: row.target.currentData() for row in self.rows}
        return ImportChoice(
            {i: target for i, target in targets.items() if target != _LEFT_OUT},
            self.as_references.isChecked(),
            self.first.value() - 1 - min(self._read.masks),
            (self.start.value() - 1, self.end.value() - 1),
        )

    def _show_frames(self) -> None:
        """Offer the frames that get a mask to the preview."""
        if self._read is not None:
            shift, first, last = self.choice.shift, self.start.value() - 1, self.end.value() - 1
            frames = [t + shift for t in sorted(self._read.masks) if first <= t + shift <= last]
            at = self.preview.frame
            self.preview.set_frames(frames, self._session.viewer.position if at is None else at)

    def _show_mask(self) -> None:
        t = self.preview.frame
        if self._read is None or t is None:
            self.preview.show_mask(None, ())
            return
        mask = decode_mask(self._read.masks[t - self.choice.shift])
        objects = [AnnotatedObject(i, "", offered_color(i)) for i in self.choice.targets]
        self.preview.show_mask(mask, objects)

    def _check(self) -> None:
        """Say what will be imported, or why it cannot be."""
        if self._read is None:
            return
        notes = [message_text(note) for note in self._read.notes]
        try:
            change = import_change(self._session.document.annotation, self._read, self.choice)
        except SknError as error:
            self.notes.setText(message_text(error))
            self.go.setEnabled(False)
            return
        beyond = len(self._read.masks) - len(change.given)
        if beyond:
            notes.insert(0, tr("Masks that lie on no chosen frame, and are left out: {n}").format(n=beyond))
        self.notes.setText("\n".join(notes))
        self.go.setEnabled(True)

    def accept(self) -> None:
        """Import; if the shown frame gets no mask, go to the one that the preview shows."""
        if self._read is None:
            return
        viewer, seen = self._session.viewer, self.preview.frame
        self._session.tasks.import_masks(self._read, self.choice)
        if viewer.position not in self.preview.frames and seen is not None:
            viewer.seek(seen)
        super().accept()

    def done(self, result: int) -> None:
        """Close, and end the reading."""
        self._reading.close()
        super().done(result)


def _swatch(object_id: int) -> QLabel:
    picture = QPixmap(14, 14)
    picture.fill(QColor(*offered_color(object_id)))
    square = QLabel()
    square.setPixmap(QIcon(picture).pixmap(14, 14))
    square.setFixedWidth(14)
    return square

"""CleanUpDialog: clean objects up over a range of frames, with a preview of what changes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QPushButton,
    QWidget,
)

from skn_annotator.annotation.cleanup import MOST_STEPS, CleanUp, Recipe
from skn_annotator.app.language import tr
from skn_annotator.app.session import Session
from skn_annotator.gui.dialogs.mask_preview import MaskPreview
from skn_annotator.gui.look import caption, column, number_field, row

_WIDTH, _TALL = 880, 480
_EVERY = 0


class CleanUpDialog(QDialog):
    """Removed pixels are red in the preview, added ones green; one edit when it is confirmed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        annotation = session.document.annotation
        self._free = [o for o in annotation.objects if not o.locked]
        self.setWindowTitle(tr("Clean up"))
        self.setFixedWidth(_WIDTH)
        self.preview = MaskPreview(session)
        self.objects = QComboBox()
        self.objects.addItem(tr("All objects"), _EVERY)
        for each in self._free:
            self.objects.addItem(each.name, each.id)
        self.objects.setCurrentIndex(max(0, self.objects.findData(session.document.active)))
        first, last = session.viewer.chosen_range or (0, annotation.length - 1)
        self.first = number_field(1, annotation.length, first + 1)
        self.last = number_field(1, annotation.length, last + 1)
        scale = (annotation.size[0] / _TALL) ** 2
        self.specks = number_field(0, 100_000, round(50 * scale), "px")
        self.holes = number_field(0, 100_000, round(50 * scale), "px")
        self.grow = number_field(-100, 100, 0, "px")
        self.steps = number_field(0, MOST_STEPS, 1)
        self.notes = caption(role="Hint", wrap=True)
        self.go = QPushButton(tr("Clean up"), default=True)
        self.go.setProperty("primary", True)
        self.cancel = QPushButton(tr("Cancel"), autoDefault=False)  # or Enter would press it
        self._build()
        self._connect()
        self._show_frames()

    def _build(self) -> None:
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        column(
            row(column(self.preview, None), (self._fields(), 1), spacing=24),
            self.notes,
            row(None, self.cancel, self.go),
            spacing=16,
            margins=(24, 24, 24, 20),
            of=self,
        )

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        between = row(self.first, caption("\N{EN DASH}"), self.last, None)
        rows = (
            (tr("Objects"), self.objects, ""),
            (tr("Frames"), self.first, ""),
            (tr("Smooth in time"), self.steps, tr("By a vote of so many frames before and after")),
            (tr("Remove specks"), self.specks, tr("Pieces that are smaller, but for the largest one")),
            (tr("Fill holes"), self.holes, tr("Enclosed background that is smaller")),
            (tr("Grow or shrink"), self.grow, tr("Below zero it shrinks")),
        )
        for line, (text, field, hint) in enumerate(rows):
            name = caption(text)
            name.setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(name, line, 0)
            part = between if field is self.first else field
            grid.addLayout(row(part, (caption(hint, "Hint", wrap=True), 1), spacing=12), line, 1)
        self.last.setAccessibleName(tr("Last frame"))
        grid.setRowStretch(len(rows), 1)
        return grid

    def _connect(self) -> None:
        for number in (self.first, self.last):
            number.valueChanged.connect(lambda _: self._show_frames())
        for number in (self.specks, self.holes, self.grow, self.steps):
            number.valueChanged.connect(lambda _: self._show())
        self.objects.activated.connect(lambda _: self._show_frames())
        self.preview.frame_changed.connect(self._show)
        self.go.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    @property
    def change(self) -> CleanUp:
        """What is chosen now."""
        chosen = self.objects.currentData()
        every = frozenset(o.id for o in self._free)
        locked = frozenset(o.id for o in self._session.document.annotation.objects if o.locked)
        recipe = Recipe(self.steps.value(), self.specks.value(), self.holes.value(), self.grow.value())
        return CleanUp(
            every if chosen == _EVERY else frozenset([chosen]),
            self.first.value() - 1,
            self.last.value() - 1,
            recipe,
            locked,
        )

    def _show_frames(self) -> None:
        """Offer the frames that show the objects to the preview."""
        frames = sorted(self.change.masks(self._session.document.annotation))
        at = self.preview.frame
        self.preview.set_frames(frames, self._session.viewer.position if at is None else at)
        self.go.setEnabled(bool(frames))
        text = tr("References stay references, and what a pass brought may be changed by the next one.")
        self.notes.setText(text if frames else tr("None of the objects is on these frames."))

    def _show(self) -> None:
        """Show what the chosen frame will be."""
        t, change = self.preview.frame, self.change
        annotation = self._session.document.annotation
        if t is None:
            self.preview.show_mask(None, ())
            return
        near = range(
            max(change.first, t - change.recipe.steps), min(change.last, t + change.recipe.steps) + 1
        )
        masks = {n: annotation.mask(n) for n in near if annotation.ids_at(n) & change.objects}
        around = {n: mask for n, mask in masks.items() if mask is not None}
        old, new = around[t], change.cleaned(around, t)
        differs = old != new
        self.preview.show_mask(new, annotation.objects, differs & (new == 0), differs & (new != 0))

    def accept(self) -> None:
        """Clean up, in the background where there is much."""
        self._session.tasks.remaps.start(self.change)
        super().accept()

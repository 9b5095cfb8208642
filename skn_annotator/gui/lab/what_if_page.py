"""WhatIfPage: choose how the reader reads, and see the mask of the frame beside the one that is stored.

Nothing is changed until the mask is taken, which is one step to undo.
"""

from dataclasses import replace
from math import inf

import numpy as np
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from skn_annotator.app.language import tr, translatable
from skn_annotator.app.numbers import number
from skn_annotator.app.tasks.kept_readings import ReaderChoice, ReadFrame
from skn_annotator.arrays import Mask, Pixels
from skn_annotator.gui.lab.choice_row import ChoiceRow
from skn_annotator.gui.lab.lab_state import LabState
from skn_annotator.gui.lab.mask_pair import MaskPair
from skn_annotator.gui.look import Switch, caption, set_texts

_SIGMAS = (0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 16.0, 24.0, inf)
_WIDTHS = (0.25, 0.35, 0.5, 0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 2.8, 4.0, 8.0)
_REACHES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, inf)
_DELAY = 150
"""Milliseconds after the last move of a slider, before the network computes."""


class WhatIfPage(QWidget):
    """Choices at the left, the two masks at the right."""

    def __init__(self, state: LabState) -> None:
        super().__init__()
        self._state, self._session = state, state.session
        self._reading: ReadFrame | None = None
        self._asked: tuple[object, ...] = ()
        self.answer: Mask | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self._ask)
        self.reader = QComboBox()
        set_texts(self.reader, accessibleName=translatable("Reader"))
        for name in ("SKN", "KMN", "STM"):
            self.reader.addItem(name)
        self.sigma = ChoiceRow(
            translatable("sigma_g"), translatable("Of the Gaussian around the matched points, in cells")
        )
        self.prior = QAction(self, checkable=True)
        self.width_ = ChoiceRow(
            translatable("Prior's width"),
            translatable("sigma_s is multiplied by this"),
            "\N{MULTIPLICATION SIGN}",
        )
        self.reach = ChoiceRow(
            translatable("Reach"),
            translatable("How many sigma_s from where it was each of several objects is read at most"),
            "sigma_s",
        )
        self.frames = ChoiceRow(
            translatable("Memory frames"), translatable("So many are read, those nearest in time")
        )
        self.pair = MaskPair()
        self.result = caption(role="Hint", wrap=True)
        self.result.setMinimumHeight(
            2 * self.result.fontMetrics().lineSpacing()
        )  # no answer moves the sliders
        self.take = set_texts(QPushButton(), text=translatable("Take this mask"))
        self.take.setProperty("primary", True)
        self.reset = set_texts(QPushButton(), text=translatable("As trained"))
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        left = QWidget()
        left.setFixedWidth(300)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.reader)
        column.addWidget(self.sigma)
        column.addWidget(Switch(self.prior, translatable("Prior of the last mask")))
        for each in (self.width_, self.reach, self.frames):
            column.addWidget(each)
        column.addStretch(1)
        column.addWidget(self.result)
        buttons = QHBoxLayout()
        buttons.addWidget(self.take)
        buttons.addWidget(self.reset)
        buttons.addStretch(1)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 16, 8)
        row.setSpacing(16)
        row.addWidget(left)
        row.addWidget(self.pair, 1)

    def _connect(self) -> None:
        self._state.changed.connect(self.refresh)
        self._session.tasks.what_if.found.connect(self._on_found)
        for row in (self.sigma, self.width_, self.reach, self.frames):
            row.changed.connect(self._on_choice)
        self.prior.triggered.connect(self._on_choice)
        self.reader.activated.connect(self._on_reader)
        self.take.clicked.connect(self._take)
        self.reset.clicked.connect(self._reset)

    # ---- what is asked

    @property
    def choice(self) -> ReaderChoice:
        """How the reader is to read."""
        return ReaderChoice(
            self.sigma.value,
            self.prior.isChecked(),
            self.width_.value,
            self.reach.value,
            int(self.frames.value),
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Look at the shown frame: the choices stay as they are, as far as it has them."""
        if not self.isVisible():
            return
        reading = self._state.reading
        usable = reading is not None and not self._state.is_passing
        for part in (self.reader, self.sigma, self.width_, self.reach, self.frames, self.reset):
            part.setEnabled(usable)
        self.prior.setEnabled(usable)
        if reading is None or not usable:
            self.answer, self._asked = None, ()
            self.pair.show_frame(None)
            self._show_result()
            return
        if self._reading is None:
            self._offer(reading, reading.trained)
        elif self._reading is not reading:
            most = len(reading.memory_grids)
            was_all = self.choice.frames == len(self._reading.memory_grids)
            frames = most if was_all else min(self.choice.frames, most)
            self._offer(reading, replace(self.choice, frames=frames))
        self._reading = reading
        self._ask()

    def _offer(self, reading: ReadFrame, chosen: ReaderChoice) -> None:
        self.sigma.offer(_with(_SIGMAS, reading.trained.sigma_g), chosen.sigma_g)
        self.width_.offer(_WIDTHS, chosen.width)
        self.reach.offer(_with(_REACHES, reading.trained.reach), chosen.reach)
        self.frames.offer(range(1, len(reading.memory_grids) + 1), chosen.frames)
        self.prior.setChecked(chosen.prior)
        self._name_reader()

    def _on_reader(self, index: int) -> None:
        """The choices of a reader, from what the network was trained with."""
        reading = self._reading
        if reading is None:
            return
        trained = reading.trained
        readers = {
            "SKN": replace(trained, prior=True),
            "KMN": replace(trained, prior=False),
            "STM": replace(trained, prior=False, sigma_g=inf),
        }
        self._offer(reading, readers.get(self.reader.itemText(index), self.choice))
        self._timer.start()

    def _reset(self) -> None:
        if self._reading is not None:
            self._offer(self._reading, self._reading.trained)
            self._timer.start()

    def _on_choice(self) -> None:
        self._name_reader()
        self._timer.start()

    def _name_reader(self) -> None:
        """Whose reader it is now, as far as that says all."""
        chosen = self.choice
        name = "SKN" if chosen.prior else "KMN" if chosen.sigma_g < inf else "STM"
        self.reader.setCurrentIndex(self.reader.findText(name))
        for row in (self.width_, self.reach):
            row.setEnabled(chosen.prior)

    def _ask(self) -> None:
        frame, reading, state = self._session.viewer.frame, self._reading, self._state
        if reading is None or frame is None or state.reading is not reading or state.is_passing:
            return
        asked = (id(reading), state.object_id, self.choice)
        if asked == self._asked and (self.answer is not None or self._session.tasks.what_if.busy):
            self._show_masks()
            return
        self._asked, self.answer = asked, None
        self.pair.show_frame(frame)
        self._show_masks()
        self._session.tasks.what_if.ask(reading, frame, self.choice)

    # ---- what is answered

    def _on_found(self, mask: Mask) -> None:
        self.answer = mask
        self._show_masks()

    def _areas(self) -> tuple[Pixels, Pixels | None] | None:
        """The object's mask that is stored and the other one, bool (H, W)."""
        state = self._state
        stored = None if state.t is None else self._session.document.mask(state.t)
        if stored is None or state.object_id is None:
            return None
        other = None if self.answer is None else self.answer == state.object_id
        return stored == state.object_id, other

    def _show_masks(self) -> None:
        areas = self._areas()
        if areas is not None and self._asked:
            self.pair.show_masks(*areas)
        self._show_result()

    def _show_result(self) -> None:
        areas = self._areas()
        other = None if areas is None else areas[1]
        is_other = areas is not None and other is not None and not np.array_equal(areas[0], other)
        self.take.setEnabled(is_other and self._state.reading is not None)
        if self._state.is_passing:
            self.result.setText(tr("A pass needs the processor: wait for it, or stop it."))
        elif self._state.reading is None:
            self.result.setText("")
        elif areas is None or other is None:
            self.result.setText(tr("Computing…"))
        else:
            self.result.setText(_difference(areas[0], other))

    def _take(self) -> None:
        areas = self._areas()
        if areas is not None and areas[1] is not None:
            self._session.painter.take_area(areas[1], tr("Take another reading"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for row in (self.sigma, self.width_, self.reach, self.frames):
                row.show_value()
            self._show_result()


def _with(values: tuple[float, ...], value: float) -> tuple[float, ...]:
    """`values` and one more, in order."""
    return tuple(sorted({*values, value}))


def _difference(stored: Pixels, other: Pixels) -> str:
    """In words how two masks differ."""
    either = int((stored | other).sum())
    added, removed = int((other & ~stored).sum()), int((stored & ~other).sum())
    if not added and not removed:
        return tr("The same mask")
    overlap = int(np.count_nonzero(stored & other)) / either
    one, more = tr("1 pixel more"), tr("{n} pixels more")
    return tr("{more}, {removed} less; overlap (IoU) {overlap}").format(
        more=one if added == 1 else more.format(n=number(added)),
        removed=number(removed),
        overlap=number(overlap, 2),
    )

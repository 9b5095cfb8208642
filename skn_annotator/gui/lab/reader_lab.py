"""ReaderLab: a window that shows how the network read its memory for the frame on the canvas.

It computes nothing: what is drawn comes from the functions that the reader itself calls. While it is closed,
nothing is drawn.
"""

import os
from itertools import chain, count
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from skn_annotator.annotation.output import OutputRule
from skn_annotator.app.language import message_text, tr, translatable
from skn_annotator.app.notice import Notice, notice_of
from skn_annotator.app.session import Session
from skn_annotator.errors import SknError
from skn_annotator.files import cannot_write, replace_files
from skn_annotator.gui.lab.lab_export import matches_csv, over_time_csv, png_of, weights_csv
from skn_annotator.gui.lab.lab_legend import LabLegend
from skn_annotator.gui.lab.lab_state import LabState
from skn_annotator.gui.lab.match_view import MatchView
from skn_annotator.gui.lab.time_plots import TimePlots
from skn_annotator.gui.lab.weight_maps import WeightMaps, values_at
from skn_annotator.gui.lab.what_if_page import WhatIfPage
from skn_annotator.gui.look import Display, Elided, Tabs, caption, set_texts

_SIZE = QSize(1180, 660)
_NOT_KEPT = translatable(
    "All that was read for this frame is not kept any more: propagate over it again to see the weights."
)


_HOW = translatable(
    "Point at the frame: the memory shows where that was read from. Click on the memory to see its weights."
)
_NO_PASS = translatable("No pass has been over this frame yet: propagate over it.")
_FORGOTTEN = translatable("What the network matched is not saved: propagate over this frame to see it again.")


class ReaderLab(QWidget):
    """Above, the matches between the shown frame and its memory; below, tabs."""

    def __init__(self, session: Session, display: Display, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)  # so the window's shortcuts work here, too
        self.setObjectName("SideBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_texts(self, windowTitle=translatable("Reader lab"))
        self._session = session
        self.state = LabState(session, self)
        self.matches = MatchView(self.state, display)
        self.maps = WeightMaps(self.state)
        self.what_if = WhatIfPage(self.state)
        self.plots = TimePlots(self.state)
        self._title = caption(role="Heading")
        self.hint = _hint_line()
        self.values = _hint_line()
        self._assemble()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() * 0.96))
        self.state.changed.connect(self._show_texts)
        self.state.cell_changed.connect(self._show_texts)
        self.state.pointed.connect(self._show_values)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 0)
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addWidget(self.hint, 1)
        self.export = QPushButton()
        tip = translatable(
            "Write the pictures that the lab shows (PNG) and their numbers (CSV) into a folder"
        )
        set_texts(self.export, text=translatable("Export…"), toolTip=tip)
        self.export.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.export.clicked.connect(self._ask_folder)
        head.addWidget(self.export)
        legend = QHBoxLayout()
        legend.setContentsMargins(16, 0, 16, 4)
        legend.addWidget(LabLegend())
        legend.addStretch(1)
        self.logarithmic = self._scale_switch()
        legend.addWidget(self.logarithmic)
        self.tabs = Tabs()
        self.tabs.setContentsMargins(16, 4, 16, 0)
        self.tabs.add(
            translatable("Weights"),
            translatable("What the reader made of the memory cell that you click"),
            self.maps,
        )
        self.tabs.add(
            translatable("What if"),
            translatable("The mask of this frame if the memory is read otherwise"),
            self.what_if,
        )
        self.tabs.add(
            translatable("Over time"),
            translatable("Confidence, area, speed and memory share of every object"),
            self.plots,
        )
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.matches)
        split.addWidget(self.tabs)
        split.setSizes([380, 240])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(legend)
        column.addWidget(split, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 16, 0)
        foot.addWidget(self.values)
        column.addLayout(foot)

    def _scale_switch(self) -> QCheckBox:
        switch = QCheckBox()
        switch.setChecked(self.maps.is_logarithmic)
        tip = translatable("Show weights that are far smaller than the largest, too")
        set_texts(switch, text=translatable("Weights on a logarithmic scale"), toolTip=tip)
        switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        switch.toggled.connect(self.maps.use_logarithm)
        return switch

    # ---- texts

    def _show_texts(self) -> None:
        state, session = self.state, self._session
        active = session.document.active_object
        if state.t is None or active is None:
            self._title.setText("")
        else:
            self._title.setText(tr("Frame {t} · {name}").format(t=state.t + 1, name=active.name))
        self.export.setEnabled(state.t is not None and active is not None)
        self.hint.setText(self._chosen_text())
        self._show_values()

    def _chosen_text(self) -> str:
        """Which memory cell is looked at; or why there is none."""
        state = self.state
        if state.explanation is None:
            has_passed = self._session.document.annotation.confidence(state.t or 0) is not None
            return tr(_FORGOTTEN if has_passed else _NO_PASS)
        if state.reading is None or state.weights is None:
            return tr(_NOT_KEPT)
        weights = state.weights
        names = {o.id: o.name for o in self._session.document.annotation.objects}
        text = tr("Memory cell of frame {t}, row {row}, column {column}, on {owner}").format(
            t=weights.origin.t + 1,
            row=weights.origin.cell[0] + 1,
            column=weights.origin.cell[1] + 1,
            owner=names.get(weights.owner, tr("the background")),
        )
        return f"{state.blending} · {text}" if state.blending else text

    def _show_values(self) -> None:
        state = self.state
        if state.weights is None or state.query_cell is None:
            self.values.setText("" if state.weights is None else tr(_HOW))
            return
        parts = ", ".join(
            tr("{share:.0f} % from frame {t}").format(share=100 * float(each.share.sum()), t=each.t + 1)
            for each in state.shares
        )
        self.values.setText(f"{values_at(state.weights, state.query_cell)}   ·   {parts}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.state.look_soon()

    # ---- export

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Export to"))
        if folder:
            self.write(Path(folder))

    def write(self, folder: Path) -> None:
        """Write what is shown into `folder`, and say so, or what was in the way.

        Nothing there is replaced.
        """
        files = {_free(folder, name): data for name, data in self._files().items()}
        sequence = self._session.project.sequence
        try:
            if sequence is not None:
                OutputRule(sequence.path).check(files)
            replace_files(files)
        except SknError as error:
            self._session.noticed.emit(notice_of(error))
            return
        except OSError as error:
            text = message_text(cannot_write(folder, error))
            self._session.noticed.emit(Notice(text, is_error=True))
            return
        text = tr("{n} files of the reader lab were written to {folder}")
        self._session.noticed.emit(Notice(text.format(n=len(files), folder=folder)))

    def _files(self) -> dict[str, bytes]:
        """By name: the frame with its memory and the page that is shown, as pictures, and their numbers."""
        state = self.state
        name = f"frame_{(state.t or 0) + 1:05}_object_{state.object_id}"
        files = {f"{name}_matches.png": png_of(self.matches)}
        if state.explanation is not None:
            files[f"{name}_matches.csv"] = matches_csv(state.explanation)
        if self.maps.isVisible():
            files[f"{name}_weights.png"] = png_of(self.maps)
            if state.weights is not None:
                files[f"{name}_weights.csv"] = weights_csv(state.weights)
        elif self.what_if.isVisible():
            files[f"{name}_what_if.png"] = png_of(self.what_if.pair)
        else:
            files |= {"over_time.png": png_of(self.plots), "over_time.csv": over_time_csv(self.plots)}
        return files

    # ---- open and closed

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.state.active = True
        self.state.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.state.active = False

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._session.viewer.want_thumbnails([], "lab")


def _free(folder: Path, name: str) -> Path:
    """A file of this name in `folder`, or with a number behind it where that is taken."""
    stem, suffix = Path(name).stem, Path(name).suffix
    names = chain([name], (f"{stem}_{n}{suffix}" for n in count(2)))
    return next(folder / each for each in names if not os.path.lexists(folder / each))


def _hint_line() -> Elided:
    line = Elided()
    line.setObjectName("Hint")
    return line

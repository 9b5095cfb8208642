"""WeightsField: which weights passes use: the bundled ones, or a file that is chosen in a dialog."""

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QWidget

from skn_annotator.app.language import message_text, tr, translatable
from skn_annotator.app.tasks.weights_choice import WeightsChoice
from skn_annotator.errors import SknError
from skn_annotator.gui.look import caption, row
from skn_annotator.gui.preferences import Preferences

_CHECKPOINTS = translatable("Checkpoints (*.safetensors);;All files (*)")

_SHOWN_LETTERS = 16
"""The least width of the list: a long file name must not widen the dialog."""

_MAY_BREAK = "\N{ZERO WIDTH SPACE}"


class WeightsField(QWidget):
    """A list of the bundled weights and the chosen file, and a button for another file.

    `hint`, which stands below it, says when the choice counts, or why a file cannot be used. A choice that
    passes can use is kept in the preferences.
    """

    hint_changed = Signal()

    def __init__(self, weights: WeightsChoice, preferences: Preferences) -> None:
        super().__init__()
        self._weights, self._preferences = weights, preferences
        self.choice = QComboBox(minimumContentsLength=_SHOWN_LETTERS)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.other = QPushButton(tr("Choose a file…"), autoDefault=False)
        self.hint = caption(role="Hint", wrap=True)
        row((self.choice, 1), self.other, margins=(0, 0, 0, 0), of=self)
        self.setFocusProxy(self.choice)
        self.choice.activated.connect(lambda: self._choose(self.choice.currentData()))
        self.other.clicked.connect(self._ask)
        weights.changed.connect(self._on_changed)
        weights.refused.connect(self._on_refused)
        self._show()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.choice.setAccessibleName(name)

    def _ask(self) -> None:
        now = self._weights.path
        folder = "" if now is None else str(now.parent)
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose weights"), folder, tr(_CHECKPOINTS))
        if path:
            self._choose(Path(path))

    def _choose(self, path: Path | None) -> None:
        if path is not None:
            self._write(tr("{name} is being read").format(name=path.name))
        self._weights.choose(path)

    def _on_changed(self) -> None:
        path = self._weights.path
        self._preferences.set(weights="" if path is None else str(path.absolute()))
        self._show()

    def _on_refused(self, error: SknError) -> None:
        self._show()
        self._write(message_text(error))

    def _show(self) -> None:
        """The list has what passes use, chosen, which `skn-annotate --weights` may have said."""
        now = self._weights.path
        self.choice.clear()
        self.choice.addItem(tr("Bundled with the program"), None)
        if now is not None:
            self.choice.addItem(now.name, now)
            self.choice.setItemData(1, str(now), Qt.ItemDataRole.ToolTipRole)
            self.choice.setCurrentIndex(1)
        self.choice.setToolTip("" if now is None else str(now))
        self._write(tr("From the next pass on; a pass that runs goes on with what it has."))

    def _write(self, text: str) -> None:
        self.hint.setText(text.replace(os.sep, f"{os.sep}{_MAY_BREAK}"))  # a path is one long word else
        self.hint_changed.emit()

"""ChoiceRow: one number of the reader as a slider with its value; at the upper end it may mean "none"."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from skn_annotator.app.language import tr
from skn_annotator.app.numbers import NO_BREAK, figures
from skn_annotator.gui.look import caption, set_texts


class ChoiceRow(QWidget):
    """A choice among `values`, in their order."""

    changed = Signal()

    def __init__(self, text: str, tip: str, unit: str = "") -> None:
        """`text` and `tip` are `translatable`, not translated yet."""
        super().__init__()
        self._values: Sequence[float] = (0.0,)
        self._unit = unit
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_texts(self.slider, accessibleName=text, toolTip=tip)
        self._figure = caption(role="Hint")
        self._figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._figure.setFixedWidth(13 * self._figure.fontMetrics().horizontalAdvance("0"))
        name = set_texts(caption(), text=text, toolTip=tip)
        name.setFixedWidth(self._figure.fontMetrics().horizontalAdvance("M" * 10))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(name)
        row.addWidget(self.slider, 1)
        row.addWidget(self._figure)
        self.slider.valueChanged.connect(self._on_slider)

    @property
    def value(self) -> float:
        """What is chosen; infinite for none."""
        return self._values[self.slider.value()]

    def offer(self, values: Sequence[float], chosen: float) -> None:
        """Offer these values, and choose the one that is nearest to `chosen`, without a signal."""
        self._values = values
        nearest = min(range(len(values)), key=lambda n: (values[n] != chosen, abs(values[n] - chosen)))
        self.slider.blockSignals(True)
        self.slider.setRange(0, len(values) - 1)
        self.slider.setValue(nearest)
        self.slider.blockSignals(False)
        self.show_value()

    def show_value(self) -> None:
        """Write the value beside the slider."""
        none, unit = self.value == float("inf"), self._unit and f"{NO_BREAK}{self._unit}"
        self._figure.setText(tr("none") if none else figures(self.value, 3) + unit)

    def _on_slider(self) -> None:
        self.show_value()
        self.changed.emit()


class _Slider(QSlider):
    """Keeps its arrows: the window's go from frame to frame."""

    def event(self, event: QEvent) -> bool:
        """Claim the arrows before Qt takes them for shortcuts."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in arrows and not event.modifiers():
            event.accept()
            return True
        return super().event(event)

"""Fields of dialogs: numbers, and lists to choose from."""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox

from skn_annotator.app.language import tr
from skn_annotator.app.numbers import NO_BREAK
from skn_annotator.gui.look.number_box import NumberBox

_NUMBER_WIDTH = 84
_INSET = 8


def number_field(
    least: int, most: int, value: int, suffix: str = "", width: int = _NUMBER_WIDTH
) -> NumberBox:
    """A whole number from `least` to `most`; `suffix`: its unit, as in "px"."""
    field = NumberBox()
    field.setRange(least, most)
    field.setValue(value)
    field.setSuffix(suffix and f"{NO_BREAK}{suffix}")
    field.setProperty("plain", True)
    field.lineEdit().setTextMargins(_INSET, 0, _INSET, 0)  # a style sheet's padding does not reach it
    field.setFixedWidth(width)
    return field


def choice_field(entries: Iterable[tuple[object, str]], chosen: object = None) -> QComboBox:
    """A drop-down list of (value, text), whose texts are translated; a chosen value that is not among them is
    added."""
    field = QComboBox()
    for value, text in entries:
        field.addItem(tr(text), value)
    if chosen is not None and field.findData(chosen) < 0:
        field.addItem(str(chosen), chosen)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    return field

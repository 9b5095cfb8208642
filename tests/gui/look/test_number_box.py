"""A number beyond the bounds is taken for the bound, never for its first digits."""

import pytest
from PySide6.QtCore import Qt

from skn_annotator.gui.look import number_field


@pytest.mark.parametrize(("typed", "value"), [("300", 289), ("-50", -20), ("28", 28), ("", 7)])
def test_the_nearest_number_is_taken(qtbot, themed, typed, value):
    field = number_field(-20, 289, 7, "px")
    qtbot.addWidget(field)
    field.show()
    field.selectAll()
    qtbot.keyClicks(field, typed) if typed else qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == value
    assert field.text() == f"{value}\u00a0px"

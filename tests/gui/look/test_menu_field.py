"""A button with a menu that stands among lists of choices."""

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QMenu

from skn_annotator.gui.look import MenuField, Scheme, apply_theme


def text_begins(field):
    """The first column, beside the border, that is not of the ground."""
    field.resize(field.sizeHint())
    image = field.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    middle = rows[6:-6, 4 : image.width() // 2].astype(int)
    return 4 + int(np.flatnonzero((abs(middle - middle[0, 0]) > 60).any(axis=0))[0])


@pytest.mark.parametrize("text", ["one", "object 1, object 2", "12 of 254 objects"])
def test_its_text_begins_where_that_of_a_list_does(qtbot, text):
    apply_theme(QApplication.instance(), Scheme.DARK)
    field, choices = MenuField(), QComboBox()
    field.setText(text)
    field.setMenu(QMenu(field))
    choices.addItem(text)
    for each in (field, choices):
        qtbot.addWidget(each)
    assert abs(text_begins(field) - text_begins(choices)) <= 1

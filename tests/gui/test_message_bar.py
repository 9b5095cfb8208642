"""Sentences over the canvas."""

import pytest
from PySide6.QtWidgets import QWidget

from skn_annotator.app.notice import Notice
from skn_annotator.gui.message_bar import MessageBar


@pytest.fixture
def place(qtbot):
    parent = QWidget()
    parent.resize(900, 600)
    anchor = QWidget(parent)
    anchor.setGeometry(100, 0, 500, 400)
    qtbot.addWidget(parent)
    parent.show()
    qtbot.waitExposed(parent)
    return parent, anchor, MessageBar(parent, anchor)


@pytest.mark.parametrize(
    ("notice", "goes"),
    [
        (Notice("painted"), True),
        (Notice("broken", is_error=True), False),
        (Notice("the file is damaged", stays=True), False),
    ],
)
def test_only_information_goes_by_itself(place, notice, goes):
    bar = place[2]
    bar.show_notice(notice)
    assert bar.isVisible()
    assert bar.text.text() == notice.text
    assert bar._timer.isActive() is goes
    bar._timer.timeout.emit()
    assert not bar.isVisible()


def test_it_floats_over_the_lower_edge_of_the_canvas_whatever_its_size(place):
    parent, anchor, bar = place
    bar.show_notice(Notice("A long sentence. " * 30))
    for width, height in ((500, 400), (700, 500)):
        anchor.setGeometry(100, 0, width, height)
        assert anchor.geometry().contains(bar.geometry())
        assert bar.geometry().bottom() > height - 60
    anchor.hide()
    bar.show_notice(Notice("On the start page"))
    assert bar.geometry().bottom() > parent.height() - 60
    assert bar.height() < 80

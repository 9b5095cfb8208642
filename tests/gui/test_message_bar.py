"""Sentences over the canvas."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from skn_annotator.app.notice import Notice, Offer
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


def close(qtbot, bar):
    qtbot.mouseClick(bar.closer, Qt.MouseButton.LeftButton)


def test_what_stays_is_there_again_after_what_came_over_it(qtbot, place):
    bar, taken = place[2], []
    for text in ("masks", "scale"):
        offer = Offer(f"take {text}", lambda text=text: taken.append(text))
        bar.show_notice(Notice(text, stays=True, offer=offer))
    bar.show_notice(Notice("copied"))
    bar._timer.timeout.emit()
    assert bar.offer.text() == "take scale"
    qtbot.mouseClick(bar.offer, Qt.MouseButton.LeftButton)
    assert (bar.text.text(), taken) == ("masks", ["scale"])
    close(qtbot, bar)
    assert not bar.isVisible()
    assert taken == ["scale"]


def test_a_message_that_comes_again_is_closed_once(qtbot, place):
    bar = place[2]
    for text in ("disk full", "no frame 3", "disk full"):
        bar.show_notice(Notice(text, is_error=True))
    close(qtbot, bar)
    assert bar.text.text() == "no frame 3"
    close(qtbot, bar)
    assert not bar.isVisible()


def test_a_stroke_and_another_video_end_what_they_are_to_end(place):
    bar = place[2]
    bar.show_notice(Notice("masks", stays=True))
    bar.show_notice(Notice("copied"))
    bar.give_way()
    bar.give_way()
    assert bar.text.text() == "masks"
    bar.show_notice(Notice("of this video"))
    bar.forget()
    assert not bar.isVisible()


def test_a_message_that_stays_is_out_of_the_way_of_a_stroke_and_comes_back(qtbot, place):
    bar = place[2]
    bar.show_notice(Notice("masks", stays=True))
    bar.give_way()
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.text() == "masks"
    bar.give_way()
    bar.withdraw("masks")
    qtbot.wait(1600)
    assert not bar.isVisible()


def test_what_does_not_hold_any_more_goes_wherever_it_lies(place):
    bar = place[2]
    for text in ("masks", "disk full", "copied"):
        bar.show_notice(Notice(text, stays=True))
    bar.withdraw("disk full")
    assert bar.text.text() == "copied"
    bar.withdraw("copied")
    assert bar.text.text() == "masks"
    bar.withdraw("another")
    assert bar.isVisible()

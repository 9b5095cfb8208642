"""Sentences over the canvas."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from skn_annotator.app.notice import Notice, Offer
from skn_annotator.gui.message_bar import MessageBar

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier
PRESS = QEvent.Type.MouseButtonPress


class Seen(QObject):
    """What a widget gets of the mouse: the events' types and places."""

    KINDS = (PRESS, QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel, QEvent.Type.ContextMenu)

    def __init__(self, widget):
        super().__init__(widget)
        self.events = []
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() in self.KINDS:
            is_menu = event.type() == QEvent.Type.ContextMenu
            self.events.append((event.type(), event.pos() if is_menu else event.position().toPoint()))
        return False


@pytest.fixture
def place(qtbot):
    parent = QWidget()
    parent.resize(900, 600)
    anchor = QWidget(parent)
    anchor.setGeometry(100, 0, 500, 400)
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
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
        bar.show_notice(Notice(text, stays=True, offer=offer, holds=lambda text=text: text not in taken))
    bar.show_notice(Notice("copied"))
    bar._timer.timeout.emit()
    assert bar.offer.text() == "take scale"
    qtbot.mouseClick(bar.offer, Qt.MouseButton.LeftButton)
    assert (bar.text.text(), taken) == ("masks", ["scale"])
    close(qtbot, bar)
    assert not bar.isVisible()
    assert taken == ["scale"]


def test_what_stays_is_seen_under_what_goes_by_itself(qtbot, place):
    anchor, bar, held = *place[1:], ["hint", "masks"]
    offer = Offer("Import…", lambda: held.remove("masks"))
    bar.show_notice(Notice("masks", stays=True, offer=offer, holds=lambda: "masks" in held))
    bar.show_notice(Notice("hint " * 40, stays=True, holds=lambda: "hint" in held))
    low = bar.height()
    assert not bar.under.isVisible()
    bar.show_notice(Notice("61 % certain"))
    assert (bar.text.text(), bar.under.text.text()) == ("61 % certain", "hint " * 40)
    assert bar.height() > low
    assert anchor.geometry().contains(bar.geometry())
    held.remove("hint")
    bar.drop_outdated()
    assert bar.under.text.text() == "masks"
    qtbot.mouseClick(bar.under.offer, Qt.MouseButton.LeftButton)
    assert held == []
    assert bar.text.text() == "61 % certain"
    assert not bar.under.isVisible()
    bar.show_notice(Notice("broken", is_error=True))
    bar.show_notice(Notice("62 % certain"))
    qtbot.mouseClick(bar.under.closer, Qt.MouseButton.LeftButton)
    assert not bar.under.isVisible()
    bar._timer.timeout.emit()
    assert not bar.isVisible()


def test_an_offer_that_nobody_had_the_time_to_take_stays_under_what_comes_after_it(qtbot, place):
    bar, done = place[2], []
    ended = Notice(
        "The pass ended", offer=Offer("Propagate on", lambda: done.append(1)), holds=lambda: not done
    )
    bar.show_notice(ended)
    bar.show_notice(Notice("one and two changed places"))
    assert (bar.text.text(), bar.under.text.text()) == ("one and two changed places", "The pass ended")
    bar._timer.timeout.emit()
    assert (bar.text.text(), bar.under.isVisible()) == ("The pass ended", False)
    bar.show_notice(Notice("painted"))
    qtbot.mouseClick(bar.under.offer, Qt.MouseButton.LeftButton)
    assert (done, bar.text.text(), bar.under.isVisible()) == ([1], "painted", False)
    bar._timer.timeout.emit()
    assert not bar.isVisible()


@pytest.mark.parametrize("words", [8, 11, 14, 20, 27])
def test_the_lines_of_a_long_message_are_about_equally_long(place, words):
    bar = place[2]
    bar.show_notice(Notice(" ".join(["much the same"] * words)))
    lines = bar.text.heightForWidth(bar.text.width()) / bar.text.fontMetrics().lineSpacing()
    length = bar.text.fontMetrics().horizontalAdvance(bar.text.text())
    assert lines > 1
    assert bar.text.width() * lines < length + 50 * lines, "no line is much shorter than the others"


def test_a_message_that_comes_again_is_closed_once(qtbot, place):
    bar = place[2]
    for text in ("disk full", "no frame 3", "disk full"):
        bar.show_notice(Notice(text, is_error=True))
    close(qtbot, bar)
    assert bar.text.text() == "no frame 3"
    close(qtbot, bar)
    assert not bar.isVisible()


def stroke(qtbot, anchor):
    qtbot.mousePress(anchor, LEFT, pos=QPoint(50, 50))
    qtbot.mouseRelease(anchor, LEFT, pos=QPoint(90, 50))


def test_a_press_and_another_video_end_what_they_are_to_end(qtbot, place):
    anchor, bar = place[1:]
    bar.show_notice(Notice("masks", stays=True))
    bar.show_notice(Notice("copied"))
    stroke(qtbot, anchor)
    stroke(qtbot, anchor)
    assert bar.text.text() == "masks"
    bar.show_notice(Notice("of this video"))
    bar.forget()
    assert not bar.isVisible()


def test_a_message_that_stays_is_out_of_the_way_of_a_drag_and_comes_back(qtbot, place):
    anchor, bar = place[1:]
    held = ["masks"]
    bar.show_notice(Notice("masks", stays=True, holds=lambda: bool(held)))
    qtbot.mousePress(anchor, LEFT, pos=QPoint(50, 50))
    assert not bar.isVisible()
    qtbot.wait(1600)
    assert not bar.isVisible(), "the button is down yet"
    qtbot.mouseRelease(anchor, LEFT, pos=QPoint(90, 50))
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.text() == "masks"
    stroke(qtbot, anchor)
    held.clear()
    bar.drop_outdated()
    qtbot.wait(1600)
    assert not bar.isVisible()


def test_a_press_beside_the_buttons_is_one_on_the_canvas_with_the_drag_that_follows(qtbot, place):
    anchor, bar = place[1:]
    seen = Seen(anchor)
    bar.show_notice(Notice("a message that stays, over what is to be drawn", stays=True))
    at = anchor.mapFromGlobal(bar.mapToGlobal(bar.text.geometry().center()))
    qtbot.mousePress(bar.text, LEFT)
    assert not bar.isVisible()
    assert QWidget.mouseGrabber() is anchor
    assert (seen.events[0][0], (seen.events[0][1] - at).manhattanLength() <= 2) == (PRESS, True)
    qtbot.mouseMove(anchor, QPoint(60, 70))
    qtbot.mouseRelease(anchor, LEFT, pos=QPoint(60, 70))
    assert seen.events[-1] == (QEvent.Type.MouseButtonRelease, QPoint(60, 70))
    assert QWidget.mouseGrabber() is None
    qtbot.waitUntil(bar.isVisible)


def test_the_wheel_and_the_menu_reach_the_canvas_through_a_message(qtbot, place):
    anchor, bar = place[1:]
    seen = Seen(anchor)
    bar.show_notice(Notice("a message that stays", stays=True))
    middle = bar.rect().center()
    at = bar.mapToGlobal(middle)
    wheel = QWheelEvent(
        QPointF(middle),
        QPointF(at),
        QPoint(),
        QPoint(0, 120),
        NO_BUTTON,
        NO_KEY,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, at)
    for event in (wheel, menu):
        QApplication.sendEvent(bar, event)
    assert [kind for kind, _ in seen.events] == [QEvent.Type.Wheel, QEvent.Type.ContextMenu]
    assert all(place == anchor.mapFromGlobal(at) for _, place in seen.events)


def test_an_error_can_be_copied(qtbot, place):
    bar = place[2]
    bar.show_notice(Notice("painted"))
    assert not bar.copier.isVisible()
    bar.show_notice(Notice("/far/away/clip.mp4 is damaged", is_error=True))
    qtbot.mouseClick(bar.copier, LEFT)
    assert QApplication.clipboard().text() == "/far/away/clip.mp4 is damaged"


def test_what_does_not_hold_any_more_goes_wherever_it_lies(place):
    bar, held = place[2], {"masks", "disk full", "copied"}
    for text in sorted(held):
        bar.show_notice(Notice(text, stays=True, holds=lambda text=text: text in held))
    held.remove("disk full")
    bar.drop_outdated()
    assert bar.text.text() == "masks"
    held.remove("masks")
    bar.drop_outdated()
    assert bar.text.text() == "copied"
    bar.drop_outdated()
    assert bar.isVisible()


def test_an_offer_that_the_user_thinks_better_of_is_there_still(qtbot, place):
    bar, done = place[2], []
    bar.show_notice(Notice("masks", stays=True, offer=Offer("Import…", lambda: None), holds=lambda: not done))
    qtbot.mouseClick(bar.offer, LEFT)
    assert bar.isVisible()
    done.append("by the menu")
    bar.drop_outdated()
    assert not bar.isVisible()


def test_an_offer_has_to_say_when_it_ends():
    with pytest.raises(AssertionError, match="an offer ends"):
        Notice("masks", offer=Offer("Import…", lambda: None))

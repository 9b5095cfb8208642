"""The first selection: its network is loaded before it is needed, and the window waits for no answer."""

import pytest
from bright_square import AREA, BOX, area
from PySide6.QtCore import Qt, QTimer

from skn_annotator.errors import WeightsError

KEY = Qt.Key


@pytest.fixture
def window(make_window, tracker, clip, selectors):
    return make_window(tracker, clip, selectors)


def test_the_network_is_loaded_while_nothing_is_done(qtbot, window, selectors, hand):
    hand.press((10.5, 10.5))  # a stroke
    qtbot.wait(1700)
    assert not selectors.is_loaded
    qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=hand.at((10.5, 10.5)))
    qtbot.waitUntil(lambda: selectors.is_loaded)


def test_the_window_goes_on_while_the_frame_that_is_left_has_no_answer(qtbot, window, selectors, hand, press):
    viewer, ticks = window.session.viewer, []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: ticks.append(viewer.position))
    selectors.hold()
    press(KEY.Key_K)
    hand.drag(*BOX)
    press(KEY.Key_Right)
    press(KEY.Key_Right)
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) > 10)
    assert {*ticks} == {0}
    assert window._status_line.doing.text() == "Looking at the picture…"
    selectors.go_on()
    qtbot.waitUntil(lambda: viewer.shown == 2)
    assert area(window) == AREA
    assert window.message_bar.text.text() == "The selection on frame\u00a01 was kept"


def test_who_cancels_the_selection_goes_where_he_wanted(qtbot, window, selectors, hand, press):
    selectors.hold()
    press(KEY.Key_K)
    hand.drag(*BOX)
    press(KEY.Key_Right)
    press(KEY.Key_Escape)
    selectors.go_on()
    qtbot.waitUntil(lambda: window.session.viewer.shown == 1)
    assert area(window) == 0


def test_an_answer_that_fails_lets_the_frame_go(qtbot, window, selectors, hand, press):
    selectors.hold()
    selectors.error = WeightsError("{path} does not exist", path="weights")
    press(KEY.Key_K)
    hand.drag(*BOX)
    press(KEY.Key_Right)
    selectors.go_on()
    qtbot.waitUntil(lambda: window.session.viewer.shown == 1)
    assert window.message_bar.text.text() == "weights does not exist"

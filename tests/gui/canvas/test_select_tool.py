"""The tool Select: clicks, scribbles and boxes become a mask, step by step, with real events.

The network is a stand-in that selects the even area at the last click.
"""

from itertools import cycle

import numpy as np
import pytest
from bright_square import AREA, wait_for
from fakes import FakeTracker
from hand import Hand
from PySide6.QtCore import QEvent, Qt
from steps import paint

from skn_annotator.errors import WeightsError
from skn_annotator.inference.directions import Direction

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
RIGHT = Qt.MouseButton.RightButton
INSIDE, GROUND = (16.5, 24.5), (50.5, 8.5)  # of the clip's bright square, 8-24, 16-32, and beside it


@pytest.fixture
def window(make_window, tracker, clip, selectors):
    """A window on the clip with the tool Select."""
    window = make_window(tracker, clip, selectors)
    window.actions_["select"].trigger()
    return window


@pytest.fixture
def lasso(window, hand):
    """Gives object 1 the area inside of a line, and takes Select again."""

    def draw(*points):
        window.actions_["lasso"].trigger()
        hand.drag(*points)
        window.actions_["select"].trigger()

    return draw


def area(window, object_id=1):
    mask = window.session.document.mask(0)
    return 0 if mask is None else int((mask == object_id).sum())


def test_a_click_finds_the_object_and_enter_keeps_it(qtbot, window, hand, press):
    hand.drag(INSIDE)
    wait_for(qtbot, window, AREA)
    assert window.session.document.annotation.mask(0) is None
    assert window.actions_["undo"].text() == "&Undo Click"
    press(Qt.Key.Key_Return)
    assert window.session.document.history.undo_name == "Select"
    expected = np.zeros((48, 64), np.uint8)
    expected[16:32, 8:24] = 1
    assert np.array_equal(window.session.document.annotation.mask(0), expected)


def test_escape_leaves_a_selection_and_redo_brings_it_back(qtbot, window, hand, press):
    hand.drag(INSIDE)
    wait_for(qtbot, window, AREA)
    press(Qt.Key.Key_Escape)
    assert (area(window), window.session.document.history.undo_name) == (0, None)
    assert window.actions_["redo"].text() == "&Redo Click"
    press(Qt.Key.Key_Y, CTRL)
    wait_for(qtbot, window, AREA)


def test_a_box_finds_the_object_in_it(qtbot, window, hand, selectors):
    hand.drag((4.5, 12.5), (28.5, 36.5))
    wait_for(qtbot, window, AREA)
    assert window.actions_["undo"].text() == "&Undo Box"
    assert selectors.prompts[-1].box == (4, 12, 29, 37)


@pytest.mark.parametrize("how", ["right button", "alt"])
def test_further_clicks_add_and_remove_and_undo_takes_the_last_one(qtbot, window, hand, press, how):
    hand.drag(GROUND)
    wait_for(qtbot, window, 48 * 64 - AREA)
    if how == "alt":
        hand.drag((2.5, 2.5), modifier=ALT)
    else:
        hand.drag((2.5, 2.5), button=RIGHT)
    wait_for(qtbot, window, 0)
    hand.drag(INSIDE)
    wait_for(qtbot, window, AREA)
    press(Qt.Key.Key_Z, CTRL)
    wait_for(qtbot, window, 0)
    press(Qt.Key.Key_Backspace)
    wait_for(qtbot, window, 48 * 64 - AREA)
    assert window.actions_["redo"].text() == "&Redo Click"
    press(Qt.Key.Key_Y, CTRL)
    wait_for(qtbot, window, 0)
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert not window.session.painter.selection.is_open
    assert window.session.document.history.undo_name is None


def test_a_scribble_is_clicks_along_it_and_is_followed_while_it_is_drawn(qtbot, window, hand, selectors):
    hand.drag(INSIDE)
    wait_for(qtbot, window, AREA)
    hand.press((30.5, 40.5))
    hand.move((50.5, 40.5))
    wait_for(qtbot, window, 48 * 64)  # the button is still down
    hand.move((60.5, 40.5))
    qtbot.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=hand.at((60.5, 40.5)))
    wait_for(qtbot, window, 48 * 64)
    xs = [click.xy[0] for click in selectors.prompts[-1].clicks[1:]]
    assert len(xs) > 2
    assert xs == sorted(xs)
    assert window.actions_["undo"].text() == "&Undo Stroke"


def test_the_first_click_on_a_mask_mends_it_where_it_is_clicked(qtbot, window, hand, lasso, selectors):
    lasso((8, 16), (24, 16), (24, 24), (8, 24))  # the upper half of the square
    lasso((40, 30), (50, 30), (50, 40), (40, 40))  # and what the network would take away
    half, far = area(window) - 100, 100
    hand.drag((16.5, 28.5))
    wait_for(qtbot, window, AREA + far)
    assert selectors.prompts[-1].mask.sum() == half + far
    hand.drag((45.5, 35.5), button=RIGHT)
    wait_for(qtbot, window, AREA)


def test_the_right_button_mends_a_mask_without_a_click_before(qtbot, window, hand, lasso):
    lasso((8, 16), (24, 16), (24, 32), (8, 32))
    lasso((40, 30), (50, 30), (50, 40), (40, 40))
    hand.drag((45.5, 35.5), button=RIGHT)
    wait_for(qtbot, window, AREA)


@pytest.mark.parametrize("how", ["ctrl", "switch"])
def test_a_selection_replaces_what_the_object_has(qtbot, window, hand, press, lasso, how):
    lasso((40, 30), (50, 30), (50, 40), (40, 40))
    if how == "switch":
        press(Qt.Key.Key_R, CTRL)
    hand.drag(INSIDE, modifier=CTRL if how == "ctrl" else Qt.KeyboardModifier.NoModifier)
    wait_for(qtbot, window, AREA)


def test_a_selection_cuts_down_what_the_object_has(qtbot, window, hand, lasso):
    lasso((0, 20), (40, 20), (40, 28), (0, 28))
    hand.drag(INSIDE, modifier=SHIFT)
    wait_for(qtbot, window, 8 * 16)


def test_locked_objects_keep_their_pixels(qtbot, window, hand, lasso):
    lasso((8, 16), (24, 16), (24, 24), (8, 24))
    window.session.document.set_locked(1, True)
    window.session.document.add_object()
    hand.drag((16.5, 28.5))
    qtbot.waitUntil(lambda: area(window, 2) == 8 * 16)
    assert area(window) == 8 * 16


def test_alt_chooses_another_object_while_nothing_is_selected(window, hand, lasso):
    lasso((8, 16), (24, 16), (24, 32), (8, 32))
    window.session.document.add_object()
    hand.drag(INSIDE, modifier=ALT)
    assert window.session.document.active == 1
    assert not window.session.painter.selection.is_open


def test_hovering_shows_what_a_click_would_select_and_changes_nothing(qtbot, window, hand):
    clean = window.canvas.grab().toImage()
    spots = cycle(((20.5, 28.5), INSIDE))

    def is_shown_while_the_mouse_moves():
        hand.move(next(spots))
        return window.session.preview.region is not None

    qtbot.waitUntil(is_shown_while_the_mouse_moves)
    region, origin = window.session.preview.region
    assert (region.sum(), origin) == (AREA, (8, 16))
    assert window.canvas.grab().toImage() != clean
    assert area(window) == 0
    hand.drag(INSIDE)
    wait_for(qtbot, window, AREA)
    assert window.session.preview.region is None
    leave = QEvent(QEvent.Type.Leave)
    window.canvas.leaveEvent(leave)
    assert window.session.preview.region is None


def test_nothing_is_previewed_while_a_pass_runs(qtbot, start_pass_in_window, selectors):
    _, hand = start_pass_in_window
    hand.move((30.5, 5.5))
    qtbot.wait(150)
    assert selectors.prompts == []
    assert selectors.prepared == []


def test_a_pass_waits_while_a_click_is_answered(qtbot, start_pass_in_window, tracker_of_pass, selectors):
    window, hand = start_pass_in_window
    selectors.hold()
    hand.drag((50.5, 40.5))
    qtbot.waitUntil(lambda: window.session.painter.selection.is_busy)
    done = window.session.tasks.passes.current.done
    tracker_of_pass.allow(4)
    qtbot.wait(150)
    assert window.session.tasks.passes.current.done <= done + 1
    selectors.go_on()
    qtbot.waitUntil(lambda: not window.session.painter.selection.is_busy)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current.done == done + 4)


@pytest.fixture
def tracker_of_pass():
    return FakeTracker(steps=0)


@pytest.fixture
def start_pass_in_window(qtbot, make_window, clip, selectors, tracker_of_pass):
    """A window whose pass has begun, with the tool Select, and its mouse."""
    window = make_window(tracker_of_pass, clip, selectors)
    paint(window.session)
    window.session.tasks.follow = False
    window.session.tasks.propagate(Direction.FORWARD)
    tracker_of_pass.allow(1)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current.latest == 0)
    window.actions_["select"].trigger()
    return window, Hand(qtbot, window.canvas)


def test_the_picture_is_looked_at_when_the_tool_is_taken_and_when_a_frame_rests(qtbot, window, selectors):
    qtbot.waitUntil(lambda: len(selectors.prepared) == 1)
    window.session.viewer.seek(2)
    window.session.viewer.seek(3)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 3)
    qtbot.waitUntil(lambda: len(selectors.prepared) == 2)
    assert np.array_equal(selectors.prepared[-1], window.session.viewer.frame)


def test_an_unsure_answer_is_said_in_the_status_line(qtbot, window, hand, selectors):
    selectors.confidence = 0.6
    hand.drag(INSIDE)
    wait_for(qtbot, window, AREA)
    assert window.toolbox.tool.hint.startswith("Not sure: click what is missing")
    assert window.findChild(object, "StatusLine").doing.text() == window.toolbox.tool.hint


def test_bad_input_is_answered_in_a_sentence(qtbot, window, hand, press):
    text = window.message_bar.text
    hand.drag((-1.0, -1.0))
    assert "lies outside of the picture" in text.text()
    window.message_bar.hide()
    hand.drag((-1.0, -1.0), (-0.2, 30.0))
    assert "lies outside of the picture" in text.text()
    hand.drag(INSIDE, button=RIGHT)
    assert "There is nothing of object 1 on this frame to take away" in text.text()
    assert not window.toolbox.tool.busy


def test_a_click_on_nothing_stays_and_says_so(qtbot, window, hand, press, selectors):
    selectors.finds = False
    hand.drag(INSIDE)
    qtbot.waitUntil(lambda: "Nothing was found here" in window.message_bar.text.text())
    selectors.finds = True
    hand.drag(INSIDE)
    wait_for(qtbot, window, AREA)


def test_weights_that_cannot_be_read_are_an_error_and_leave_nothing(qtbot, window, hand, selectors):
    selectors.error = WeightsError("{path} does not exist", path="clicks")
    hand.drag(INSIDE)
    qtbot.waitUntil(lambda: "does not exist" in window.message_bar.text.text())
    assert not window.session.painter.selection.is_open
    assert area(window) == 0


def test_weights_that_cannot_be_read_do_not_hinder_what_is_done_next(qtbot, window, hand, selectors):
    selectors.error = WeightsError("{path} does not exist", path="clicks")
    hand.drag(INSIDE)
    window.actions_["add_object"].trigger()
    qtbot.waitUntil(lambda: not window.session.verbs.is_waiting)
    assert "does not exist" in window.message_bar.text.text()
    assert len(window.session.document.annotation.objects) == 2


def test_the_key_stops_what_plays_and_takes_the_tool(qtbot, window, press):
    press(Qt.Key.Key_B)
    press(Qt.Key.Key_L)
    assert window.session.viewer.playback.playing
    press(Qt.Key.Key_K)
    assert not window.session.viewer.playback.playing
    assert window.toolbox.tool.name == "select"

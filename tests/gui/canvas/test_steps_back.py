"""One step back and forward in what is unfinished: corners of an outline, strokes of a selection, its box."""

import pytest
from bright_square import BOX, area, wait_for
from hand import Hand
from PySide6.QtCore import Qt

CTRL = Qt.KeyboardModifier.ControlModifier
RIGHT = Qt.MouseButton.RightButton
SQUARE = ((10.5, 10.5), (40.5, 10.5), (40.5, 40.5), (10.5, 40.5))


@pytest.fixture
def press(qtbot, window):
    """Presses a key on the canvas."""
    return lambda key, modifier=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(window.canvas, key, modifier)


@pytest.fixture
def corners(window, hand, press):
    """A polygon with three corners, not closed."""
    press(Qt.Key.Key_P)
    for corner in SQUARE[:3]:
        hand.drag(corner)
    return window.toolbox.tool


@pytest.fixture
def selected(qtbot, window, hand, press):
    """A selection of the bright square, not kept."""
    window.toolbox.set_radius(2)
    press(Qt.Key.Key_S)
    hand.drag(*BOX)
    wait_for(qtbot, window, 256)
    return window.session.painter.selection


def settle(qtbot, selection):
    qtbot.waitUntil(lambda: not selection.is_busy)


@pytest.mark.parametrize(
    "back", [(Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)]
)
def test_undo_and_backspace_take_corners_and_redo_brings_them_back(window, corners, press, back):
    assert window.actions_["undo"].text() == "&Undo Corner"
    for left in (2, 1, 0):
        press(*back)
        assert len(corners._points) == left
    assert window.actions_["redo"].text() == "&Redo Corner"
    for left in (1, 2, 3):
        press(Qt.Key.Key_Y, CTRL)
        assert len(corners._points) == left
    assert window.session.document.history.undo_name is None


def test_the_right_button_takes_corners_back_and_redo_brings_them(window, corners, press, hand):
    for left in (2, 1, 0):
        hand.drag((25.5, 25.5), button=RIGHT)
        assert len(corners._points) == left
    for left in (1, 2, 3):
        press(Qt.Key.Key_Y, CTRL)
        assert len(corners._points) == left
    assert window.session.document.history.undo_name is None


def test_redo_brings_back_the_outline_that_escape_left(window, corners, press, hand):
    press(Qt.Key.Key_Escape)
    assert not corners.busy
    press(Qt.Key.Key_Y, CTRL)
    assert len(corners._points) == 3
    hand.drag(SQUARE[3])
    press(Qt.Key.Key_Return)
    assert area(window) == pytest.approx(900, abs=61)
    assert not corners.forward_name


def test_an_outline_waits_on_its_frame(qtbot, window, corners, press):
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 1)
    assert not corners.busy
    assert window.message_bar.text.text() == "The outline on frame\u00a01 is not closed: it waits there"
    qtbot.mouseClick(window.message_bar.offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 0)
    assert len(corners._points) == 3
    press(Qt.Key.Key_B)
    assert not corners.busy
    press(Qt.Key.Key_P)
    assert len(corners._points) == 3


def test_undo_takes_the_strokes_of_a_selection_and_then_its_box(qtbot, window, hand, selected, press):
    whole = area(window)
    hand.drag((12.5, 24.5), (20.5, 24.5), button=RIGHT)
    settle(qtbot, selected)
    cut = area(window)
    hand.drag((28.5, 14.5))
    settle(qtbot, selected)
    assert cut < whole
    assert window.session.document.mask(0)[14, 28] == 1
    assert window.actions_["undo"].text() == "&Undo Stroke"
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, selected)
    assert area(window) == cut
    press(Qt.Key.Key_Backspace)
    settle(qtbot, selected)
    assert area(window) == whole
    press(Qt.Key.Key_Z, CTRL)
    assert (area(window), selected.is_open) == (0, False)
    for wanted in (whole, cut):
        press(Qt.Key.Key_Y, CTRL)
        wait_for(qtbot, window, wanted)
    press(Qt.Key.Key_Return)
    assert window.session.document.history.undo_name == "Select"
    assert area(window) == cut


def test_a_box_that_finds_nothing_stays_and_says_so(qtbot, window, hand, press):
    press(Qt.Key.Key_S)
    hand.drag((40.5, 4.5), (60.5, 12.5))  # nothing but the even ground
    settle(qtbot, window.session.painter.selection)
    assert window.session.painter.selection.box == (40, 4, 61, 13)
    assert "Nothing stands out in this box" in window.message_bar.text.text()
    window.toolbox.set_radius(2)
    hand.drag((48.5, 8.5), (52.5, 8.5))
    settle(qtbot, window.session.painter.selection)
    press(Qt.Key.Key_Return)
    assert window.session.document.mask(0)[8, 50] == 1


def test_another_frame_keeps_a_selection_and_offers_to_undo_that(qtbot, window, selected, press):
    press(Qt.Key.Key_Right)
    assert window.message_bar.text.text() == "The selection on frame\u00a01 was kept"
    assert window.session.document.history.undo_name == "Select"
    qtbot.mouseClick(window.message_bar.offer, Qt.MouseButton.LeftButton)
    assert window.session.document.annotation.mask(0) is None
    qtbot.waitUntil(lambda: window.session.viewer.shown == 0)


def test_what_a_stroke_changed_lights_up_and_fades(qtbot, window, hand, selected, press):
    qtbot.waitUntil(lambda: not window.canvas._flash._timer.isActive())
    calm = window.canvas.grab().toImage()
    with qtbot.waitSignal(selected.refined):
        hand.drag((12.5, 24.5), (20.5, 24.5), button=RIGHT)
    lit = window.canvas.grab().toImage()
    qtbot.waitUntil(lambda: not window.canvas._flash._timer.isActive())
    assert calm != lit != window.canvas.grab().toImage()


@pytest.mark.parametrize("how", ["ctrl", "switch"])
@pytest.mark.parametrize("key", [Qt.Key.Key_D, Qt.Key.Key_P, Qt.Key.Key_S])
def test_an_outline_or_a_box_replaces_what_the_object_has(qtbot, window, hand, press, how, key):
    press(Qt.Key.Key_D)
    far = ((50.5, 2.5), (60.5, 2.5), (60.5, 10.5), (50.5, 10.5))
    hand.drag(*far)
    assert window.session.document.mask(0)[5, 55] == 1
    modifier = CTRL if how == "ctrl" else Qt.KeyboardModifier.NoModifier
    if how == "switch":
        press(Qt.Key.Key_R, CTRL)
        assert window.actions_["replace"].isChecked()
    press(key)
    if key == Qt.Key.Key_S:
        hand.drag(*BOX, modifier=modifier)
        wait_for(qtbot, window, 256)
    elif key == Qt.Key.Key_D:
        hand.drag(*SQUARE, modifier=modifier)
    else:
        for corner in SQUARE:
            hand.drag(corner, modifier=modifier)
    press(Qt.Key.Key_Return)
    mask = window.session.document.mask(0)
    assert (mask[5, 55], mask[24, 16]) == (0, 1)
    window.session.undo()
    assert window.session.document.mask(0)[5, 55] == 1


def test_enter_waits_for_the_answer_that_is_on_its_way(qtbot, window, hand, press):
    press(Qt.Key.Key_S)
    hand.drag(*BOX)
    assert window.session.painter.selection.is_busy
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.document.history.undo_name == "Select")
    assert area(window) == 256


@pytest.mark.parametrize("then", ["add_object", "next", "brush", "forward", "close"])
def test_whatever_is_done_next_waits_for_the_answer_too(qtbot, make_window, tracker, clip, then):
    window = make_window(tracker, clip)
    window.actions_["box"].trigger()
    Hand(qtbot, window.canvas).drag(*BOX)
    assert window.session.painter.selection.is_busy
    window.actions_[then].trigger()
    if then == "next":
        qtbot.waitUntil(lambda: window.session.viewer.position == 1)
    qtbot.waitUntil(lambda: not window.session.verbs.is_waiting)
    if then == "close":  # it closes a moment after what waited, and is saved then
        qtbot.waitUntil(lambda: window.session.project.sequence is None)
    again = make_window(tracker, clip) if then == "close" else window
    qtbot.waitUntil(lambda: area(again) == 256)

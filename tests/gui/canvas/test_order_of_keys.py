"""While gestures wait for an answer, the keys, tools and steps that follow them keep their order."""

import pytest
from bright_square import AREA, BOX
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

KEY = Qt.Key
CORNERS = ((4.5, 36.5), (20.5, 36.5), (20.5, 46.5), (4.5, 46.5))


@pytest.fixture
def ending(window, selectors, hand, press):
    """A box whose answer is held is to be kept, and object 2 is painted next."""
    window.session.document.add_object()
    window.session.document.choose(1)
    selectors.hold()
    press(KEY.Key_K)
    hand.drag(*BOX)
    press(KEY.Key_Return)
    press(KEY.Key_2)


def click_corners(hand, count=4):
    for corner in CORNERS[:count]:
        hand.drag(corner)


def area(window, object_id, t=0):
    mask = window.session.document.mask(t)
    return 0 if mask is None else int((mask == object_id).sum())


@pytest.mark.parametrize("tool", ["polygon", "magnetic"])
def test_enter_closes_the_outline_that_waits(window, ending, hand, press, answer, tool):
    window.actions_[tool].trigger()
    click_corners(hand)
    press(KEY.Key_Return)
    answer()
    assert area(window, 1) == AREA
    assert area(window, 2) > 100
    assert not window.toolbox.tool.busy


def test_backspace_takes_a_corner_back_that_waits(window, ending, hand, press, answer):
    press(KEY.Key_P)
    click_corners(hand)
    press(KEY.Key_Backspace)
    press(KEY.Key_Return)
    answer()
    assert area(window, 2) == pytest.approx(16 * 10 / 2, abs=12)  # a triangle


def test_the_right_button_takes_a_corner_back_that_waits(window, ending, hand, press, answer):
    press(KEY.Key_P)
    click_corners(hand)
    hand.drag(CORNERS[3], button=Qt.MouseButton.RightButton)
    assert window.findChild(QMenu, "canvas") is None
    press(KEY.Key_Return)
    answer()
    assert area(window, 2) == pytest.approx(16 * 10 / 2, abs=12)


def test_escape_drops_the_outline_that_waits_and_not_the_selection(window, ending, hand, press, answer):
    press(KEY.Key_P)
    click_corners(hand)
    press(KEY.Key_Escape)
    answer()
    assert (area(window, 1), area(window, 2), window.toolbox.tool.busy) == (AREA, 0, False)


def test_enter_keeps_the_second_selection_too(qtbot, window, ending, hand, press, answer):
    hand.drag(*BOX, modifier=Qt.KeyboardModifier.ControlModifier)
    press(KEY.Key_Return)
    answer()
    qtbot.waitUntil(lambda: window.session.document.draft is None)
    assert (area(window, 1), area(window, 2)) == (0, AREA)
    assert window.session.document.history.undo_name == "Select"


def test_another_tool_is_taken_after_the_outline_that_waits(window, ending, hand, press, answer):
    press(KEY.Key_P)
    click_corners(hand)
    press(KEY.Key_Return)
    press(KEY.Key_B)
    press(KEY.Key_BracketRight)
    radius = window.toolbox.radius
    hand.drag((50.5, 6.5), (54.5, 6.5))
    answer()
    assert window.toolbox.tool.name == "brush"
    assert window.toolbox.radius > radius
    assert window.session.document.history.undo_name == "Brush"
    assert not window.toolbox.tools["polygon"].busy
    assert window.session.document.mask(0)[6, 52] == 2


def test_an_outline_that_waited_is_left_with_its_tool(window, ending, hand, press, answer):
    press(KEY.Key_P)
    click_corners(hand, 3)
    press(KEY.Key_B)
    answer()
    polygon = window.toolbox.tools["polygon"]
    assert (polygon.busy, polygon.left) == (False, (0,))
    press(KEY.Key_P)
    press(KEY.Key_Return)
    assert area(window, 2) > 0


def test_a_step_between_strokes_that_wait_is_made_in_its_turn(qtbot, window, ending, hand, press, answer):
    press(KEY.Key_B)
    press(KEY.Key_Right)
    hand.drag((50.5, 6.5), (54.5, 6.5))  # on the frame that is seen
    press(KEY.Key_Right)
    answer()
    qtbot.waitUntil(lambda: window.session.viewer.shown == window.session.viewer.position)
    assert window.session.viewer.shown == 2
    assert window.session.document.mask(0)[6, 52] == 2
    assert set(window.session.document.annotation.frames()) == {0}


def test_a_step_after_a_stroke_that_waits_is_made(qtbot, window, ending, hand, press, answer):
    press(KEY.Key_B)
    hand.drag((50.5, 6.5), (54.5, 6.5))
    press(KEY.Key_Right)
    answer()
    qtbot.waitUntil(lambda: window.session.viewer.shown == 1)
    assert window.session.document.mask(0)[6, 52] == 2

"""Add, replace or cut down: the switch beside the hint, its keys, and what the tools do with it."""

import pytest
from bright_square import area, wait_for
from fakes import FakeSelectors
from PySide6.QtCore import Qt

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT = Qt.MouseButton.LeftButton
INSIDE = (16.5, 29.5)  # of the clip's bright square, 8-24, 16-32, below the band
BAND = ((0, 20), (40, 20), (40, 28), (0, 28))
SQUARE, ACROSS, BOTH = 256, 320, 8 * 16
AREAS = {"add": SQUARE + ACROSS - BOTH, "replace": SQUARE, "intersect": BOTH}
KEYS = {"replace": CTRL, "intersect": SHIFT, "add": CTRL | SHIFT}


@pytest.fixture
def window(make_window, tracker, clip):
    """A window on the clip, whose first object has a band across the square, with the tool Select."""
    return make_window(tracker, clip, FakeSelectors())


@pytest.fixture
def switch(window, hand):
    window.actions_["lasso"].trigger()
    hand.drag(*BAND)
    window.actions_["select"].trigger()
    return window._status_line.switch


@pytest.fixture
def choose(qtbot, window, switch):
    """Chooses what becomes of the object's pixels, by a click on the switch or by its key."""

    def choose(name, how):
        if how == "mouse":
            qtbot.mouseClick(switch.buttons[name], LEFT)
        else:
            qtbot.keyClick(window.canvas, Qt.Key.Key_R, KEYS[name])

    return choose


def checked(switch):
    return [name for name, button in switch.buttons.items() if button.isChecked()]


@pytest.mark.parametrize("how", ["mouse", "key"])
@pytest.mark.parametrize("name", AREAS)
def test_a_click_on_the_object_adds_replaces_or_cuts_down(qtbot, window, hand, switch, choose, name, how):
    assert checked(switch) == ["add"]
    for other in AREAS:
        choose(other, how)
        assert checked(switch) == [other]
    choose(name, how)
    if name not in checked(switch):  # its own key once more leads back
        choose(name, how)
    hand.drag(INSIDE)
    mended = ACROSS + 16 * 4  # a click adds the part that it is in
    wait_for(qtbot, window, mended if name == "add" else AREAS[name])


def test_the_same_key_once_more_adds_again(switch, choose):
    for name in ("replace", "intersect"):
        choose(name, "key")
        choose(name, "key")
        assert checked(switch) == ["add"]


@pytest.mark.parametrize("how", ["mouse", "key"])
def test_what_is_selected_already_is_combined_anew(qtbot, window, hand, switch, choose, how):
    hand.drag((4.5, 12.5), (28.5, 36.5))
    wait_for(qtbot, window, AREAS["add"])
    for name in ("replace", "intersect", "add"):
        choose(name, how)
        wait_for(qtbot, window, AREAS[name])
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.painter.selection.is_open)
    assert area(window) == AREAS["add"]


def test_gestures_stay_when_it_is_combined_anew(qtbot, window, hand, switch, choose):
    selection = window.session.painter.selection
    hand.drag((4.5, 12.5), (28.5, 36.5))
    for _ in range(2):
        hand.drag(INSIDE)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, CTRL)
    choose("intersect", "mouse")
    wait_for(qtbot, window, BOTH)
    assert len(selection.gestures) == 2
    assert window.actions_["redo"].text() == "&Redo Click"


@pytest.mark.parametrize(("modifier", "name"), [(CTRL, "replace"), (SHIFT, "intersect")])
def test_a_key_that_is_held_counts_for_one_selection(qtbot, window, hand, switch, modifier, name):
    hand.drag(INSIDE, modifier=modifier)
    wait_for(qtbot, window, AREAS[name])
    assert checked(switch) == [name]
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.painter.selection.is_open)
    assert checked(switch) == ["add"]


@pytest.mark.parametrize("tool", ["lasso", "polygon"])
def test_an_outline_cuts_the_object_down(qtbot, window, hand, switch, choose, tool):
    choose("intersect", "mouse")
    window.actions_[tool].trigger()
    corners = ((8, 10), (24, 10), (24, 40), (8, 40))
    if tool == "lasso":
        hand.drag(*corners)
    else:
        for corner in corners:
            hand.drag(corner)
        qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert area(window) == BOTH
    if tool == "lasso":
        hand.drag((0, 0), (60, 0), (60, 47), (0, 47))
        assert "has nothing outside of this line" in window.message_bar.text.text()
    window.session.undo()
    assert area(window) == ACROSS


def test_an_object_without_pixels_cannot_be_cut_down(window, hand, switch, choose):
    window.session.document.add_object()
    choose("intersect", "mouse")
    hand.drag(INSIDE)
    assert "There is nothing of object 2 on this frame to cut down" in window.message_bar.text.text()
    assert not window.toolbox.tool.busy


def test_it_is_shown_where_the_tool_can_do_it(window, switch):
    shown = []
    for name in ("brush", "select", "fill", "box", "move", "polygon", "eraser", "magnetic"):
        window.actions_[name].trigger()
        shown.append(switch.isVisible())
    assert shown == [False, True] * 4

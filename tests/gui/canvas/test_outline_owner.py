"""An outline that is not closed belongs to the object that it was begun for."""

import pytest
from hand import Hand
from PySide6.QtCore import Qt

KEY = Qt.Key
CORNERS = ((10.5, 10.5), (40.5, 10.5), (40.5, 40.5))


@pytest.fixture
def press(qtbot, window):
    """Presses a key on the canvas."""
    return lambda key: qtbot.keyClick(window.canvas, key)


def draw(qtbot, window, tool="polygon"):
    window.actions_[tool].trigger()
    for corner in CORNERS:
        Hand(qtbot, window.canvas).drag(corner)


def owner(window, t=0):
    mask = window.session.document.mask(t)
    return 0 if mask is None else int(mask[15, 35])


@pytest.mark.parametrize("tool", ["polygon", "magnetic"])
def test_another_object_is_chosen_and_the_outline_stays_with_the_first(qtbot, window, press, tool):
    draw(qtbot, window, tool)
    window.session.document.add_object()
    press(KEY.Key_Return)
    assert (owner(window), window.session.document.active) == (1, 2)


def test_a_waiting_outline_is_given_to_the_object_that_it_was_begun_for(qtbot, window, press):
    draw(qtbot, window)
    press(KEY.Key_N)
    press(KEY.Key_Right)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 1)
    press(KEY.Key_Left)
    qtbot.waitUntil(lambda: window.toolbox.tool.busy)
    press(KEY.Key_Return)
    assert (owner(window), window.session.document.active) == (1, 2)


def test_it_knows_its_object_when_the_video_is_opened_again(qtbot, make_window, tracker, clip):
    window = make_window(tracker, clip)
    window.session.document.add_object()
    window.session.document.choose(1)
    draw(qtbot, window)
    window.session.document.choose(2)
    assert window.close()
    again = make_window(tracker, clip)
    assert again.session.document.active == 2
    again.actions_["polygon"].trigger()
    qtbot.keyClick(again.canvas, KEY.Key_Return)
    assert owner(again) == 1


def test_where_its_object_is_gone_it_is_the_active_ones(qtbot, window, press):
    window.session.document.add_object()
    draw(qtbot, window)
    window.actions_["delete_everywhere"].trigger()
    assert window.session.document.active == 1
    press(KEY.Key_Return)
    assert owner(window) == 1


def test_it_is_not_lost_where_its_object_was_locked_meanwhile(qtbot, window, press):
    draw(qtbot, window)
    window.session.document.set_locked(1, True)
    press(KEY.Key_Return)
    assert (owner(window), window.toolbox.tool.busy) == (0, True)
    assert "is locked" in window.message_bar.text.text()
    window.session.document.set_locked(1, False)
    press(KEY.Key_Return)
    assert owner(window) == 1

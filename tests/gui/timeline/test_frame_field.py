"""The number of the frame is typed over to go to another one."""

import pytest
from PySide6.QtCore import Qt


@pytest.fixture
def field(qtbot, window):
    """The field, with the keyboard."""
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    return window.transport.where


def test_enter_goes_to_the_number_and_gives_the_keyboard_back(qtbot, window, field):
    assert (field.text(), window.focusWidget()) == ("frame 1 / 12", field)
    qtbot.keyClicks(field, "7")
    assert window.session.viewer.position == 0
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.viewer.position == 6
    assert (field.text(), window.focusWidget()) == ("frame 7 / 12", window.canvas)


def test_escape_leaves_it_as_it_was(qtbot, window, field):
    qtbot.keyClicks(field, "9")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), window.session.viewer.position) == ("frame 1 / 12", 0)
    assert window.focusWidget() is window.canvas


def test_a_frame_that_does_not_exist_cannot_be_typed(qtbot, window, field):
    qtbot.keyClicks(field, "99")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.viewer.position == 8

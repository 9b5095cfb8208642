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


@pytest.mark.parametrize(("typed", "position"), [("99", 11), ("13", 11), ("0", 0)])
def test_beyond_the_video_it_goes_to_the_nearest_frame(qtbot, window, field, typed, position):
    window.session.viewer.seek(5)
    field.selectAll()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.viewer.position == position
    assert field.text() == f"frame {position + 1} / 12"

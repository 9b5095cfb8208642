"""The lab, open on the last frame of a pass."""

import pytest
from PySide6.QtCore import Qt

Key = Qt.Key


@pytest.fixture
def lab(qtbot, window, hand):
    """Object 1 on frame 1, propagated to the end; frame 12 is shown, and the lab is open."""
    hand.drag((20.5, 20.5))
    hand.move((60, 45))
    qtbot.keyClick(window.canvas, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None and window.session.viewer.shown == 11)
    assert not window.lab.is_open  # until it is asked for
    qtbot.keyClick(window.canvas, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    lab = window.lab.lab
    qtbot.waitUntil(lambda: window.session.viewer.thumbnail(0) is not None)
    qtbot.waitUntil(lambda: bool(lab.matches.places))
    return lab

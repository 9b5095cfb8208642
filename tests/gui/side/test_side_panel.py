"""What the panel says to do next."""

from PySide6.QtCore import Qt


def test_a_frame_says_which_objects_are_absent_on_it_by_decision(qtbot, window, hand):
    session, guide = window.session, window.side._guide
    hand.drag((16.0, 24.0))
    qtbot.keyClick(window.canvas, Qt.Key.Key_N)
    assert "Absent" not in guide.text()  # object 2 is nowhere yet
    hand.drag((40.0, 24.0))
    assert "Absent" not in guide.text()
    qtbot.keyClick(window.canvas, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: session.viewer.shown == session.document.annotation.length - 1)
    hand.drag((40.0, 24.0))
    assert "Absent" not in guide.text()  # of object 1 nothing was said
    qtbot.keyClick(window.canvas, Qt.Key.Key_R)
    assert "object 1" in guide.text()
    assert "Absent" in guide.text()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: session.viewer.shown == 0)
    assert "Absent" not in guide.text()
    qtbot.keyClick(window.canvas, Qt.Key.Key_End)
    qtbot.keyClick(window.canvas, Qt.Key.Key_R)
    assert "Absent" not in guide.text()  # no reference frame any more

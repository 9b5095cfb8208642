"""What the demo says about itself stays while there is something left of it to do, and no longer."""

from hand import Hand
from PySide6.QtCore import Qt

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_the_hint_of_the_demo_goes_when_its_last_step_is_done(qtbot, make_window, tracker):
    window = make_window(tracker)
    session, bar = window.session, window.message_bar
    with qtbot.waitSignal(session.viewer.frame_shown):
        window.open_demo()
    hint = bar.text.text()
    assert hint.startswith("Two red balls")

    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None, timeout=60_000)
    session.viewer.seek(30)
    qtbot.waitUntil(lambda: session.viewer.shown == 30)
    assert bar.text.text() == hint
    Hand(qtbot, window.canvas).drag((60.5, 60.5), (90.5, 60.5))
    assert session.tasks.stale()
    assert bar._shown is not None
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, SHIFT)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None, timeout=60_000)
    assert not session.tasks.stale()
    assert bar._shown is None

"""What the demo says about itself: each step when its turn comes, and nothing when the last one is done."""

from hand import Hand
from PySide6.QtCore import Qt

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_the_hints_of_the_demo_follow_its_steps(qtbot, make_window, tracker):
    window = make_window(tracker)
    session, bar = window.session, window.message_bar

    def run_pass(modifier):
        qtbot.keyClick(window.canvas, Qt.Key.Key_Return, modifier)
        assert bar._shown is None
        qtbot.waitUntil(lambda: session.tasks.passes.current is None)

    with qtbot.waitSignal(session.viewer.frame_shown):
        window.open_demo()
    assert bar.text.text().startswith("Two red balls")
    run_pass(CTRL)
    hint = bar.text.text()
    assert hint.startswith("A small blue ball")
    qtbot.keyClick(window.canvas, Qt.Key.Key_C)
    assert bar.text.text() != hint
    assert bar.under.text.text() == hint, "what C says does not cover what to do there"
    bar.closer.click()
    session.viewer.seek(30)
    qtbot.waitUntil(lambda: session.viewer.shown == 30)
    assert bar.text.text() == hint
    Hand(qtbot, window.canvas).drag((60.5, 60.5), (90.5, 60.5))
    assert session.tasks.stale()
    assert bar.text.text().startswith("That ball is right")
    session.undo()
    assert bar.text.text() == hint
    session.document.redo()
    run_pass(SHIFT)
    assert not session.tasks.stale()
    assert bar._shown is None


def test_a_hint_that_is_closed_is_gone_until_the_next_step(qtbot, make_window, tracker):
    window = make_window(tracker)
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        window.open_demo()
    qtbot.mouseClick(window.message_bar.closer, Qt.MouseButton.LeftButton)
    assert window.message_bar._shown is None
    qtbot.keyClick(window.canvas, Qt.Key.Key_N)
    assert window.message_bar._shown is None


def test_another_video_has_none(window):
    assert window.message_bar._shown is None

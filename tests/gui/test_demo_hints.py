"""What the demo says about itself: each step when its turn comes, and nothing when the last one is done."""

import pytest
from demo_scene import demo_scene
from fakes import FakeTracker
from hand import Hand
from PySide6.QtCore import Qt

from skn_annotator.gui.demo_hints import BLUE_BALL

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class TakesBall(FakeTracker):
    """Finds an object all over the lower part of each frame."""

    def _found(self, *given):
        mask, sure = super()._found(*given)
        mask[240:] = 1
        return mask, sure


@pytest.fixture(scope="module")
def ids():
    """The truth of the frame that tells whether the blue ball was taken; it is rendered small."""
    *_, (_, ids) = (each for each, _ in zip(demo_scene((120, 214), 1), range(BLUE_BALL[0] + 1), strict=False))
    return ids


def test_what_tells_that_the_blue_ball_was_taken_is_the_blue_ball(ids):
    (x, y), blue = BLUE_BALL[1], 3
    assert (ids[(y - 20) // 4 : (y + 20) // 4, (x - 20) // 4 : (x + 20) // 4] == blue).all()


def test_a_ball_that_was_not_taken_is_not_talked_of(qtbot, make_window, tracker):
    window = make_window(tracker)
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        window.open_demo()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    assert window.message_bar.text.text().startswith("Every frame has its masks now: C goes")


def test_the_hints_of_the_demo_follow_its_steps(qtbot, make_window):
    window = make_window(TakesBall())
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


def test_who_stopped_the_pass_is_not_told_how_to_begin_it(qtbot, make_window):
    tracker = FakeTracker(steps=5)
    window = make_window(tracker)
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        window.open_demo()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(window.session.document.annotation.frames()) > 2)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.session.tasks.passes.current is None
    assert window.message_bar._shown is None
    tracker.go_on()


def test_another_video_has_none(window):
    assert window.message_bar._shown is None

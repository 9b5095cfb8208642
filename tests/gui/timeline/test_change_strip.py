"""The row of the timeline that shows what the latest pass changed, and the keys that go there."""

import pytest
from hand import Hand
from PySide6.QtCore import Qt

from skn_annotator.gui.canvas.earlier_masks import EarlierMasks
from skn_annotator.gui.look import theme
from skn_annotator.gui.timeline.change_strip import STRIP

_BAR = 10


def bar(window, t):
    """How many pixels high the tick of frame t is, and its colour."""
    image = window.timeline.grab().toImage()
    bottom = window.timeline.height() - _BAR
    x = round(window.timeline.x_of(t)) + 6
    colors = [image.pixelColor(x, y) for y in range(bottom - STRIP, bottom)]
    marked = [c for c in colors if c != theme.color("well")]
    return len(marked), marked[0] if marked else None


@pytest.fixture
def passed(qtbot, window, hand):
    """Frames 2-6 propagated; frame 1 painted on; propagated again, to the end."""
    session = window.session
    hand.drag((20.5, 20.5))
    session.viewer.select_range(1, 5)
    window.actions_["range"].trigger()
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    session.viewer.clear_range()
    session.viewer.seek(0)
    qtbot.waitUntil(lambda: session.viewer.shown == 0)
    hand.drag((44.5, 40.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None and session.viewer.shown == 11)
    session.viewer.seek(9)
    qtbot.waitUntil(lambda: session.viewer.shown == 9)
    return window


def test_a_changed_frame_has_a_bar_and_a_new_one_a_line(qtbot, passed):
    qtbot.waitUntil(lambda: bar(passed, 3)[0] > 4)
    assert bar(passed, 3)[1] == theme.color("accent")
    qtbot.waitUntil(lambda: bar(passed, 8) == (2, theme.color("faint")))  # painted a moment later
    assert bar(passed, 0)[0] == 0  # the reference frame


def test_undo_takes_the_marks_away_and_redo_brings_them_again(qtbot, passed):
    qtbot.waitUntil(lambda: bar(passed, 3)[0] > 4)
    qtbot.keyClick(passed.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bar(passed, 3)[0] == bar(passed, 8)[0] == 0)
    passed.session.document.redo()
    qtbot.waitUntil(lambda: bar(passed, 3)[0] > 4)


def test_another_pass_replaces_the_marks(qtbot, passed):
    session = passed.session
    session.viewer.seek(0)
    qtbot.waitUntil(lambda: bar(passed, 3)[0] > 4)
    qtbot.keyClick(passed.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    qtbot.waitUntil(lambda: bar(passed, 3)[0] == 0)  # nothing changed this time


def test_another_video_has_no_marks(qtbot, passed, clip):
    project, viewer = passed.session.project, passed.session.viewer
    qtbot.waitUntil(lambda: bar(passed, 8)[0] > 0)
    passed.open(clip)
    qtbot.waitUntil(lambda: not project.is_opening and viewer.frame is not None)
    qtbot.waitUntil(lambda: bar(passed, 8)[0] == 0)  # painted a moment later


def test_keys_go_to_what_changed_most_while_x_shows_what_was_there(qtbot, passed):
    canvas, flag = passed.canvas, passed.canvas.findChild(EarlierMasks)
    qtbot.keyPress(canvas, Qt.Key.Key_X)
    qtbot.keyClick(canvas, Qt.Key.Key_Comma)
    qtbot.waitUntil(lambda: passed.session.viewer.shown in range(1, 6))
    assert flag.isVisible()
    assert flag.text() == "Before Propagate 2-12"
    qtbot.keyRelease(canvas, Qt.Key.Key_X)
    there = passed.session.viewer.position
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    qtbot.keyClick(canvas, Qt.Key.Key_Period)
    assert passed.session.viewer.position == there


def test_the_card_says_how_much_a_frame_changed(passed):
    card = passed.timeline._card
    card.show_frame(3, passed.timeline, 400)
    assert card._state.text().endswith("% changed")
    card.show_frame(8, passed.timeline, 400)
    assert card._state.text().endswith("% certain")


def test_without_a_pass_the_keys_do_nothing(qtbot, window):
    assert not window.actions_["next_changed"].isEnabled()
    Hand(qtbot, window.canvas).move((20.5, 20.5))
    assert bar(window, 3)[0] == 0

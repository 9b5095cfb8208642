"""X held down: the masks from before the last pass."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from skn_annotator.gui.canvas.earlier_masks import EarlierMasks


@pytest.fixture
def passed(qtbot, window, hand):
    """Object 1 propagated from frame 1, corrected there, propagated again; frame 6 is shown."""
    session = window.session
    for xy in ((20.5, 20.5), (44.5, 40.5)):
        session.viewer.seek(0)
        qtbot.waitUntil(lambda: session.viewer.shown == 0)
        hand.drag(xy)
        qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    session.viewer.seek(5)
    qtbot.waitUntil(lambda: session.viewer.shown == 5)
    return window


def colour_at(window, xy):
    x, y = window.canvas.view.to_widget(xy)
    return window.canvas.grab().toImage().pixelColor(round(x), round(y))


def test_while_x_is_held_the_canvas_shows_and_says_what_was_before(qtbot, passed):
    flag = passed.canvas.findChild(EarlierMasks)
    new = (50.5, 40.5)  # where the correction arrived on this frame
    painted = colour_at(passed, new)
    assert not flag.isVisible()
    qtbot.keyPress(passed.canvas, Qt.Key.Key_X)
    assert flag.isVisible()
    assert flag.text() == "Before Propagate 2-12"
    assert colour_at(passed, new) != painted
    qtbot.keyRelease(passed.canvas, Qt.Key.Key_X)
    assert not flag.isVisible()
    assert colour_at(passed, new) == painted


def test_a_repeated_key_does_not_flicker_and_stepping_goes_on(qtbot, passed):
    flag = passed.canvas.findChild(EarlierMasks)
    qtbot.keyPress(passed.canvas, Qt.Key.Key_X)
    no = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        QApplication.sendEvent(passed.canvas, QKeyEvent(kind, Qt.Key.Key_X, no, "x", autorep=True))
        assert flag.isVisible()
    qtbot.keyClick(passed.canvas, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: passed.session.viewer.shown == 0)
    assert flag.text() == "The last pass changed nothing here"
    QApplication.sendEvent(passed, QEvent(QEvent.Type.WindowDeactivate))
    assert not flag.isVisible()


def test_nothing_is_painted_on_what_was_before(qtbot, passed, hand):
    passed.actions_["before"].trigger()
    assert passed.actions_["before"].isChecked()
    hand.drag((10.5, 10.5))
    assert passed.message_bar.text.text() == "Masks from before the last pass are shown: X shows those of now"
    assert passed.session.document.history.undo_name == "Propagate 2-12"
    passed.actions_["before"].trigger()
    hand.drag((10.5, 10.5))
    assert passed.session.document.history.undo_name == "Brush"


def test_an_x_in_a_name_is_a_letter(qtbot, passed):
    row = passed.side.objects.row(1)
    qtbot.mouseDClick(row, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(row.editor, "x")
    assert row.editor.text() == "x"
    assert not passed.canvas.findChild(EarlierMasks).isVisible()


def test_without_a_pass_there_is_nothing_to_look_at(window):
    assert not window.actions_["before"].isEnabled()

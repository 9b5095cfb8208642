"""Clean-up and the clipboard in the window, with real keys."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from states import state

from skn_annotator.gui.dialogs.cleanup_dialog import CleanUpDialog
from skn_annotator.inference.directions import Direction

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def session(qtbot, window, hand):
    """A square and a speck of object 1 on all frames, the speck carried along."""
    session = window.session
    session.painter.paint_polygon([(10, 10), (26, 10), (26, 26), (10, 26)], False, "Polygon")
    session.painter.paint_polygon([(2, 40), (4, 40), (4, 42), (2, 42)], False, "Polygon")
    session.tasks.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    session.viewer.seek(0)
    qtbot.waitUntil(lambda: session.viewer.shown == 0)
    return session


def press(qtbot, window, key, modifiers):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.canvas, key, modifiers)


def test_specks_are_removed_over_a_range_in_one_edit(qtbot, window, session):
    before = state(session.document.annotation)
    session.viewer.select_range(3, 7)
    press(qtbot, window, Qt.Key.Key_G, CONTROL | SHIFT)
    dialog = window.findChild(CleanUpDialog)
    assert (dialog.first.value(), dialog.last.value()) == (4, 8)
    dialog.steps.setValue(0)
    dialog.specks.setValue(10)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    sizes = [(session.document.mask(t) == 1).sum() for t in range(12)]
    assert sizes == [260] * 3 + [256] * 5 + [260] * 4
    press(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert state(session.document.annotation) == before


def test_the_preview_shows_what_goes(qtbot, window, session):
    window.actions_["clean_up"].trigger()
    dialog = window.findChild(CleanUpDialog)
    dialog.steps.setValue(0)
    dialog.specks.setValue(0)
    plain = dialog.preview.picture.pixmap().toImage()
    dialog.specks.setValue(10)
    marked = dialog.preview.picture.pixmap().toImage()
    x, y = round(3 * marked.width() / 64), round(41 * marked.height() / 48)
    assert plain.pixelColor(x, y) != marked.pixelColor(x, y)
    assert marked.pixelColor(x, y).red() > 200
    dialog.preview.slider.setValue(5)
    assert dialog.preview.frame == 5
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_an_object_that_is_not_on_the_frames_cannot_be_cleaned_up(qtbot, window, session):
    session.document.add_object()
    window.actions_["clean_up"].trigger()
    dialog = window.findChild(CleanUpDialog)
    assert "None of the objects" in dialog.notes.text()
    assert not dialog.go.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_an_object_is_copied_and_pasted_onto_another_frame(qtbot, window, session):
    press(qtbot, window, Qt.Key.Key_C, CONTROL)
    session.viewer.seek(9)
    qtbot.waitUntil(lambda: session.viewer.shown == 9)
    before = state(session.document.annotation)
    press(qtbot, window, Qt.Key.Key_V, CONTROL)
    np.testing.assert_array_equal(session.document.mask(9), session.document.mask(0))
    assert session.document.annotation.decided(9) == {1}
    press(qtbot, window, Qt.Key.Key_Z, CONTROL)
    assert state(session.document.annotation) == before


def test_all_objects_are_pasted_into_the_range(qtbot, window, session):
    session.document.add_object()
    session.painter.paint_polygon([(40, 30), (50, 30), (50, 40), (40, 40)], False, "Polygon")
    press(qtbot, window, Qt.Key.Key_C, CONTROL | SHIFT)
    session.viewer.select_range(4, 6)
    assert window.actions_["paste_range"].isEnabled()
    press(qtbot, window, Qt.Key.Key_V, CONTROL | SHIFT)
    for t in (4, 5, 6):
        np.testing.assert_array_equal(session.document.mask(t), session.document.mask(0))
    assert session.document.annotation.ids_at(7) == {1}
    assert session.document.history.undo_name == "Paste masks"


def test_what_cannot_be_copied_or_pasted_is_said(qtbot, window, session):
    assert not window.actions_["paste"].isEnabled()
    session.document.add_object()
    with qtbot.waitSignal(session.noticed) as heard:
        press(qtbot, window, Qt.Key.Key_C, CONTROL)
    assert heard.args[0].text == "There is nothing to copy on this frame"
    session.document.choose(1)
    press(qtbot, window, Qt.Key.Key_C, CONTROL)
    session.document.set_locked(1, True)
    with qtbot.waitSignal(session.noticed) as heard:
        press(qtbot, window, Qt.Key.Key_V, CONTROL)
    assert "is locked" in heard.args[0].text

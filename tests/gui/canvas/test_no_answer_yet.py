"""While the answer to a selection is on its way, the window stands still for nothing that is done next."""

import pytest
from bright_square import AREA, BOX
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

KEY = Qt.Key


@pytest.fixture
def select(window, selectors, hand, press):
    """A box whose answer is held."""
    selectors.hold()
    press(KEY.Key_K)
    hand.drag(*BOX)
    assert window.session.painter.selection.is_busy


def area(window, object_id=1):
    mask = window.session.document.mask(0)
    return 0 if mask is None else int((mask == object_id).sum())


def names(window):
    return [o.name for o in window.session.document.annotation.objects]


def test_an_object_is_added_when_the_answer_is_there(window, select, press, answer):
    press(KEY.Key_N)
    assert len(names(window)) == 1
    answer()
    assert (len(names(window)), window.session.document.active, area(window)) == (2, 2, AREA)
    assert window.session.document.history.undo_name == "Add object"


def test_another_object_is_chosen_in_the_list_when_the_answer_is_there(
    qtbot, window, selectors, hand, press, answer
):
    window.session.document.add_object()
    window.session.document.choose(1)
    selectors.hold()
    press(KEY.Key_K)
    hand.drag(*BOX)
    qtbot.mouseClick(window.side.objects.row(2), Qt.MouseButton.LeftButton)
    answer()
    assert (window.session.document.active, area(window, 1), area(window, 2)) == (2, AREA, 0)


def test_a_pass_starts_when_the_answer_is_there(qtbot, window, select, answer):
    passes = window.session.tasks.passes
    window.actions_["forward"].trigger()
    assert passes.current is None
    answer()
    qtbot.waitUntil(lambda: passes.current is None and 3 in window.session.document.annotation.frames())
    assert area(window) == AREA


def test_what_is_done_next_is_done_in_its_order(qtbot, window, select, hand, press, answer):
    press(KEY.Key_N)
    press(KEY.Key_B)
    hand.drag((50.5, 10.5), (52.5, 10.5))
    press(KEY.Key_1)
    press(KEY.Key_H)
    answer()
    qtbot.waitUntil(lambda: window.session.document.draft is None)
    objects = window.session.document.annotation.objects
    assert (area(window, 1), area(window, 2) > 0) == (AREA, True)
    assert [o.visible for o in objects] == [False, True]
    assert window.session.document.active == 1


def test_a_click_after_enter_begins_the_next_selection(qtbot, window, select, hand, press, answer):
    press(KEY.Key_Return)
    press(KEY.Key_N)
    hand.drag(*BOX)
    answer()
    selection = window.session.painter.selection
    qtbot.waitUntil(lambda: selection.is_open and not selection.is_busy)
    assert window.session.document.draft.object_id == 2


def test_undo_takes_back_what_waits_and_not_the_selection(window, select, press, answer):
    press(KEY.Key_N)
    press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    answer()
    assert (len(names(window)), area(window)) == (1, AREA)
    assert window.session.document.history.undo_name == "Select"


def test_what_waits_is_done_though_the_selection_is_cancelled(window, select, press, answer):
    press(KEY.Key_N)
    press(KEY.Key_Escape)
    answer()
    assert (len(names(window)), area(window)) == (2, 0)


def test_the_window_closes_when_the_answer_is_there_and_keeps_it(
    qtbot, make_window, tracker, clip, window, select, answer
):
    window.close()
    window.close()
    assert window.isVisible()
    answer()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert area(make_window(tracker, clip)) == AREA


def test_the_cursor_says_that_something_waits(window, select, press, answer):
    assert QApplication.overrideCursor() is None
    press(KEY.Key_N)
    press(KEY.Key_H)
    assert QApplication.overrideCursor().shape() == Qt.CursorShape.BusyCursor
    answer()
    assert QApplication.overrideCursor() is None


def test_the_view_is_zoomed_meanwhile(window, select, press, answer):
    scale = window.canvas.view.scale
    press(KEY.Key_N)
    window.actions_["zoom_in"].trigger()
    assert window.canvas.view.scale > scale
    answer()

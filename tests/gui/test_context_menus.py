"""The right button erases while a tool paints, unless the user prefers the menu, which a key always opens."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from skn_annotator.gui.timeline.lanes import LANE, RULER


@pytest.fixture
def ask(window):
    """Asks for the menu of a widget; returns its entries by name."""

    def open_at(widget, at, reason=QContextMenuEvent.Reason.Mouse):
        QApplication.sendEvent(widget, QContextMenuEvent(reason, at, widget.mapToGlobal(at)))
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return None
        entries = {action.objectName() or action.text(): action for action in menu.actions()}
        menu.close()
        return entries

    return open_at


def test_while_a_tool_paints_the_right_button_erases_and_the_menu_key_opens_the_menu(
    qtbot, window, hand, ask
):
    hand.drag((20.5, 20.5))
    hand.drag((20.5, 20.5), button=Qt.MouseButton.RightButton)
    assert window.session.document.mask(0)[20, 20] == 0
    assert ask(window.canvas, hand.at((20, 20))) is None
    assert "toggle_reference" in ask(window.canvas, hand.at((20, 20)), QContextMenuEvent.Reason.Keyboard)


def test_where_the_tool_does_not_paint_it_opens_the_menu(qtbot, window, hand, ask):
    hand.drag((20.5, 20.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_V)
    hand.drag((20.5, 20.5), button=Qt.MouseButton.RightButton)
    assert window.session.document.history.undo_name == "Brush"
    entries = ask(window.canvas, hand.at((20, 20)))
    entries["absent_here"].trigger()
    assert not window.session.document.mask(0).any()


def test_with_the_polygon_tool_it_opens_the_menu_but_not_when_it_took_the_last_corner_back(
    qtbot, window, hand, ask
):
    qtbot.keyClick(window.canvas, Qt.Key.Key_P)
    hand.drag((20.5, 20.5), button=Qt.MouseButton.RightButton)
    assert "undo" in ask(window.canvas, hand.at((20, 20)))
    hand.drag((20.5, 20.5))
    hand.drag((20.5, 20.5), button=Qt.MouseButton.RightButton)
    assert not window.toolbox.tool.busy
    assert ask(window.canvas, hand.at((20, 20))) is None


def test_masks_are_copied_and_pasted_by_the_menus_of_canvas_and_timeline(qtbot, window, hand, ask):
    hand.drag((20.5, 20.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_V)
    ask(window.canvas, hand.at((20, 20)))["copy"].trigger()
    at = QPoint(round(window.timeline.x_of(5)), RULER + LANE // 2)
    ask(window.timeline, at)["paste"].trigger()
    qtbot.waitUntil(lambda: window.session.document.annotation.decided(5) == {1})
    assert window.session.document.mask(5)[20, 20] == 1


def test_who_prefers_the_menu_erases_with_no_tool(qtbot, window, hand, ask):
    assert "right button erases" in _hint(qtbot, window, Qt.Key.Key_D)
    window.preferences.set(right_erases=False)
    assert "right button erases" not in _hint(qtbot, window, Qt.Key.Key_P)
    qtbot.keyClick(window.canvas, Qt.Key.Key_B)
    hand.drag((20.5, 20.5))
    hand.drag((20.5, 20.5), button=Qt.MouseButton.RightButton)
    assert window.session.document.mask(0)[20, 20] == 1
    assert "undo" in ask(window.canvas, hand.at((20, 20)))


def _hint(qtbot, window, key):
    qtbot.keyClick(window.canvas, key)
    return window._status_line.doing.text()


def test_the_menu_of_the_timeline_is_of_the_frame_under_the_mouse(qtbot, window, hand, ask):
    at = QPoint(round(window.timeline.x_of(5)), RULER + LANE // 2)
    entries = ask(window.timeline, at)
    assert window.session.viewer.position == 5
    entries["range_start"].trigger()
    assert window.session.viewer.chosen_range == (5, 11)


def test_a_row_of_an_object_opens_its_menu(window, ask):
    window.session.document.add_object()
    entries = ask(window.side.objects.row(1), QPoint(60, 10))
    assert "&Rename" in entries
    assert window.session.document.active == 1

"""Panels: put away, moved, and found again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from skn_annotator.gui.workspace import Panel
from skn_annotator.settings import load_settings


@pytest.mark.parametrize(
    ("key", "panel"),
    [(Qt.Key.Key_F7, Panel.TOOLS), (Qt.Key.Key_F8, Panel.OBJECTS), (Qt.Key.Key_F9, Panel.TIMELINE)],
)
def test_a_key_puts_a_panel_away_and_back(qtbot, window, key, panel):
    before = window.canvas.size()
    action = window.actions_[f"panel_{panel.value}"]
    assert action.isChecked()
    qtbot.keyClick(window.canvas, key)
    qtbot.waitUntil(lambda: window.canvas.size() != before)
    assert not window.workspace.shows(panel)
    assert not action.isChecked()
    qtbot.keyClick(window.canvas, key)
    qtbot.waitUntil(lambda: window.canvas.size() == before)
    assert action.isChecked()


def test_the_layout_is_there_the_next_time(qtbot, make_window, tracker, clip):
    from skn_annotator.gui.main_window import MainWindow

    first = make_window(tracker, clip)
    first.workspace.toggle(Panel.TIMELINE)
    area = Qt.DockWidgetArea.LeftDockWidgetArea
    first.workspace.addDockWidget(area, first.workspace.docks[Panel.OBJECTS])
    first.close()
    again = MainWindow(first.session, load_settings())
    assert not again.workspace.shows(Panel.TIMELINE)
    assert again.workspace.dockWidgetArea(again.workspace.docks[Panel.OBJECTS]) == area
    again.actions_["arrange_panels"].setEnabled(True)
    again.actions_["arrange_panels"].trigger()
    assert again.workspace.shows(Panel.TIMELINE)
    right = Qt.DockWidgetArea.RightDockWidgetArea
    assert again.workspace.dockWidgetArea(again.workspace.docks[Panel.OBJECTS]) == right
    again.deleteLater()


def test_a_layout_that_cannot_be_read_changes_nothing(window):
    window.workspace.restore_layout("no layout")
    assert {panel for panel in Panel if window.workspace.shows(panel)} == set(Panel)


def test_a_double_click_on_the_grip_lets_a_panel_float(qtbot, window):
    dock = window.workspace.docks[Panel.OBJECTS]
    QTest.mouseDClick(dock.titleBarWidget(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dock.isFloating)
    QTest.mouseDClick(dock.titleBarWidget(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dock.isFloating())

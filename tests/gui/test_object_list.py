"""Rows of objects: choose, rename, show, lock, menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from skn_annotator.gui.color_menu import ColorMenu
from skn_annotator.palette import display_color


@pytest.fixture
def rows(window):
    window.session.add_object()
    return window.side.objects


def test_a_click_chooses_and_a_key_too(qtbot, window, rows):
    qtbot.mouseClick(rows.row(1).name, Qt.MouseButton.LeftButton)
    assert window.session.active == 1
    qtbot.keyClick(window.canvas, Qt.Key.Key_2)
    assert window.session.active == 2
    qtbot.keyClick(window.canvas, Qt.Key.Key_9)
    assert window.session.active == 2


def rename(qtbot, row, text, key):
    qtbot.mouseDClick(row, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row.editor.isVisible)
    row.editor.clear()
    qtbot.keyClicks(row.editor, text)
    qtbot.keyClick(row.editor, key)


def test_a_double_click_renames_with_one_edit(qtbot, window, rows):
    rename(qtbot, rows.row(2), "cup 2 n", Qt.Key.Key_Return)
    assert [o.name for o in window.session.annotation.objects] == ["object 1", "cup 2 n"]
    assert window.session.history.undo_name == "Rename object"
    assert rows.row(2).name.text() == "cup 2 n"
    assert window.session.running is None  # return did not propagate, n added no object


def test_escape_leaves_the_name(qtbot, window, rows):
    rename(qtbot, rows.row(2), "cup", Qt.Key.Key_Escape)
    assert window.session.annotation.objects[1].name == "object 2"
    assert window.session.history.undo_name == "Add object"


def test_f2_renames_the_active_object(qtbot, window, rows):
    qtbot.keyClick(window.canvas, Qt.Key.Key_F2)
    assert rows.row(2).editor.isVisible()


def test_the_eye_hides_and_the_lock_locks(qtbot, window, rows):
    qtbot.mouseClick(rows.row(1).eye, Qt.MouseButton.LeftButton)
    assert not window.session.annotation.objects[0].visible
    assert window.session.history.undo_name == "Hide object"
    qtbot.mouseClick(rows.row(1).lock, Qt.MouseButton.LeftButton)
    assert window.session.annotation.objects[0].locked
    assert window.session.history.undo_name == "Lock object"
    window.session.undo()
    window.session.undo()
    assert window.session.annotation.objects[0].visible


def test_a_colour_from_the_menu_is_one_edit(qtbot, window, rows):
    qtbot.mouseClick(rows.row(1).swatch, Qt.MouseButton.LeftButton)
    assert window.session.active == 2  # the swatch is not the row
    menu = rows.row(1).findChild(ColorMenu)
    assert menu.isVisible()
    qtbot.mouseClick(menu.swatches[3], Qt.MouseButton.LeftButton)
    assert window.session.annotation.objects[0].color == display_color(4)
    assert window.session.history.undo_name == "Colour object"


def test_any_other_colour_can_be_asked_for(monkeypatch, window, rows):
    menu, chosen = ColorMenu((1, 2, 3), rows.row(1)), []
    menu.chosen.connect(chosen.append)
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor())
    menu.actions()[-1].trigger()
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor(10, 20, 30))
    menu.actions()[-1].trigger()
    assert chosen == [(10, 20, 30)]


def actions(menu):
    return {action.text(): action for action in menu.actions() if action.text()}


def test_the_menu_merges_and_deletes(window, rows, hand):
    hand.drag((30.5, 30.5))
    menu = actions(rows.row(2).menu())
    assert list(menu) == [
        "Rename",
        "Colour…",
        "Merge into",
        "Delete on this frame",
        "Delete from this frame on",
        "Delete everywhere",
    ]
    menu["Delete on this frame"].trigger()
    assert not window.session.mask(0).any()
    window.session.undo()
    actions(rows.row(2).menu())["Merge into"].menu().actions()[0].trigger()
    assert [o.id for o in window.session.annotation.objects] == [1]
    assert window.session.mask(0)[30, 30] == 1


def test_rows_follow_undo(window, rows):
    assert sorted(rows._rows) == [1, 2]
    window.session.undo()
    assert sorted(rows._rows) == [1]

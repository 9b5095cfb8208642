"""Rows of objects: choose, rename, show, lock, menu."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QColorDialog

from skn_annotator.gui.side.color_menu import ColorMenu
from skn_annotator.palette import display_color


@pytest.fixture
def rows(window):
    window.session.document.add_object()
    return window.side.objects


def test_a_click_chooses_and_a_key_too(qtbot, window, rows):
    qtbot.mouseClick(rows.row(1).name, Qt.MouseButton.LeftButton)
    assert window.session.document.active == 1
    qtbot.keyClick(window.canvas, Qt.Key.Key_2)
    assert window.session.document.active == 2
    qtbot.keyClick(window.canvas, Qt.Key.Key_9)
    assert window.session.document.active == 2


def rename(qtbot, row, text, key):
    qtbot.mouseDClick(row, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(row.editor.isVisible)
    row.editor.clear()
    qtbot.keyClicks(row.editor, text)
    qtbot.keyClick(row.editor, key)


def test_a_double_click_renames_with_one_edit(qtbot, window, rows):
    rename(qtbot, rows.row(2), "cup 2 n", Qt.Key.Key_Return)
    assert [o.name for o in window.session.document.annotation.objects] == ["object 1", "cup 2 n"]
    assert window.session.document.history.undo_name == "Rename object"
    assert rows.row(2).name.text() == "cup 2 n"
    assert window.session.tasks.passes.current is None  # return did not propagate, n added no object


def test_escape_leaves_the_name(qtbot, window, rows):
    rename(qtbot, rows.row(2), "cup", Qt.Key.Key_Escape)
    assert window.session.document.annotation.objects[1].name == "object 2"
    assert window.session.document.history.undo_name == "Add object"


def test_f2_renames_the_active_object(qtbot, window, rows):
    qtbot.keyClick(window.canvas, Qt.Key.Key_F2)
    assert rows.row(2).editor.isVisible()


def is_in_view(rows, row):
    top = row.mapTo(rows.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + row.height() <= rows.viewport().height()


def test_a_new_object_is_in_view_however_many_there_are(qtbot, window, rows):
    for _ in range(20):
        above = rows.row(window.session.document.active)
        window.session.document.add_object()
        row = rows.row(window.session.document.active)
        qtbot.waitUntil(lambda row=row, above=above: row.y() > above.y() and is_in_view(rows, row))
    assert rows.verticalScrollBar().maximum() > 0


def test_f2_shows_the_row_that_it_edits(qtbot, window, rows):
    for _ in range(20):
        window.session.document.add_object()
    qtbot.waitUntil(lambda: rows.verticalScrollBar().value() > 0)
    rows.verticalScrollBar().setValue(0)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F2)
    row = rows.row(window.session.document.active)
    assert row.editor.isVisible()
    assert is_in_view(rows, row)


def test_the_eye_hides_and_the_lock_locks(qtbot, window, rows):
    qtbot.mouseClick(rows.row(1).eye, Qt.MouseButton.LeftButton)
    assert not window.session.document.annotation.objects[0].visible
    assert window.session.document.history.undo_name == "Hide object"
    qtbot.mouseClick(rows.row(1).lock, Qt.MouseButton.LeftButton)
    assert window.session.document.annotation.objects[0].locked
    assert window.session.document.history.undo_name == "Lock object"
    window.session.undo()
    window.session.undo()
    assert window.session.document.annotation.objects[0].visible


def test_a_colour_from_the_menu_is_one_edit(qtbot, window, rows):
    qtbot.mouseClick(rows.row(1).swatch, Qt.MouseButton.LeftButton)
    assert window.session.document.active == 2  # the swatch is not the row
    menu = rows.row(1).findChild(ColorMenu)
    assert menu.isVisible()
    qtbot.mouseClick(menu.swatches[3], Qt.MouseButton.LeftButton)
    assert window.session.document.annotation.objects[0].color == display_color(4)
    assert window.session.document.history.undo_name == "Colour object"


def test_any_other_colour_can_be_asked_for(monkeypatch, window, rows):
    menu, chosen = ColorMenu((1, 2, 3), rows.row(1)), []
    menu.chosen.connect(chosen.append)
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor())
    menu.actions()[-1].trigger()
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor(10, 20, 30))
    menu.actions()[-1].trigger()
    assert chosen == [(10, 20, 30)]


def actions(menu):
    return {action.text().replace("&", ""): action for action in menu.actions() if action.text()}


def test_the_menu_merges_and_deletes(window, rows, hand):
    hand.drag((30.5, 30.5))
    menu = actions(rows.row(2).menu())
    assert list(menu) == [
        "Rename",
        "Colour…",
        "Show only this, or all",
        "Move up",
        "Move down",
        "Merge into",
        "Exchange with",
        "Absent on this frame",
        "Delete from this frame on",
        "Delete everywhere",
    ]
    menu["Absent on this frame"].trigger()
    assert not window.session.document.mask(0).any()
    assert 2 in window.session.document.annotation.decided(0)
    window.session.undo()
    actions(rows.row(2).menu())["Merge into"].menu().actions()[0].trigger()
    assert [o.id for o in window.session.document.annotation.objects] == [1]
    assert window.session.document.mask(0)[30, 30] == 1


def test_rows_follow_undo(window, rows):
    assert sorted(rows._rows) == [1, 2]
    window.session.undo()
    assert sorted(rows._rows) == [1]


def test_alt_and_the_eye_show_one_object_and_then_all(qtbot, monkeypatch, window, rows):
    monkeypatch.setattr(QApplication, "keyboardModifiers", lambda: Qt.KeyboardModifier.AltModifier)
    qtbot.mouseClick(rows.row(1).eye, Qt.MouseButton.LeftButton)
    assert [o.visible for o in window.session.document.annotation.objects] == [True, False]
    assert window.session.document.history.undo_name == "Show one object"
    qtbot.mouseClick(rows.row(1).eye, Qt.MouseButton.LeftButton)
    assert all(o.visible for o in window.session.document.annotation.objects)
    assert window.session.document.history.undo_name == "Show all objects"


@pytest.mark.parametrize(
    ("key", "modifier", "name"),
    [
        (Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier, "Hide object"),
        (Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier, "Show one object"),
        (
            Qt.Key.Key_L,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            "Lock object",
        ),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, "Move object"),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "Object absent here"),
    ],
)
def test_a_key_for_the_active_object_is_one_edit(qtbot, window, rows, key, modifier, name):
    qtbot.keyClick(window.canvas, key, modifier)
    assert window.session.document.history.undo_name == name
    window.session.undo()
    assert window.session.document.history.undo_name == "Add object"


def order_of(rows):
    """The ids of the rows from top to bottom, as they lie on the screen."""
    return sorted(rows._rows, key=lambda i: rows.row(i).y())


def drag(qtbot, rows, moved, to):
    """Drag the row of `moved` by its name to the middle of the row of `to`, a little beyond."""
    name = rows.row(moved).name
    qtbot.mousePress(name, Qt.MouseButton.LeftButton)
    way = rows.row(to).y() - rows.row(moved).y()
    for part in (0.5, 1.0):
        at = name.rect().center() + QPoint(0, round(part * way + (4 if way > 0 else -4)))
        qtbot.mouseMove(name, at)
    assert rows._mark.isVisible()
    qtbot.mouseRelease(name, Qt.MouseButton.LeftButton, pos=at)


def test_a_row_is_dragged_to_another_place(qtbot, window, rows):
    window.session.document.add_object()
    qtbot.waitUntil(lambda: order_of(rows) == [1, 2, 3])
    drag(qtbot, rows, 1, 2)
    assert [o.id for o in window.session.document.annotation.objects] == [2, 1, 3]
    assert window.session.document.history.undo_name == "Move object"
    assert not rows._mark.isVisible()
    qtbot.waitUntil(lambda: order_of(rows) == [2, 1, 3])
    drag(qtbot, rows, 3, 2)
    assert [o.id for o in window.session.document.annotation.objects] == [3, 2, 1]
    window.session.undo()
    qtbot.waitUntil(lambda: order_of(rows) == [2, 1, 3])


def test_a_click_that_trembles_moves_nothing(qtbot, window, rows):
    name = rows.row(1).name
    qtbot.mousePress(name, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(name, name.rect().center() + QPoint(1, 1))
    qtbot.mouseRelease(name, Qt.MouseButton.LeftButton)
    assert window.session.document.history.undo_name == "Add object"
    assert window.session.document.active == 1


def test_a_key_asks_what_to_merge_into(qtbot, window, rows, hand):
    hand.drag((30.5, 30.5))  # object 2
    qtbot.keyClick(window.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["Merge object 2 into", "object 1"]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.session.document.history.undo_name == "Merge objects"
    assert window.session.document.mask(0)[30, 30] == 1


def test_a_key_exchanges_with_the_only_other_object_and_asks_which_of_several(qtbot, window, rows, hand):
    hand.drag((30.5, 30.5))  # object 2
    qtbot.keyClick(window.canvas, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.document.history.undo_name == "Exchange objects"
    assert window.session.document.mask(0)[30, 30] == 1
    window.session.document.add_object()
    qtbot.keyClick(window.canvas, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["Exchange object 3 with", "object 1", "object 2"]
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.session.document.mask(0)[30, 30] == 3


def test_a_long_name_ends_in_dots_and_the_row_stays_in_its_column(qtbot, window, rows):
    window.session.document.rename(1, "the ball that he juggles with his left foot")
    window.session.document.rename(2, "ball")
    qtbot.waitUntil(lambda: rows.row(1).name.text().startswith("the ball"))
    assert rows.row(1).width() == rows.row(2).width() <= rows.viewport().width()
    for object_id, said in ((1, "the ball that he juggles with his left foot"), (2, "")):
        name = rows.row(object_id).name
        at = name.rect().center()
        QApplication.sendEvent(name, QHelpEvent(QEvent.Type.ToolTip, at, name.mapToGlobal(at)))
        assert name.toolTip() == said

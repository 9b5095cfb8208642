"""Everything by keyboard, and a name for whatever a screen reader meets."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QApplication, QScrollBar, QToolButton, QWidget

from skn_annotator.gui.actions.action_table import TABLE, keys_of
from skn_annotator.gui.dialogs.export_dialog import ExportDialog
from skn_annotator.gui.dialogs.preferences_dialog import PreferencesDialog
from skn_annotator.gui.look.switch import Switch
from skn_annotator.gui.side.color_menu import Swatch


def has_name(widget):
    action = widget.defaultAction() if isinstance(widget, QToolButton) else None
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return bool(widget.accessibleName() or text or (action and action.text()))


def controls(root):
    kinds = (QAbstractButton, QAbstractSlider, Switch, Swatch)
    found = [widget for kind in kinds for widget in root.findChildren(kind)]
    inner = "qt_"  # what Qt makes for itself
    return [w for w in found if not isinstance(w, QScrollBar) and not w.objectName().startswith(inner)]


def focused():
    return QApplication.focusWidget()


def test_f6_goes_round_the_panels_and_back(qtbot, window):
    window.activateWindow()
    window.canvas.setFocus()
    seen = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        dock = next((p for p, d in window.workspace.docks.items() if d.isAncestorOf(focused())), None)
        seen.append(dock)
    assert len(set(seen)) == 4
    assert focused() is window.canvas
    qtbot.keyClick(window.canvas, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.workspace.docks[seen[-2]].isAncestorOf(focused())


def test_f6_reaches_the_timeline_itself(qtbot, window):
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert focused() is window.timeline


def test_tab_goes_down_the_side_as_one_reads(qtbot, window):
    window.session.document.add_object()
    window.session.document.shift_object(2, -1)
    window.activateWindow()
    rows = [window.side.objects.row(object_id) for object_id in (2, 1)]
    qtbot.waitUntil(lambda: all(row.isVisible() for row in rows))
    add = next(
        b for b in window.side.findChildren(QToolButton) if b.defaultAction() is window.actions_["add_object"]
    )
    add.setFocus()
    seen = [add]
    while len(seen) < 11:
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        seen.append(focused())
    expected = [add, *rows[0].stops, *rows[1].stops]
    assert seen[:9] == expected
    assert [type(w).__name__ for w in seen[9:]] == ["QSlider", "QSlider"]


def test_space_presses_the_button_that_tab_reached(qtbot, window):
    bar = window.findChild(object, "ToolBar").findChildren(QToolButton)
    eraser = next(button for button in bar if button.defaultAction() is window.actions_["eraser"])
    eraser.setFocus()
    qtbot.keyClick(eraser, Qt.Key.Key_Space)
    assert window.toolbox.tool.name == "eraser"
    switch = Switch(window.actions_["kernel"], "Spatial-constrain kernel")
    qtbot.addWidget(switch)
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert window.display.look.kernel


def test_a_click_on_a_button_leaves_the_keyboard_with_the_canvas(qtbot, window):
    window.canvas.setFocus()
    for button in window.side.findChildren(QToolButton):
        if button.isVisible() and button.isEnabled() and not button.menu() and "More" not in button.toolTip():
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            assert focused() is window.canvas


def test_every_control_has_a_name(window):
    nameless = [repr(widget) for widget in controls(window) if not has_name(widget)]
    assert not nameless, "\n".join(nameless)


def test_every_place_for_the_keyboard_has_a_name(window):
    places = [w for w in window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    own = [w for w in places if w.focusProxy() is None and not w.objectName().startswith("qt_")]
    nameless = [repr(widget) for widget in own if not has_name(widget)]
    assert window.timeline in own
    assert not nameless, "\n".join(nameless)


DIALOGS = (
    lambda w: PreferencesDialog(w.preferences, w.session.tasks.weights, w),
    lambda w: ExportDialog(w.session, 0.5, w),
)


@pytest.mark.parametrize("make", DIALOGS)
def test_every_control_of_a_dialog_has_a_name_and_tab_reaches_it(qtbot, window, hand, make):
    hand.drag((20.5, 20.5))
    dialog = make(window)
    qtbot.addWidget(dialog)
    dialog.show()
    for widget in controls(dialog):
        assert has_name(widget), widget
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isVisible(), widget


def test_every_action_has_a_key_or_a_place_in_a_menu():
    lost = [spec.name for spec in TABLE if spec.hidden and not keys_of(spec)]
    assert not lost


def test_a_key_that_is_held_repeats_steps_and_nothing_that_adds_or_switches(window):
    actions = {spec.name: window.actions_[spec.name] for spec in TABLE}
    assert all(actions[name].autoRepeat() for name in ("previous", "next", "undo", "larger", "zoom_in"))
    assert not any(
        actions[name].autoRepeat() for name in ("add_object", "masks", "toggle_reference", "one_on")
    )

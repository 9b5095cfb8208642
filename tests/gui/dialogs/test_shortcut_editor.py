"""Shortcuts of one's own: the list by keyboard, recording a key, conflicts, and the way back."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from skn_annotator.gui.actions.action_table import TABLE, keys_of
from skn_annotator.gui.actions.shortcut_rules import choose, chosen_specs, owner, reserved
from skn_annotator.gui.dialogs.key_recorder import key_of
from skn_annotator.gui.dialogs.preferences_dialog import Page, PreferencesDialog
from skn_annotator.gui.dialogs.shortcut_sheet import sheet
from skn_annotator.settings import load_settings

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def dialog(qtbot, window):
    dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window, Page.SHORTCUTS)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    yield dialog
    dialog.reject()


@pytest.fixture
def editor(dialog):
    dialog.shortcuts.list.setFocus()
    return dialog.shortcuts


def press(qtbot, editor, key, modifier=NONE):
    """Enter, then the key."""
    qtbot.keyClick(editor.list, Qt.Key.Key_Return)
    assert editor.recorder.recording
    qtbot.keyClick(editor.recorder, key, modifier)


def test_the_arrow_keys_go_through_the_list_and_change_nothing(qtbot, window, editor):
    seen = []
    for _ in range(8):
        seen.append(editor.chosen.name)
        qtbot.keyClick(editor.list, Qt.Key.Key_Down)
    assert seen == ["open", "open_folder", "demo", "import", "import_file", "export", "close", "quit"]
    qtbot.keyClick(editor.list, Qt.Key.Key_Up)
    assert editor.chosen.name == "quit"
    assert window.settings.shortcuts == {}


def test_enter_records_and_the_next_key_is_the_actions(qtbot, window, dialog, editor):
    editor.choose("fit")
    qtbot.keyClick(editor.list, Qt.Key.Key_Return)
    assert "Press the new key for “Fit in the window”" in editor.recorder.text()
    assert editor.items["fit"].text(1) == "press a key …"
    qtbot.keyClick(editor.recorder, Qt.Key.Key_T)
    assert not editor.recorder.recording
    assert dialog.isVisible()
    assert load_settings().shortcuts == {"fit": "T"}
    assert "(T)" in window.actions_["fit"].toolTip()
    assert window.actions_["fit"].shortcut().toString() == "T"
    assert ("Fit in the window", "T") in sheet(window.actions_.specs)["View"]
    assert QApplication.focusWidget() is editor.list


def test_a_double_click_records_too(qtbot, window, editor):
    editor.choose("fit")
    place = editor.list.visualItemRect(editor.items["fit"]).center()
    qtbot.mouseClick(editor.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(editor.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.recorder.recording
    qtbot.keyClick(editor.recorder, Qt.Key.Key_F, CTRL | SHIFT)
    assert window.settings.shortcuts == {"fit": "Ctrl+Shift+F"}


def test_escape_leaves_the_recording_then_the_dialog(qtbot, window, dialog, editor):
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_Escape)
    assert editor.items["fit"].text(1) == "F"
    assert dialog.isVisible()
    assert window.settings.shortcuts == {}
    qtbot.keyClick(editor.list, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_arrows_enter_and_modifiers_alone_can_be_recorded_or_waited_for(qtbot, window, dialog, editor):
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_Shift, SHIFT)
    assert editor.recorder.recording
    qtbot.keyClick(editor.recorder, Qt.Key.Key_Up, SHIFT)
    assert window.settings.shortcuts == {"fit": "Shift+Up"}
    press(qtbot, editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    assert "belongs to “Forward”" in editor.recorder.text()


def test_a_click_elsewhere_leaves_the_recording(qtbot, window, dialog, editor):
    editor.choose("fit")
    qtbot.keyClick(editor.list, Qt.Key.Key_Return)
    dialog.tabs.setFocus()
    editor.list.setFocus()
    assert not editor.recorder.recording
    assert editor.items["fit"].text(1) == "F"


def test_a_key_that_is_taken_can_be_taken(qtbot, window, editor):
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_B)
    assert editor.recorder.text() == "B belongs to “Brush”."
    assert window.settings.shortcuts == {}
    assert QApplication.focusWidget() is editor.take
    qtbot.keyClick(editor.take, Qt.Key.Key_Space)
    assert window.settings.shortcuts == {"brush": "", "fit": "B"}
    assert window.actions_["brush"].shortcuts() == []
    assert editor.items["brush"].text(1) == ""
    assert not editor.take.isVisible()


def test_enter_presses_the_button_that_has_the_keyboard_and_not_the_dialogs(qtbot, window, dialog, editor):
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_B)
    qtbot.keyClick(editor.take, Qt.Key.Key_Return)
    assert window.settings.shortcuts == {"brush": "", "fit": "B"}
    editor.none.setFocus()
    qtbot.keyClick(editor.none, Qt.Key.Key_Return)
    assert window.settings.shortcuts == {"brush": "", "fit": ""}
    assert dialog.isVisible()


def test_or_left(qtbot, window, dialog, editor):
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_B)
    qtbot.mouseClick(editor.leave, Qt.MouseButton.LeftButton)
    press(qtbot, editor, Qt.Key.Key_B)
    qtbot.keyClick(editor.take, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not editor.take.isVisible()
    assert window.settings.shortcuts == {}
    assert QApplication.focusWidget() is editor.list


def test_of_several_keys_only_the_one_that_is_wanted_is_taken(qtbot, window, editor):
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_Y, CTRL)
    qtbot.mouseClick(editor.take, Qt.MouseButton.LeftButton)
    assert window.settings.shortcuts == {"fit": "Ctrl+Y", "redo": "Ctrl+Shift+Z"}
    assert [key.toString() for key in window.actions_["redo"].shortcuts()] == ["Ctrl+Shift+Z"]


@pytest.mark.parametrize(
    ("key", "modifier", "said"),
    [
        (Qt.Key.Key_Space, NONE, "Space has another use while it is held"),
        (Qt.Key.Key_X, NONE, "X has another use while it is held"),
        (Qt.Key.Key_Tab, NONE, "Tab moves the focus"),
        (Qt.Key.Key_Backtab, SHIFT, "Shift+Tab moves the focus"),
        (Qt.Key.Key_3, NONE, "3 chooses an object"),
        (Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier, "Alt+F opens the menu File"),
    ],
)
def test_keys_that_no_action_can_have_are_refused_with_the_reason(qtbot, window, editor, key, modifier, said):
    editor.choose("fit")
    press(qtbot, editor, key, modifier)
    assert editor.recorder.text().startswith(said)
    assert not editor.take.isVisible()
    assert window.settings.shortcuts == {}


def test_delete_takes_the_key_away_and_usual_gives_it_back(qtbot, window, editor):
    editor.choose("brush")
    assert not editor.default.isEnabled()
    qtbot.keyClick(editor.list, Qt.Key.Key_Delete)
    assert window.settings.shortcuts == {"brush": ""}
    qtbot.mouseClick(editor.default, Qt.MouseButton.LeftButton)
    assert window.settings.shortcuts == {}
    qtbot.mouseClick(editor.none, Qt.MouseButton.LeftButton)
    assert window.actions_["brush"].shortcuts() == []


def test_the_usual_key_is_taken_back_from_who_has_it_and_all_as_usual(qtbot, window, editor):
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_B)
    qtbot.keyClick(editor.take, Qt.Key.Key_Space)
    editor.choose("brush")
    qtbot.mouseClick(editor.default, Qt.MouseButton.LeftButton)
    assert "belongs to “Fit in the window”" in editor.recorder.text()
    qtbot.keyClick(editor.take, Qt.Key.Key_Space)
    assert window.settings.shortcuts == {"fit": ""}
    qtbot.mouseClick(editor.all_default, Qt.MouseButton.LeftButton)
    assert window.settings.shortcuts == {}
    assert window.actions_["brush"].shortcut().toString() == "B"
    assert not editor.all_default.isEnabled()


def test_a_key_has_one_owner():
    assert owner(chosen_specs({}), "B").name == "brush"
    assert owner(chosen_specs({}), "B", but="brush") is None
    assert owner(chosen_specs({"brush": "T"}), "B") is None
    assert reserved("B", chosen_specs({})) == ""


def test_a_semicolon_is_a_key_like_another():
    chosen = choose(choose({}, "fit", ";"), "redo", "Ctrl+;")
    specs = {spec.name: spec for spec in chosen_specs(chosen)}
    assert (keys_of(specs["fit"]), keys_of(specs["redo"])) == ([";"], ["Ctrl+;"])


def test_no_two_actions_have_the_same_key_from_the_beginning():
    keys = [key for spec in TABLE for key in keys_of(spec)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "written"),
    [
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_A, SHIFT, "A", "Shift+A"),
        (Qt.Key.Key_Z, CTRL | SHIFT, "\x1a", "Ctrl+Shift+Z"),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier, "+", "+"),
        (Qt.Key.Key_F5, SHIFT, "", "Shift+F5"),
        (Qt.Key.Key_Adiaeresis, NONE, "ä", "Ä"),
    ],
)
def test_a_key_is_written_as_shortcuts_are(key, modifiers, text, written):
    assert key_of(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) == written

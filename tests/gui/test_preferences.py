"""Preferences: each change at once, and the next time; shortcuts of one's own."""

import pytest
from PySide6.QtCore import Qt

from skn_annotator.app.jobs import NetworkTracker
from skn_annotator.gui import theme
from skn_annotator.gui.actions import TABLE, keys_of
from skn_annotator.gui.object_colors import Palette, palette
from skn_annotator.gui.preferences_dialog import PreferencesDialog
from skn_annotator.gui.shortcut_sheet import ShortcutSheet, sheet
from skn_annotator.gui.shortcuts import chosen_specs, owner
from skn_annotator.gui.theme import DARK, LIGHT
from skn_annotator.settings import load_settings


@pytest.fixture
def dialog(qtbot, window):
    dialog = PreferencesDialog(window.preferences, window)
    dialog.show()
    yield dialog
    window.preferences.set(theme="dark", palette="vivid")
    dialog.reject()


def choose(qtbot, box, steps):
    """As the arrow keys do."""
    box.setFocus()
    for _ in range(steps):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def press(qtbot, editor, key, modifier=Qt.KeyboardModifier.NoModifier):
    editor.field.setFocus()
    qtbot.keyClick(editor.field, key, modifier)
    editor.field.editingFinished.emit()  # Qt waits a second for another key


def test_ctrl_comma_opens_them(qtbot, window):
    qtbot.keyClick(window.canvas, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(PreferencesDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_theme_and_palette_change_at_once(qtbot, window, dialog):
    assert theme.theme() is DARK
    choose(qtbot, dialog.theme, 1)
    choose(qtbot, dialog.palette_of_objects, 1)
    assert theme.theme() is LIGHT
    assert palette() is Palette.SAFE
    assert window.actions_["light"].isChecked()
    assert (load_settings().theme, load_settings().palette) == ("light", "safe")


def test_the_network_looks_as_finely_as_is_preferred(qtbot, window, dialog):
    window.session.make_tracker = NetworkTracker()
    choose(qtbot, dialog.detail, 1)
    assert window.session.make_tracker.size == 720
    assert load_settings().size == 720


def test_another_size_makes_another_tracker(monkeypatch):
    made = []
    monkeypatch.setattr(NetworkTracker, "_load", lambda self: made.append(self.size) or object())
    factory = NetworkTracker()
    for size in (480, 480, 320):
        factory.size = size
        factory()
    assert made == [480, 320]


def test_recent_videos_can_be_forgotten(qtbot, window, dialog):
    assert dialog.forget.isEnabled()
    qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    assert load_settings().recent == ()
    assert not dialog.forget.isEnabled()


def test_a_key_of_ones_own(qtbot, window, dialog):
    editor = dialog.shortcuts
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_T)
    assert load_settings().shortcuts == {"fit": "T"}
    assert "(T)" in window.actions_["fit"].toolTip()
    assert window.actions_["fit"].shortcut().toString() == "T"
    assert ("Fit in the window", "T") in sheet(window.actions_.specs)["View"]
    qtbot.mouseClick(editor.usual, Qt.MouseButton.LeftButton)
    assert load_settings().shortcuts == {}
    assert window.actions_["fit"].shortcut().toString() == "F"


def test_a_key_that_is_taken_is_refused_and_its_owner_named(qtbot, window, dialog):
    editor = dialog.shortcuts
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_B)
    assert "belongs to “Brush”" in editor.note.text()
    press(qtbot, editor, Qt.Key.Key_Space)
    assert "Play or stop" in editor.note.text()
    assert window.settings.shortcuts == {}


def test_no_key_and_all_as_usual(qtbot, window, dialog):
    editor = dialog.shortcuts
    editor.choose("brush")
    qtbot.mouseClick(editor.none, Qt.MouseButton.LeftButton)
    assert window.actions_["brush"].shortcuts() == []
    editor.choose("fit")
    press(qtbot, editor, Qt.Key.Key_B)
    assert window.settings.shortcuts == {"brush": "", "fit": "B"}
    editor.choose("brush")
    qtbot.mouseClick(editor.usual, Qt.MouseButton.LeftButton)
    assert "belongs to “Fit in the window”" in editor.note.text()
    qtbot.mouseClick(editor.all_usual, Qt.MouseButton.LeftButton)
    assert window.settings.shortcuts == {}
    assert window.actions_["brush"].shortcut().toString() == "B"


def test_what_the_user_chose_is_there_the_next_time(make_window, tracker, window):
    window.preferences.set(shortcuts={"fit": "T"})
    from skn_annotator.gui.main_window import MainWindow

    again = MainWindow(window.session, load_settings())
    assert again.actions_["fit"].shortcut().toString() == "T"
    again.deleteLater()


def test_systems_keys_are_used_where_there_are_some(qapp):
    keys = {spec.name: keys_of(spec) for spec in TABLE}
    assert keys["undo"] == ["Ctrl+Z"]
    assert "Ctrl+Y" in keys["redo"]
    assert not any("$" in key for every in keys.values() for key in every)


def test_a_key_has_one_owner():
    assert owner(chosen_specs({}), "B").name == "brush"
    assert owner(chosen_specs({}), "B", but="brush") is None
    assert owner(chosen_specs({"brush": "T"}), "B") is None


def test_the_sheet_leads_to_the_page_of_shortcuts(qtbot, window, monkeypatch):
    def change(sheet):
        qtbot.mouseClick(sheet.change, Qt.MouseButton.LeftButton)
        return sheet.result()

    monkeypatch.setattr(ShortcutSheet, "exec", change)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F1)
    dialog = window.findChild(PreferencesDialog)
    assert dialog.shortcuts.isVisible()
    dialog.reject()

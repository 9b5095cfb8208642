"""Preferences: each change at once, and the next time; shortcuts of one's own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from skn_annotator.app.notice import Notice
from skn_annotator.app.tasks.pass_work import NetworkTracker
from skn_annotator.gui.actions.action_table import TABLE, keys_of
from skn_annotator.gui.dialogs.preferences_dialog import Page, PreferencesDialog
from skn_annotator.gui.dialogs.shortcut_sheet import ShortcutSheet
from skn_annotator.gui.look import theme
from skn_annotator.gui.look.object_colors import Palette, current_palette
from skn_annotator.gui.look.theme import DARK, LIGHT
from skn_annotator.gui.preferences import unusable_text
from skn_annotator.gui.program import _show_notice
from skn_annotator.settings import Settings, load_settings, read_settings, settings_file


@pytest.fixture
def dialog(qtbot, window):
    dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window)
    dialog.show()
    yield dialog
    window.preferences.set(theme="dark", palette="vivid")
    dialog.reject()


def choose(qtbot, box, steps):
    """As the arrow keys do."""
    box.setFocus()
    for _ in range(steps):
        qtbot.keyClick(box, Qt.Key.Key_Down)


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
    assert current_palette() is Palette.SAFE
    assert window.actions_["light"].isChecked()
    assert (load_settings().theme, load_settings().palette) == ("light", "safe")


def test_folders_are_played_as_fast_as_is_preferred(qtbot, window, dialog, clip):
    assert window.session.project.sequence.fps == 24
    choose(qtbot, dialog.folder_fps, 1)
    assert load_settings().folder_fps == 25
    window.close_sequence()
    with qtbot.waitSignal(window.session.project.opened):
        window.open(clip)
    assert window.session.project.sequence.fps == 25
    window.preferences.set(folder_fps=24.0)


def test_the_network_looks_as_finely_as_is_preferred(qtbot, window, dialog):
    window.session.tasks.passes.make_tracker = NetworkTracker()
    choose(qtbot, dialog.detail, 1)
    assert window.session.tasks.passes.make_tracker.size == 720
    assert load_settings().size == 720


def test_the_network_gets_the_machine_as_is_preferred(qtbot, window, dialog, monkeypatch):
    window.session.tasks.passes.make_tracker = NetworkTracker()
    dialog.tabs.choose(Page.MACHINE)
    choose(qtbot, dialog.threads, 1)
    choose(qtbot, dialog.device, 1)
    made = window.session.tasks.passes.make_tracker
    assert (made.threads, made.device, made.size) == (1, "cpu", 480)
    assert (load_settings().threads, load_settings().device) == (1, "cpu")


def test_threads_go_up_to_the_machines_and_the_least_is_the_usual_number(qtbot, window, monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(16)), raising=False)
    dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window, Page.MACHINE)
    qtbot.addWidget(dialog)
    offered = [dialog.threads.itemText(n) for n in range(dialog.threads.count())]
    assert offered[:2] == ["Default: 15 of 16", "1 of 16"]
    assert offered[-2:] == ["14 of 16", "16 of 16"]
    window.preferences.set(threads=64)  # chosen on a larger machine
    dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window, Page.MACHINE)
    qtbot.addWidget(dialog)
    assert dialog.threads.currentText() == "16 of 16"


def test_every_page_shows_all_of_its_text(qtbot, window):
    for page in Page:
        dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window, page)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        texts = [text for text in dialog.findChildren(QLabel) if text.isVisible() and text.text()]
        assert all(text.height() >= text.heightForWidth(text.width()) for text in texts)
        assert dialog.height() <= 640


def test_memory_counts_at_once_for_the_video_that_is_open(qtbot, window, dialog):
    session = window.session
    with qtbot.waitSignal(session.viewer.frame_shown):
        choose(qtbot, dialog.frame_memory, 1)
    assert session.viewer._loader._max_bytes == 1024 << 20
    choose(qtbot, dialog.undo_memory, 1)
    assert session.document.history.max_bytes == 1024 << 20
    assert (load_settings().frame_memory, load_settings().undo_memory) == (1024, 1024)
    with qtbot.waitSignal(session.viewer.frame_shown):
        session.project.open(session.project.sequence.path)
    assert session.viewer._loader._max_bytes == session.document.history.max_bytes == 1024 << 20


def test_no_purpose_is_offered_more_than_half_of_the_memory(window, monkeypatch, qtbot):
    monkeypatch.setattr("skn_annotator.gui.dialogs.preferences_dialog.memory_bytes", lambda: 2 << 30)
    dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window)
    qtbot.addWidget(dialog)
    box = dialog.frame_memory
    assert [box.itemData(n) for n in range(box.count())] == [128, 256, 512, 1024]


@pytest.mark.parametrize(
    ("text", "said"), [("{", "is damaged"), ('{"theme": "pink"}', "usable value for theme")]
)
def test_settings_that_cannot_be_used_are_told_of_and_cost_nothing(window, text, said):
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text)
    settings, unusable = read_settings()
    assert settings == Settings()
    assert said in unusable_text(unusable)
    assert str(settings_file()) in unusable_text(unusable)


@pytest.mark.parametrize("again", [True, False])
def test_what_is_wrong_with_them_is_said_over_the_video_too(qtbot, make_window, tracker, clip, again):
    window = make_window(tracker)
    _show_notice(window, Notice("theme is odd", stays=True), again)
    assert window.message_bar.text.text() == "theme is odd"
    for _ in range(2):
        with qtbot.waitSignal(window.session.viewer.frame_shown):
            window.open(clip)
        assert window.message_bar.isVisible() == again
        again = False  # said once


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


def test_the_sheet_leads_to_the_page_of_shortcuts(qtbot, window, monkeypatch):
    def change(sheet):
        qtbot.mouseClick(sheet.change, Qt.MouseButton.LeftButton)
        return sheet.result()

    monkeypatch.setattr(ShortcutSheet, "exec", change)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F1)
    dialog = window.findChild(PreferencesDialog)
    assert dialog.shortcuts.isVisible()
    dialog.reject()


def test_a_click_on_a_title_takes_the_focus_that_another_title_has(qtbot, window):
    dialog = PreferencesDialog(window.preferences, window.session.tasks.weights, window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    first, second, *_ = dialog.tabs.findChildren(QToolButton, options=direct)
    dialog.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert (dialog.tabs.chosen, dialog.focusWidget()) == (1, second)
    dialog.reject()

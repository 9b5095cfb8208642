"""The window as a whole: opening, keys, the state that it shows, closing."""

import sys

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenuBar, QMessageBox

from skn_annotator.app.language import tr, use_language
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.gui.actions.action_table import TABLE, keys_of, tooltip
from skn_annotator.gui.dialogs.shortcut_sheet import ShortcutSheet, as_pressed, sheet
from skn_annotator.gui.status_line import duration, speed
from skn_annotator.gui.timeline import timeline
from skn_annotator.gui.timeline.transport import Transport
from skn_annotator.inference.directions import Direction
from skn_annotator.settings import load_settings


def test_an_empty_window_says_what_to_do(make_window, tracker):
    window = make_window(tracker)
    assert window.start_page.isVisible()
    assert not window.canvas.isVisible()
    enabled = {spec.name for spec in TABLE if window.actions_[spec.name].isEnabled()}
    always = {"open", "open_folder", "demo", "quit", "follow", "shortcuts", "about"}
    assert enabled == always | {"dark", "light", "system", "preferences"}


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPoint(50, 50), copy, data, left, none))


def test_a_dropped_folder_is_opened(qtbot, make_window, tracker, clip):
    window = make_window(tracker)
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        drop(window, clip)
    assert window.canvas.isVisible()
    assert window.windowTitle() == "clip — SKN Annotator"


def test_a_dropped_project_is_opened(qtbot, window, make_window, tracker, clip, hand):
    hand.drag((20.5, 20.5))
    assert window.close()
    again = make_window(tracker)
    with qtbot.waitSignal(again.session.viewer.frame_shown):
        drop(again, clip.parent / "clip.skn")
    assert again.session.project.sequence.path == clip
    assert again.session.document.mask(0).any()


def test_a_dropped_file_that_is_no_video_is_told_and_the_start_page_stays(
    qtbot, make_window, tracker, tmp_path
):
    wrong = tmp_path / "notes.mp4"
    wrong.write_text("not a video")
    window = make_window(tracker)
    drop(window, wrong)
    qtbot.waitUntil(window.message_bar.isVisible)
    assert "notes.mp4" in window.message_bar.text.text()
    assert window.start_page.isVisible()
    qtbot.waitUntil(lambda: not window.session.project.is_opening)
    assert "Drop" in window.start_page._title.text()


@pytest.mark.parametrize(
    ("key", "modifier", "position"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 10),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 11),
    ],
)
def test_keys_step_through_the_frames(qtbot, window, key, modifier, position):
    qtbot.keyClick(window.canvas, key, modifier)
    assert window.session.viewer.position == position
    qtbot.keyClick(window.canvas, Qt.Key.Key_Home)
    assert window.session.viewer.position == 0


def test_undo_and_redo_are_named_after_what_they_do(qtbot, window, hand):
    undo, redo = window.actions_["undo"], window.actions_["redo"]
    assert not undo.isEnabled()
    hand.drag((20.5, 20.5))
    assert undo.text() == "&Undo Brush"
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document.mask(0) is None
    assert not undo.isEnabled()
    assert redo.text() == "&Redo Brush"
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, modifiers)
    assert window.session.document.mask(0).any()


def test_brush_and_eraser_are_chosen_by_key(qtbot, window):
    qtbot.keyClick(window.canvas, Qt.Key.Key_E)
    assert window.toolbox.tool.name == "eraser"
    assert window.actions_["eraser"].isChecked()
    assert not window.actions_["brush"].isChecked()
    for _ in range(2):
        qtbot.keyClick(window.canvas, Qt.Key.Key_B)
        assert window.toolbox.tool.name == "brush"
        assert window.actions_["brush"].isChecked()
    radius = window.toolbox.radius
    qtbot.keyClick(window.canvas, Qt.Key.Key_BracketRight)
    assert window.toolbox.radius > radius


def test_r_marks_and_unmarks_and_the_button_tells_which_it_is(qtbot, window, hand):
    button = window.actions_["toggle_reference"]
    assert not button.isChecked()
    hand.drag((20.5, 20.5))
    assert button.isChecked()
    qtbot.keyClick(window.canvas, Qt.Key.Key_R)
    assert not button.isChecked()
    assert window.session.document.history.undo_name == "Unset reference frame"
    qtbot.keyClick(window.canvas, Qt.Key.Key_R)
    assert button.isChecked()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right)
    assert not button.isChecked()


@pytest.mark.parametrize(
    ("modifier", "order"),
    [
        (Qt.KeyboardModifier.ControlModifier, (4, 5, 6, 7, 8, 9, 10, 11)),
        (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, (4, 3, 2, 1, 0)),
        (Qt.KeyboardModifier.ShiftModifier, (4, 5, 6, 7, 8, 9, 10, 11, 4, 3, 2, 1, 0)),
    ],
)
def test_return_with_ctrl_or_shift_propagates(qtbot, window, hand, tracker, modifier, order):
    window.session.viewer.seek(4)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 4)
    hand.drag((20.5, 20.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, modifier)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    assert tracker.passes == [order]


@pytest.mark.parametrize(
    ("modifier", "order"),
    [
        (Qt.KeyboardModifier.AltModifier, (4, 5)),
        (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier, (4, 3)),
        (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier, (4, 5, 6, 4, 3, 2)),
    ],
)
def test_return_with_alt_propagates_over_one_frame_or_the_selected_range(
    qtbot, window, hand, tracker, modifier, order
):
    window.session.viewer.seek(4)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 4)
    hand.drag((20.5, 20.5))
    assert not window.actions_["range"].isEnabled()
    window.session.viewer.select_range(2, 6)
    assert window.actions_["range"].isEnabled()
    assert window.actions_["range"].iconText() == "Frames\u00a03-7"
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, modifier)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    assert tracker.passes == [order]


@pytest.mark.parametrize(
    ("key", "order"),
    [(Qt.Key.Key_End, (4, 5, 6, 7, 8, 9, 10, 11)), (Qt.Key.Key_Home, (4, 3, 2, 1, 0))],
)
def test_end_and_home_with_alt_propagate_to_the_ends_of_the_video(qtbot, window, hand, tracker, key, order):
    window.session.viewer.seek(4)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 4)
    hand.drag((20.5, 20.5))
    qtbot.keyClick(window.canvas, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    assert tracker.passes == [order]


def test_a_key_limits_passes_to_the_chosen_object_and_the_bar_says_so(qtbot, window):
    transport, session = window.findChild(Transport), window.session
    assert transport.passes.what.text() == "Propagate"
    modifier = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.canvas, Qt.Key.Key_P, modifier)
    assert window.actions_["only_active"].isChecked()
    assert transport.passes.what.text() == "Propagate object 1 only"
    session.document.rename(1, "cup")
    assert transport.passes.what.text() == "Propagate cup only"
    qtbot.keyClick(window.canvas, Qt.Key.Key_P, modifier)
    assert transport.passes.what.text() == "Propagate"


def test_a_pass_can_be_paused_and_stopped_and_the_status_line_counts(qtbot, make_window, clip):
    from fakes import FakeTracker

    gated = FakeTracker(steps=0)
    window = make_window(gated, clip)
    session = window.session
    session.painter.begin_stroke(4, False)
    session.painter.stroke_to((20, 20))
    session.document.end_draft()
    session.tasks.propagate(Direction.FORWARD)
    gated.allow(4)
    qtbot.waitUntil(lambda: session.tasks.passes.current.latest == 3)
    status = window.findChild(object, "StatusLine")
    assert status.doing.text() == "Propagate 2-4"
    assert status.memory.text().startswith("memory 1 frame,")
    assert "frames/s" in status.pace.text() or "s per frame" in status.pace.text()
    assert status.machine.text().startswith("CPU")
    pause = window.actions_["pause"]
    assert pause.iconText() == "Pause"
    pause.trigger()
    assert (pause.iconText(), status.doing.text()) == ("Resume", "Paused")
    qtbot.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert session.tasks.passes.current is None
    assert status.doing.text() == "Propagate 2-4: 3 frames filled"
    window.toolbox.choose("fill")
    assert status.doing.text() == window.toolbox.tool.hint
    gated.allow(20)


def test_the_corner_says_whether_it_is_saved(qtbot, window, hand):
    hand.drag((20.5, 20.5))
    document = window.menuBar().cornerWidget()
    qtbot.waitUntil(lambda: "saved" in document.text())
    assert document.text().startswith("clip")
    corner = document.geometry()
    assert window.width() - corner.right() < 16
    assert corner.width() >= document.sizeHint().width()


def test_the_saving_mark_does_not_flicker_while_strokes_are_saved(qtbot, window, hand):
    document, project = window.menuBar().cornerWidget(), window.session.project
    hand.drag((20.5, 20.5))
    qtbot.waitUntil(lambda: "saved" in document.text())
    texts, states = [], []
    project.saving_changed.connect(lambda: texts.append(document.text()))
    project.saving_changed.connect(lambda: states.append(project.save_state))
    for x in (24.5, 28.5, 32.5):
        hand.drag((x, 20.5))
        qtbot.waitUntil(lambda: project.save_state is SaveState.SAVED)
    assert states.count(SaveState.SAVING) == 3
    assert set(texts) == {"clip  ·  saved"}


def test_closing_saves_and_remembers_preferences(window, clip, hand):
    hand.drag((20.5, 20.5))
    window.toolbox.set_radius(33.0)
    window.display.set(opacity=0.25)
    assert window.close()
    assert (clip.parent / "clip.skn" / "masks" / "00000.png").exists()
    remembered = load_settings()
    assert (remembered.brush_radius, remembered.opacity) == (33.0, 0.25)
    assert remembered.recent == (str(clip),)


@pytest.mark.parametrize(("discard", "closed"), [(False, False), (True, True)])
def test_work_that_cannot_be_saved_is_not_dropped_without_a_question(
    monkeypatch, window, clip, hand, discard, closed
):
    (clip.parent / "clip.skn").write_text("in the way")
    hand.drag((20.5, 20.5))
    defaults = []
    monkeypatch.setattr(QMessageBox, "exec", lambda self: defaults.append(self.defaultButton().text()))
    wanted = "Close without saving" if discard else "Keep open"
    chosen = lambda self: next(b for b in self.buttons() if b.text() == wanted)  # noqa: E731
    monkeypatch.setattr(QMessageBox, "clickedButton", chosen)
    window.close_sequence()
    assert (window.session.project.sequence is None) is closed
    assert defaults == ["Keep open"]


def test_every_shortcut_is_unique_and_in_the_sheet(window):
    keys = [key for spec in TABLE for key in keys_of(spec)]
    assert len(keys) == len(set(keys))
    listed = {what for rows in sheet(TABLE).values() for what, _ in rows}
    named = {tr(s.text).replace("&", "").rstrip("…") for s in TABLE if keys_of(s) and not s.hidden}
    assert named <= listed


def test_every_tooltip_names_its_shortcut():
    brush = next(spec for spec in TABLE if spec.name == "brush")
    assert tooltip(brush).startswith("Brush  (B)\n")


def test_f1_opens_the_sheet(monkeypatch, qtbot, window):
    opened = []
    monkeypatch.setattr(ShortcutSheet, "exec", lambda self: opened.append(self))
    qtbot.keyClick(window.canvas, Qt.Key.Key_F1)
    assert len(opened) == 1


def test_the_window_is_open_before_torch_is_imported():
    """In a process of its own, because other tests import torch."""
    import subprocess

    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from skn_annotator.app.session import Session\n"
        "from skn_annotator.gui.main_window import MainWindow\n"
        "window = MainWindow(Session())\n"
        "window.show()\n"
        "print(window.isVisible(), 'torch' in sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.stdout.split() == ["True", "False"], result.stderr


def test_calls_into_qt_leave_none_alone(window):
    """PySide6 6.12.0 released None once too often in every call, until Python 3.11 aborted."""
    before = sys.getrefcount(None)
    for _ in range(1000):
        window.canvas.update()
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.parametrize(
    ("rate", "said"), [(7.94, "7.9 frames/s"), (1.0, "1.0 frames/s"), (0.5, "2.0 s per frame")]
)
def test_speeds_read_well(rate, said):
    assert speed(rate).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (200, "3 min 20 s"), (3900, "1 h 05 min")],
)
def test_durations_read_well(seconds, said):
    assert duration(seconds).replace("\u00a0", " ") == said


def test_the_tool_bar_has_more_columns_where_the_window_is_low(qtbot, window):
    from PySide6.QtWidgets import QToolButton

    bar = window.findChild(object, "ToolBar")
    for height, columns in ((900, 1), (660, 2), (560, 3), (900, 1)):
        window.resize(1200, height)
        qtbot.waitUntil(lambda columns=columns: bar.columns == columns)
        qtbot.wait(20)
        places = [button.geometry() for button in bar.findChildren(QToolButton)]
        assert all(bar.rect().contains(place) for place in places)
        assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[:i])


def test_where_the_menu_bar_is_the_systems_the_title_says_whether_it_is_saved(
    qtbot, window, hand, monkeypatch
):
    assert window.windowTitle() == "clip — SKN Annotator"
    monkeypatch.setattr(QMenuBar, "isNativeMenuBar", lambda self: True)
    hand.drag((20.5, 20.5))
    qtbot.waitUntil(lambda: window.windowTitle() == "clip  ·  saved — SKN Annotator")


def test_what_macos_moves_to_its_own_menu_has_its_role(window):
    roles = {name: window.actions_[name].menuRole() for name in ("about", "preferences", "quit", "open")}
    Role = QAction.MenuRole
    assert list(roles.values()) == [Role.AboutRole, Role.PreferencesRole, Role.QuitRole, Role.NoRole]


def test_gestures_name_the_keys_of_a_mac_on_a_mac(monkeypatch, qapp):
    assert as_pressed("Ctrl + wheel") == "Ctrl + wheel"
    monkeypatch.setattr("sys.platform", "darwin")
    assert as_pressed("Ctrl + wheel") == "⌘ + wheel"
    use_language(qapp, "de")
    assert as_pressed("Strg + Mausrad") == "⌘ + Mausrad"
    assert as_pressed("Umschalt + Klick") == "⇧ + Klick"
    use_language(qapp, "en")


def test_everything_can_be_reached_on_a_small_screen(qtbot, make_window, tracker, clip, monkeypatch):
    """1920 x 1080 at 200 %: 960 x 540 with the system's title bar."""
    monkeypatch.setattr(timeline, "_LOW", 10_000)
    window = make_window(tracker, clip)
    window.resize(960, 480)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == (960, 480))
    named = [window.findChild(object, name) for name in ("Transport", "ToolBar", "SideArea")]
    for widget in (window.timeline, window.canvas, *named):
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        assert window.rect().contains(place), widget
    tools, transport = named[1], named[0]
    for bar in (tools, transport):
        for button in bar.findChildren(QAbstractButton):
            place = QRect(button.mapTo(bar, QPoint(0, 0)), button.size())
            assert button.isHidden() or not button.isVisible() or bar.rect().contains(place), button
    side = window.findChild(object, "SideArea")
    assert side.verticalScrollBar().maximum() > 0

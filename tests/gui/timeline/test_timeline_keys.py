"""The timeline by keyboard: what is its own while it has the focus, and what stays a shortcut."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from skn_annotator.gui.look import theme

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def timeline(qtbot, window):
    """The timeline, reached by F6 from the canvas."""
    window.activateWindow()
    window.canvas.setFocus()
    for _ in range(4):
        if window.timeline.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_F6)
    assert window.timeline.hasFocus()
    return window.timeline


def edge(timeline):
    return timeline.grab().toImage().pixelColor(timeline.width() // 2, 0)


def test_f6_reaches_it_a_ring_shows_that_and_a_click_does_not_take_the_keyboard(qtbot, window, timeline):
    assert edge(timeline) == theme.color("accent")
    window.canvas.setFocus()
    assert edge(timeline) != theme.color("accent")
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=timeline.rect().center())
    assert window.canvas.hasFocus()


def test_arrows_home_and_end_go_on_as_everywhere(qtbot, window, timeline):
    seen = []
    window.session.viewer.position_changed.connect(seen.append)
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_End, Key.Key_Home):
        qtbot.keyClick(timeline, key)
    assert seen == [1, 2, 1, 11, 0]
    qtbot.keyClick(timeline, Key.Key_PageDown)
    assert window.session.viewer.position == 10
    qtbot.keyClick(timeline, Key.Key_PageUp)
    assert window.session.viewer.position == 0


def test_shift_and_arrows_extend_the_range_and_take_it_back(qtbot, window, timeline):
    session = window.session
    session.viewer.seek(4)
    for key, chosen_range in (
        (Key.Key_Right, (4, 5)),
        (Key.Key_Right, (4, 6)),
        (Key.Key_Left, (4, 5)),
        (Key.Key_Left, (4, 4)),
        (Key.Key_Left, (3, 4)),
        (Key.Key_Home, (0, 4)),
        (Key.Key_End, (4, 11)),
    ):
        qtbot.keyClick(timeline, key, Modifier.ShiftModifier)
        assert session.viewer.chosen_range == chosen_range
    assert session.viewer.position == 11
    qtbot.keyClick(timeline, Key.Key_Escape)
    assert session.viewer.chosen_range is None


def test_a_range_begins_anew_where_one_is_no_end_of_it(qtbot, window, timeline):
    window.session.viewer.select_range(1, 3)
    window.session.viewer.seek(7)
    qtbot.keyClick(timeline, Key.Key_Right, Modifier.ShiftModifier)
    assert window.session.viewer.chosen_range == (7, 8)


def test_on_the_canvas_shift_and_an_arrow_are_ten_frames_still(qtbot, window, timeline):
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Key.Key_Right, Modifier.ShiftModifier)
    assert (window.session.viewer.position, window.session.viewer.chosen_range) == (10, None)


def test_up_and_down_choose_the_lane(qtbot, window, timeline):
    window.session.document.add_object()
    window.session.document.add_object()
    for key, active in ((Key.Key_Up, 2), (Key.Key_Up, 1), (Key.Key_Up, 1), (Key.Key_Down, 2)):
        qtbot.keyClick(timeline, key)
        assert window.session.document.active == active


def test_plus_minus_and_nought_zoom(qtbot, window, timeline):
    for _ in range(3):
        qtbot.keyClick(timeline, Key.Key_Plus, Modifier.ShiftModifier)
    span = timeline.axis.span
    assert span < 12
    qtbot.keyClick(timeline, Key.Key_Minus, Modifier.KeypadModifier)
    assert timeline.axis.span > span or timeline.axis.is_whole
    qtbot.keyClick(timeline, Key.Key_Equal)
    qtbot.keyClick(timeline, Key.Key_0)
    assert timeline.axis.is_whole


def test_space_plays_and_stops(qtbot, window, timeline):
    qtbot.keyClick(timeline, Key.Key_Space)
    assert window.session.viewer.playback.playing
    qtbot.keyClick(timeline, Key.Key_Space)
    assert not window.session.viewer.playback.playing


def test_other_keys_are_the_windows(qtbot, window, timeline):
    qtbot.keyClick(timeline, Key.Key_E)
    assert window.toolbox.tool.name == "eraser"


def test_who_reads_the_screen_aloud_hears_where_we_are(qtbot, window, timeline):
    assert timeline.accessibleName() == "Timeline"
    qtbot.keyClick(timeline, Key.Key_Right)
    assert timeline.accessibleDescription() == "frame\u00a02 / 12, no mask yet"

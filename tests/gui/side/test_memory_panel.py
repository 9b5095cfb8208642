"""The memory tab: which frames were read, what came from each, and where a click leads."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QToolButton

from skn_annotator.app.tasks.kept_matches import MemoryFrame
from skn_annotator.gui.side.memory_panel import MemoryPanel
from skn_annotator.gui.workspace import Panel


@pytest.fixture
def panel(qtbot, window):
    """The panel, its tab chosen."""
    panel = window.findChild(MemoryPanel)
    assert not window.workspace.shows(Panel.NETWORK)  # until it is asked for
    window.actions_["panel_network"].trigger()
    tab = next(button for button in window.findChildren(QToolButton) if button.text() == "Memory")
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    assert panel.isVisible()
    return panel


@pytest.fixture
def read(qtbot, window, hand, panel):
    """Object 1 on frame 1, propagated to the end; frame 12 is shown."""
    hand.drag((20.5, 20.5))
    hand.move((60, 45))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None and window.session.viewer.shown == 11)


def memory(session):
    """What was read for the active object on the shown frame."""
    document = session.document
    matches = session.tasks.passes.matches
    return matches.memory(session.viewer.shown, document.active, document.annotation.references)


def pixels(widget):
    image = widget.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def test_without_a_pass_it_says_what_to_do(window, panel):
    assert memory(window.session) == ()
    assert pixels(panel).std() > 0  # a sentence


def test_it_shows_what_was_read_and_the_share_of_each(qtbot, window, panel, read):
    (frame,) = memory(window.session)
    assert (frame.t, frame.share, frame.is_reference) == (0, 1.0, True)
    qtbot.waitUntil(lambda: window.session.viewer.thumbnail(0) is not None)
    middle = panel.place(0).center()
    seen = panel.grab().toImage().pixelColor(middle - QPoint(0, 12))
    assert seen.red() > seen.green() + 20  # the mask, on the picture


def test_a_mask_that_changes_is_seen_on_its_thumbnail(qtbot, window, panel, read):
    qtbot.waitUntil(lambda: window.session.viewer.thumbnail(0) is not None)
    before = pixels(panel)
    window.session.document.recolor(1, (20, 20, 250))
    assert not np.array_equal(pixels(panel), before)


def test_the_mouse_over_a_frame_shows_its_points_and_a_click_goes_there(qtbot, window, panel, read):
    beside = QPoint(panel.width() - 2, panel.height() - 2)
    qtbot.mouseMove(panel, beside)
    clean = pixels(window.canvas)
    qtbot.mouseMove(panel, panel.place(0).center())
    assert window.display.look.from_frame == 0
    assert not np.array_equal(pixels(window.canvas), clean)
    qtbot.mouseMove(panel, beside)
    assert window.display.look.from_frame is None
    assert np.array_equal(pixels(window.canvas), clean)
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=panel.place(0).center())
    assert window.session.viewer.position == 0
    qtbot.waitUntil(lambda: window.session.viewer.shown == 0)
    assert memory(window.session) == ()  # a reference frame was not read


@pytest.fixture
def several(qtbot, window, panel, read, monkeypatch):
    """Five frames in two rows, with the keyboard on the panel."""
    memory = tuple(MemoryFrame(t, 0.2, t == 0) for t in (0, 2, 4, 6, 8))
    monkeypatch.setattr(window.session.tasks.passes.matches, "memory", lambda *_: memory)
    panel.refresh()
    window.activateWindow()
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    return panel


def test_arrows_go_from_frame_to_frame_and_show_its_points(qtbot, window, several):
    key = Qt.Key
    assert window.display.look.from_frame == 0
    for pressed, t in (
        (key.Key_Right, 2),
        (key.Key_Down, 8),
        (key.Key_Down, 8),
        (key.Key_Left, 6),
        (key.Key_Up, 0),
        (key.Key_Left, 0),
        (key.Key_End, 8),
        (key.Key_Home, 0),
    ):
        qtbot.keyClick(several, pressed)
        assert window.display.look.from_frame == t
    assert window.session.viewer.position == 11
    assert several.accessibleDescription() == "Reference frame 1: 20 % of the matched points of object 1"
    window.canvas.setFocus()
    assert window.display.look.from_frame is None


def test_what_the_keyboard_comes_to_is_scrolled_into_sight(qtbot, window, several):
    qtbot.keyClick(several, Qt.Key.Key_End)
    assert several.visibleRegion().contains(several.place(4).adjusted(0, 0, 0, -1))
    qtbot.keyClick(several, Qt.Key.Key_Home)
    assert several.visibleRegion().contains(several.place(0))


def test_enter_goes_to_the_frame_that_the_keyboard_is_on(qtbot, window, several, tracker):
    passes = len(tracker.passes)
    qtbot.keyClick(several, Qt.Key.Key_Home)
    qtbot.keyClick(several, Qt.Key.Key_Return)
    assert window.session.viewer.position == 0
    assert len(tracker.passes) == passes  # Enter did not propagate


def test_other_keys_are_the_windows(qtbot, window, several):
    qtbot.keyClick(several, Qt.Key.Key_E)
    assert window.toolbox.tool.name == "eraser"


def test_without_frames_the_keys_do_nothing(qtbot, window, panel):
    window.activateWindow()
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_End):
        qtbot.keyClick(panel, key)
    assert window.session.viewer.position == 0


def test_a_key_and_the_menu_mark_a_remembered_frame_as_a_reference(qtbot, window, panel, read):
    session = window.session
    frame = memory(session)[0]
    assert frame.is_reference
    panel.setFocus()
    qtbot.keyClick(panel, Qt.Key.Key_R)
    assert session.document.annotation.references == {}
    assert session.document.history.undo_name == "Unset reference frame"
    assert session.viewer.position == 11
    at = panel.place(0).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, panel.mapToGlobal(at))
    QApplication.sendEvent(panel, event)
    menu = QApplication.activePopupWidget()
    assert [action.text().replace("&", "") for action in menu.actions()] == [
        "Go to frame 1",
        "Make it a reference frame",
    ]
    menu.actions()[1].trigger()
    menu.close()
    assert set(session.document.annotation.references) == {0}
    assert session.document.history.undo_name == "Set reference frame"

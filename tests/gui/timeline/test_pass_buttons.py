"""Two buttons start the passes that are meant most; the menu says what each pass would do."""

import pytest
from fakes import FakeTracker
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton
from steps import paint

from skn_annotator.gui.look import Elided
from skn_annotator.gui.timeline.pass_buttons import PassButtons
from skn_annotator.gui.timeline.transport import Transport


@pytest.fixture
def buttons(qtbot, window, hand):
    """The buttons, after a pass over the clip."""
    hand.drag((16.5, 24.5))
    window.actions_["forward"].trigger()
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    return window.findChild(PassButtons)


def shown(buttons):
    """The buttons' texts, first that which is meant most."""
    seen = [button for button in buttons.buttons.values() if button.isVisible()]
    return [button.text() for button in sorted(seen, key=lambda button: not button.property("primary"))]


def correct(qtbot, window, hand):
    window.session.viewer.seek(6)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 6)
    hand.drag((40.5, 40.5))


def test_the_first_button_is_what_to_do_next(qtbot, window, hand, buttons):
    assert shown(buttons) == ["Forward", "Both ways"]
    window.session.viewer.select_range(2, 4)
    assert shown(buttons) == ["Frames\u00a03-5", "Forward"]
    correct(qtbot, window, hand)
    assert shown(buttons) == ["Renew 5 frames", "Frames\u00a03-5"]
    window.session.viewer.clear_range()
    assert shown(buttons) == ["Renew 5 frames", "Both ways"]
    qtbot.mouseClick(buttons.buttons["renew"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    assert shown(buttons) == ["Forward", "Both ways"]


def test_the_menu_says_what_each_pass_would_do_and_starts_it(qtbot, window, hand, buttons, tracker):
    correct(qtbot, window, hand)
    buttons.menu.popup(window.mapToGlobal(QPoint(0, 0)))
    entries = {action.objectName(): action for action in buttons.menu.actions()}
    assert "range" not in entries
    assert (
        entries["renew"].text().startswith("Renew stale frames: frames\u00a08-12; 5 masks would be replaced")
    )
    assert entries["to_start"].text().startswith("Backward to the start: ")
    window.session.viewer.seek(0)
    buttons.menu.popup(window.mapToGlobal(QPoint(0, 0)))
    entries = {action.objectName(): action for action in buttons.menu.actions()}
    assert not entries["one_back"].isEnabled()
    assert "is the first one" in entries["one_back"].text()
    entries["one_on"].trigger()
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    assert tracker.passes[-1] == (0, 1)
    buttons.menu.close()


def test_enter_alone_starts_no_pass(qtbot, window, hand):
    hand.drag((16.5, 24.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window.session.tasks.passes.latest is None


def test_texts_go_only_where_the_buttons_themselves_lack_the_room(qtbot, window, hand, buttons):
    correct(qtbot, window, hand)
    assert shown(buttons) == ["Renew 5 frames", "Both ways"]
    transport, style = window.findChild(Transport), Qt.ToolButtonStyle
    window.resize(1600, 700)
    qtbot.wait(20)
    needed = transport.layout().minimumSize().width()
    needed += buttons.minimumSizeHint().width() - buttons.parentWidget().minimumSizeHint().width()
    beside = window.width() - transport.width()
    window.resize(beside + needed, 700)
    qtbot.wait(20)
    assert transport.width() == needed
    for action in ("undo", "redo"):  # to "Forward", which is shorter, and back
        window.actions_[action].trigger()
        assert buttons.buttons["both"].toolButtonStyle() is style.ToolButtonTextBesideIcon
        qtbot.wait(20)
    window.resize(beside + needed - 1, 700)
    qtbot.wait(20)
    assert buttons.buttons["both"].toolButtonStyle() is style.ToolButtonIconOnly


def test_texts_of_a_running_pass_go_before_how_far_it_is_is_cut(qtbot, make_window, clip):
    gated = FakeTracker(steps=0)
    window = make_window(gated, clip)
    paint(window.session)
    transport = window.findChild(Transport)
    window.resize(1600, 700)
    window.actions_["forward"].trigger()
    gated.allow(5)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current.latest == 4)
    (count,) = (label for label in transport.findChildren(Elided) if label.text())
    pause = next(each for each in transport.findChildren(QToolButton) if each.text() == "Pause")
    seen = {}
    for width in range(window.minimumWidth(), 1400, 40):
        window.resize(width, 700)
        qtbot.wait(5)
        is_whole = count.width() >= count.sizeHint().width()
        seen[pause.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon, is_whole] = width
    assert (True, True) in seen
    assert (False, True) in seen
    assert (True, False) not in seen
    gated.go_on()

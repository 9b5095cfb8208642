"""What a pass would change is shown while the mouse, the keyboard or a menu is on it, and only then."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from skn_annotator.gui.timeline.transport import Transport


@pytest.fixture
def passed(qtbot, window, hand):
    """Object 1 propagated from frame 1 to the end; frame 6 is shown."""
    hand.drag((20.5, 20.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    window.session.viewer.seek(5)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 5)
    return window


def button_of(window, name):
    buttons = window.findChild(Transport).findChildren(QToolButton)
    return next(b for b in buttons if b.defaultAction() is window.actions_[name])


def point_at(button, nudge=0):
    """The mouse comes to a button, or to another place on it."""
    place = QPointF(button.rect().center()) + QPointF(nudge, 0)
    QApplication.sendEvent(button, QEnterEvent(place, place, button.mapToGlobal(place)))


def point_away(button):
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))


def said(window):
    return window._status_line.doing.text()


def lane(window, t):
    """The colour between the line of the first lane and its edge, at frame t."""
    image = window.timeline.grab().toImage()
    return image.pixelColor(round(window.timeline.x_of(t)), 24 + 4)


ALL = "Forward: frames\u00a02-12; 11 masks would be replaced; reference frame\u00a01 stays"


def test_the_mouse_on_a_button_shows_what_its_pass_would_change(qtbot, passed):
    quiet, before = lane(passed, 6), said(passed)
    point_at(button_of(passed, "forward"))
    qtbot.waitUntil(lambda: said(passed) == ALL)
    assert lane(passed, 6) != quiet
    point_away(button_of(passed, "forward"))
    qtbot.waitUntil(lambda: said(passed) == before)
    assert lane(passed, 6) == quiet


def test_only_what_would_be_changed_is_tinted_and_what_is_replaced_is_hatched(qtbot, window, hand):
    hand.drag((20.5, 20.5))
    window.session.viewer.select_range(1, 4)
    window.actions_["range"].trigger()
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    window.session.viewer.clear_range()
    window.session.viewer.seek(0)
    window.session.tasks.toggle_follow()

    def colours(first, last):
        image = window.timeline.grab().toImage()
        left, right = (round(window.timeline.x_of(t)) for t in (first, last))
        return {image.pixel(x, 24 + 5) for x in range(left, right)}

    quiet = colours(2, 3)
    point_at(button_of(window, "forward"))
    qtbot.waitUntil(lambda: "7 frames get their first mask; 4 masks" in said(window))
    assert len(colours(2, 3)) > 1 == len(colours(7, 8))
    assert not colours(7, 8) & quiet


def test_the_keyboard_on_a_button_shows_it_too(qtbot, passed):
    passed.activateWindow()
    button = button_of(passed, "forward")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: said(passed) == ALL)
    passed.session.viewer.seek(11)
    passed.session.document.toggle_reference(11)
    qtbot.waitUntil(lambda: "Nothing to fill after this frame" in said(passed))  # it goes along
    passed.session.undo()
    passed.session.viewer.seek(5)
    qtbot.keyClick(button, Qt.Key.Key_Backtab)
    qtbot.keyClick(passed.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(button, Qt.Key.Key_Tab)
    assert passed.focusWidget() is button_of(passed, "both")
    assert said(passed).startswith("Both ways: frames\u00a02-12")
    assert button_of(passed, "both").accessibleDescription() == said(passed)
    passed.canvas.setFocus()
    assert "Both ways" not in said(passed)


def test_the_entry_that_is_highlighted_in_the_menu_shows_it(qtbot, passed):
    before = said(passed)
    menu = next(m for m in passed.menuBar().findChildren(QMenu) if m.title() == "&Propagate")
    menu.popup(passed.mapToGlobal(QPoint(300, 30)))
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is passed.actions_["forward"]
    assert said(passed) == ALL
    while menu.activeAction() is not passed.actions_["everywhere"]:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert said(passed).startswith("Whole video: frames\u00a02-12")
    while menu.activeAction() is not passed.actions_["only_active"]:  # it is no pass
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    assert said(passed) == before
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert said(passed) == before


def test_it_follows_what_is_chosen_meanwhile(qtbot, passed):
    point_at(button_of(passed, "forward"))
    qtbot.waitUntil(lambda: said(passed) == ALL)
    passed.session.document.set_locked(1, True)
    assert "nothing would change there" in said(passed)
    passed.session.document.set_locked(1, False)
    passed.session.undo()
    passed.session.undo()
    passed.session.undo()
    assert (
        said(passed)
        == "Forward: frames\u00a02-12; 11 frames get their first mask; reference frame\u00a01 stays"
    )


def test_nothing_is_planned_while_nothing_is_pointed_at(qtbot, passed, monkeypatch):
    asked = []
    real = passed.session.tasks.forecast
    monkeypatch.setattr(passed.session.tasks, "forecast", lambda d: (asked.append(d), real(d))[1])
    passed.session.viewer.step(1)
    passed.session.document.set_locked(1, True)
    assert not asked
    point_at(button_of(passed, "forward"))
    qtbot.waitUntil(lambda: len(asked) == 1)


def test_after_a_click_the_summary_is_seen_until_the_mouse_moves(qtbot, passed):
    button = button_of(passed, "forward")
    point_at(button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert passed.session.tasks.passes.current is not None
    qtbot.waitUntil(lambda: passed.session.tasks.passes.current is None)
    point_at(button)  # Qt says so where a button appears under the mouse
    assert "changed" in said(passed)
    point_at(button, nudge=3)
    qtbot.waitUntil(lambda: "would be replaced" in said(passed))


def test_after_a_pass_by_keyboard_the_summary_is_seen_until_tab_comes_again(qtbot, passed):
    passed.activateWindow()
    button = button_of(passed, "forward")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert said(passed) == ALL
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: passed.session.tasks.passes.current is None)
    assert passed.focusWidget() is button
    assert "changed" in said(passed)
    qtbot.keyClick(button, Qt.Key.Key_Tab)
    assert said(passed).startswith("Both ways")

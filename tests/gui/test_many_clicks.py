"""Whatever a hand does to the window in whatever order: undo leads back to the beginning, redo to the end,
and what is closed opens again as it was.
"""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from states import state

from skn_annotator.app import document
from skn_annotator.app.tasks import remap
from skn_annotator.gui.actions.action_table import TABLE
from skn_annotator.gui.canvas.toolbox import TOOLS

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
ELSEWHERE = {"File", "Help", "View/&Theme", "View/O&bject colours"}
"""Menus that open a window, or change what other tests see."""
NAMES = [spec.name for spec in TABLE if spec.menu not in ELSEWHERE and spec.name != "preferences"]
KEYS = [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_X]


class Chance:
    """A hand that is led by chance."""

    def __init__(self, qtbot, window, hand, seed):
        self._qtbot, self._window, self._hand = qtbot, window, hand
        self._random = random.Random(seed)

    def act(self):
        """Do something; a menu that it opens is closed again."""
        if self._random.random() < 0.7:
            self._make_paintable()
        self._random.choice([self._trigger] * 4 + [self._drag] * 6 + [self._press_key, self._use_timeline])()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        if self._random.random() < 0.5:
            self._qtbot.wait(self._random.choice((1, 20)))

    def _make_paintable(self):
        """Or most of what follows would be refused."""
        session = self._window.session
        if session.document.active_object is None:
            self._window.actions_["add_object"].trigger()
        if not session.document.active_object.visible:
            self._window.actions_["hide"].trigger()
        if session.document.active_object.locked:
            self._window.actions_["lock"].trigger()
        self._window.display.set(before=False)

    def _trigger(self):
        if self._random.random() < 0.3:
            self._window.toolbox.choose(self._random.choice(list(TOOLS)))
        action = self._window.actions_[self._random.choice(NAMES)]
        if action.isEnabled():
            action.trigger()

    def _drag(self):
        height, width = self._window.session.document.annotation.size
        count = self._random.choice((1, 2, 5))
        points = [(self._random.uniform(0, width), self._random.uniform(0, height)) for _ in range(count)]
        button = self._random.choice((LEFT, LEFT, LEFT, RIGHT, MIDDLE))
        self._hand.drag(*points, button=button, modifier=self._random.choice((NONE, NONE, SHIFT, ALT)))

    def _press_key(self):
        self._qtbot.keyClick(self._window.canvas, self._random.choice(KEYS))

    def _use_timeline(self):
        timeline, modifier = self._window.timeline, self._random.choice((NONE, SHIFT))
        self._qtbot.mousePress(timeline, LEFT, modifier, self._place())
        self._qtbot.mouseMove(timeline, self._place())
        self._qtbot.mouseRelease(timeline, LEFT, modifier, self._place())

    def _place(self):
        timeline = self._window.timeline
        place = timeline.rect().center()
        place.setX(
            round(timeline.x_of(self._random.randrange(self._window.session.document.annotation.length)))
        )
        return place


def rest(qtbot, window):
    """Let everything that goes on by itself come to its end."""
    session = window.session
    if session.tasks.passes.current is not None and session.tasks.passes.current.paused:
        session.tasks.passes.stop()
    session.viewer.playback.stop()
    session.document.end_draft()
    qtbot.waitUntil(lambda: not session.verbs.must_wait)  # or undo waits, and what is counted is not undone
    qtbot.waitUntil(lambda: session.tasks.current is None and session.viewer.shown == session.viewer.position)
    session.viewer.playback.stop()


def there_and_back(annotation, session):
    """Undo everything, and redo it; returns what there was at the beginning."""
    end, undone = state(annotation), 0
    while session.document.history.undo_name is not None:
        session.undo()
        undone += 1
    beginning = state(annotation)
    for _ in range(undone):
        session.document.redo()
    assert state(annotation) == end
    return beginning


@pytest.mark.parametrize("seed", range(3))
def test_undo_and_reopening_keep_what_chance_made(qtbot, window, hand, clip, monkeypatch, seed):
    if seed % 2:
        monkeypatch.setattr(document, "ENCODED_AT_ONCE", 0)
        monkeypatch.setattr(remap, "REMAPPED_AT_ONCE", 0)
    session, chance = window.session, Chance(qtbot, window, hand, seed)
    beginning = state(session.document.annotation)
    for _ in range(2):
        for _ in range(100):
            chance.act()
        rest(qtbot, window)
        assert there_and_back(session.document.annotation, session) == beginning
        beginning = state(session.document.annotation)
        window.close_sequence()
        with qtbot.waitSignal(session.viewer.frame_shown):
            window.open(clip)
        assert state(session.document.annotation) == beginning

"""What tests of the tool Select have in common."""

import pytest
from fakes import FakeSelectors
from PySide6.QtCore import Qt


@pytest.fixture
def selectors():
    return FakeSelectors()


@pytest.fixture
def press(qtbot, window):
    """Presses a key on the canvas."""
    return lambda key, modifier=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(window.canvas, key, modifier)


@pytest.fixture
def window(make_window, tracker, clip, selectors):
    return make_window(tracker, clip, selectors)


@pytest.fixture
def answer(qtbot, window, selectors):
    """Lets the answer arrive that was held, and what waits for it be done."""

    def arrive():
        selectors.go_on()
        qtbot.waitUntil(lambda: not window.session.painter.selection.is_busy)
        qtbot.waitUntil(lambda: not window.session.verbs.is_waiting)

    return arrive

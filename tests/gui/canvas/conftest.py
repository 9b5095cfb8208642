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

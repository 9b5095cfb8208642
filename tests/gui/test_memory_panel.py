"""The memory tab: which frames were read, what came from each, and where a click leads."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

from skn_annotator.gui.memory_panel import MemoryPanel


@pytest.fixture
def panel(qtbot, window):
    """The panel, its tab chosen."""
    panel = window.findChild(MemoryPanel)
    assert not panel.isVisible()
    tab = next(button for button in window.findChildren(QToolButton) if button.text() == "Memory")
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    assert panel.isVisible()
    return panel


@pytest.fixture
def read(qtbot, window, hand, panel):
    """Object 1 on frame 1, propagated to the end; frame 12 is shown."""
    hand.drag((20.5, 20.5))
    hand.move((60, 45))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.running is None and window.session.shown == 11)


def pixels(widget):
    image = widget.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def test_without_a_pass_it_says_what_to_do(window, panel):
    assert window.session.memory() == ()
    assert pixels(panel).std() > 0  # a sentence


def test_it_shows_what_was_read_and_the_share_of_each(qtbot, window, panel, read):
    (frame,) = window.session.memory()
    assert (frame.t, frame.share, frame.is_reference) == (0, 1.0, True)
    qtbot.waitUntil(lambda: window.session.thumbnail(0) is not None)
    middle = panel.place(0).center()
    seen = panel.grab().toImage().pixelColor(middle - QPoint(0, 12))
    assert seen.red() > seen.green() + 20  # the mask, on the picture


def test_a_mask_that_changes_is_seen_on_its_thumbnail(qtbot, window, panel, read):
    qtbot.waitUntil(lambda: window.session.thumbnail(0) is not None)
    before = pixels(panel)
    window.session.recolor(1, (20, 20, 250))
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
    assert window.session.position == 0
    qtbot.waitUntil(lambda: window.session.shown == 0)
    assert window.session.memory() == ()  # a reference frame was not read

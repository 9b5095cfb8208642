"""The first frame of a long video is seen while its frames are counted."""

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from skn_annotator.gui.counting_page import CountingPage
from skn_annotator.video.video_file import Glimpse


@pytest.fixture
def counting(monkeypatch, window):
    """The window half-way through opening another video."""
    picture = np.full((90, 160, 3), (10, 200, 30), np.uint8)

    def open_slowly(*_, **__):
        yield Glimpse(Path("hour.mkv"), picture, 0.34)
        while True:
            time.sleep(0.02)  # or a window that is slower than this would never be done with its events
            yield Glimpse(Path("hour.mkv"), picture, 0.35)

    monkeypatch.setattr("skn_annotator.app.project.open_project.open_sequence", open_slowly)
    window.open(Path("hour.mkv"))
    return window.findChild(CountingPage)


def test_it_is_seen_with_how_far_it_is(qtbot, window, counting):
    qtbot.waitUntil(lambda: counting.isVisible() and "35\u00a0%" in counting._text.text())
    assert counting._text.text() == "Counting the frames of hour.mkv: 35\u00a0%"
    middle = counting._picture.grab().toImage().pixelColor(counting._picture.rect().center())
    assert middle.green() > 150


def test_stopping_goes_back_to_what_was_open(qtbot, window, counting):
    qtbot.waitUntil(counting.isVisible)
    qtbot.keyClick(counting.findChild(QPushButton), Qt.Key.Key_Escape)
    qtbot.waitUntil(window.canvas.isVisible)
    assert window.session.project.sequence.name == "clip"
    assert not window.session.project.is_opening

"""Larger parts are proposed at the first start on a screen of many pixels, and shown at once."""

import sys

import numpy as np
import pytest
from PySide6.QtCore import QProcess, QSize, Qt
from PySide6.QtGui import QScreen

from skn_annotator.annotation.masks import encode_mask
from skn_annotator.gui.scale_proposal import scale_proposal
from skn_annotator.settings import load_settings

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def fine_screen(monkeypatch):
    """The screen has 3840 x 2160 pixels."""
    monkeypatch.setattr(QScreen, "size", lambda self: QSize(3840, 2160))


def test_they_are_proposed_until_a_video_is_open_and_only_where_no_scale_was_chosen(
    make_window, tracker, fine_screen, clip
):
    window = make_window(tracker)
    assert "3840 \N{MULTIPLICATION SIGN} 2160" in scale_proposal(window).text
    window.preferences.set(scale=1.25)
    assert scale_proposal(window) is None
    window.preferences.set(scale=1.0)
    assert scale_proposal(make_window(tracker, clip)) is None


def test_no_other_screen_is_asked_about(make_window, tracker):
    assert scale_proposal(make_window(tracker)) is None


def test_a_click_starts_the_program_again_with_larger_parts(
    qtbot, make_window, tracker, fine_screen, monkeypatch
):
    started = []
    monkeypatch.setattr(QProcess, "startDetached", lambda *command: started.append(command))
    window = make_window(tracker)
    window.session.noticed.emit(scale_proposal(window))
    assert window.message_bar.offer.text() == "Show at 200\u00a0%"
    qtbot.mouseClick(window.message_bar.offer, LEFT)
    assert not window.isVisible()
    assert load_settings().scale == 2.0
    assert started == [(sys.executable, sys.orig_argv[1:])]


def test_masks_beside_the_video_are_offered_when_they_were_answered(
    qtbot, make_window, tracker, fine_screen, tmp_path, clip
):
    frames, masks = tmp_path / "set/JPEGImages/clip", tmp_path / "set/Annotations/clip"
    frames.parent.mkdir(parents=True)
    clip.rename(frames)
    masks.mkdir(parents=True)
    (masks / "00000.png").write_bytes(encode_mask(np.ones((48, 64), np.uint8)))
    window = make_window(tracker)
    proposal = scale_proposal(window)
    window.session.project.opened.connect(lambda: window.session.noticed.emit(proposal))
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        window.open(frames)
    bar = window.message_bar
    assert bar.offer.text() == "Show at 200\u00a0%"
    qtbot.mouseClick(bar.closer, LEFT)
    assert bar.offer.text() == "Import…"

"""A project whose video was moved to another place opens with the video that the user shows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog


def test_the_video_is_asked_for_and_the_masks_are_there(qtbot, window, hand, clip, tmp_path, monkeypatch):
    hand.drag((20.5, 20.5))
    mask = window.session.document.mask(0).copy()
    window.close_sequence()
    (tmp_path / "archive").mkdir()
    moved = clip.rename(tmp_path / "archive" / "final_cut")
    window.open(clip.with_name("clip.skn"))
    bar = window.message_bar
    qtbot.waitUntil(lambda: bar.offer.text() == "Find the video\N{HORIZONTAL ELLIPSIS}")
    assert "clip was moved or deleted" in bar.text.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(moved))
    with qtbot.waitSignal(window.session.viewer.frame_shown):
        qtbot.mouseClick(bar.offer, Qt.MouseButton.LeftButton)
    assert window.session.project.sequence.path == moved
    assert window.session.project.folder == clip.with_name("clip.skn")
    assert (window.session.document.mask(0) == mask).all()
    assert not bar.isVisible()

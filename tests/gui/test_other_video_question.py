"""The window asks before it opens a project with a video of another size."""

import pytest
from PIL import Image
from PySide6.QtWidgets import QMessageBox


@pytest.mark.parametrize(("answer", "opens"), [("Open all the same", True), ("Do not open", False)])
def test_another_video_is_opened_only_if_the_answer_is_yes(
    monkeypatch, qtbot, window, hand, clip, answer, opens
):
    hand.drag((20.5, 20.5))
    window.close_sequence()
    for path in clip.iterdir():
        Image.open(path).resize((128, 96)).save(path)
    asked = []
    monkeypatch.setattr(
        QMessageBox, "exec", lambda self: asked.append((self.text(), self.defaultButton().text()))
    )
    chosen = lambda self: next(b for b in self.buttons() if b.text() == answer)  # noqa: E731
    monkeypatch.setattr(QMessageBox, "clickedButton", chosen)
    window.open(clip)
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.waitUntil(lambda: not window.session.project.is_opening)
    assert "belongs to another video" in asked[0][0]
    assert asked[0][1] == "Do not open"
    assert (window.session.project.sequence is not None) is opens
    if opens:
        assert window.session.document.annotation.mask(0).shape == (96, 128)

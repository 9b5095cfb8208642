"""The name of the video and whether it is saved, in the corner of the menu bar."""

import pytest
from steps import paint

from skn_annotator.app.project import autosave
from skn_annotator.app.project.autosave import SaveState
from skn_annotator.gui.document_name import DocumentName


@pytest.fixture
def name(window):
    return window.findChild(DocumentName)


def color(name):
    return name.palette().color(name.foregroundRole()).name()


def test_a_write_that_failed_is_told_until_one_succeeds(qtbot, window, name, clip, monkeypatch):
    monkeypatch.setattr(autosave, "_RETRY_MS", 50)
    project, in_way, calm = window.session.project, clip.with_name("clip.skn"), color(name)
    in_way.write_text("a file is in the way")
    texts, states = set(), []
    project.saving_changed.connect(lambda: texts.add(name.text()))
    project.saving_changed.connect(lambda: states.append(project.save_state))
    paint(window.session)
    qtbot.waitUntil(lambda: states.count(SaveState.FAILED) > 1)
    texts.clear()
    states.clear()
    paint(window.session, (40.0, 40.0))
    qtbot.waitUntil(lambda: states.count(SaveState.FAILED) > 1)
    assert texts == {"clip  \N{MIDDLE DOT}  not saved"}
    assert color(name) != calm
    assert "clip.skn cannot be written" in name.toolTip()
    qtbot.waitUntil(window.message_bar.isVisible)  # it is out of the way of strokes
    in_way.unlink()
    qtbot.waitUntil(lambda: name.text() == "clip  \N{MIDDLE DOT}  saved")
    assert color(name) == calm
    assert name.toolTip() == f"Saved as you go in {in_way}"
    assert not window.message_bar.isVisible()

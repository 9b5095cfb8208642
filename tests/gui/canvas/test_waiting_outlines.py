"""Outlines that are not closed yet outlive the window."""

import json

import pytest
from hand import Hand
from PySide6.QtCore import Qt

CORNERS = ((10.5, 10.5), (40.5, 10.5), (40.5, 40.5))


def draw(qtbot, window, t, tool="polygon"):
    """Three corners on frame `t`."""
    window.session.viewer.seek(t)
    qtbot.waitUntil(lambda: window.session.viewer.shown == t)
    window.actions_[tool].trigger()
    for corner in CORNERS:
        Hand(qtbot, window.canvas).drag(corner)


def test_they_wait_on_their_frames_when_the_video_is_opened_again(qtbot, make_window, tracker, clip):
    window = make_window(tracker, clip)
    draw(qtbot, window, 4, "magnetic")
    draw(qtbot, window, 2)
    assert window.close()
    again = make_window(tracker, clip)
    text = "Outlines that are not closed yet wait in their tools, on frames: 3, 5"
    assert again.message_bar.text.text() == text
    assert again.message_bar.isVisible()
    again.actions_["polygon"].trigger()
    tool = again.toolbox.tool
    assert tool.busy
    assert tool._points == [pytest.approx(corner, abs=0.1) for corner in CORNERS]
    qtbot.keyClick(again.canvas, Qt.Key.Key_Return)
    assert again.session.document.mask(2)[15, 35] == 1
    again.session.viewer.seek(4)
    qtbot.waitUntil(lambda: again.session.viewer.shown == 4)
    again.actions_["magnetic"].trigger()
    assert len(again.toolbox.tool._corners) == 3
    again.toolbox.tool.cancel()
    assert again.close()
    last = make_window(tracker, clip)
    assert not last.message_bar.isVisible()
    assert last.session.document.mask(2)[15, 35] == 1


def test_the_message_goes_once_the_user_paints_and_the_outline_waits_on(qtbot, make_window, tracker, clip):
    window = make_window(tracker, clip)
    draw(qtbot, window, 4)
    assert window.close()
    again = make_window(tracker, clip)
    again.session.viewer.seek(0)
    qtbot.waitUntil(lambda: again.session.viewer.shown == 0)
    assert again.message_bar.isVisible()
    again.actions_["brush"].trigger()
    Hand(qtbot, again.canvas).drag((20.5, 20.5))
    assert again.message_bar._shown is None
    again.session.viewer.seek(4)
    qtbot.waitUntil(lambda: again.session.viewer.shown == 4)
    again.actions_["polygon"].trigger()
    assert again.toolbox.tool.busy


@pytest.mark.parametrize(
    "odd",
    [
        3,
        {"polygon": 3},
        {"polygon": {"x": {}, "1": {}, "99": {}}},
        {"polygon": {"1": {"points": [[1, 2, 3]], "corners": [0], "erases": 0, "replaces": 0}}},
        {"polygon": {"1": {"points": [[1e9, 2]], "corners": [0], "erases": 0, "replaces": 0}}},
        {"polygon": {"1": {"points": [[1, 2]], "corners": [3], "erases": 0, "replaces": 0}}},
        {"polygon": {"1": {"points": [[1, 2]], "corners": [], "erases": 0, "replaces": 0}}},
    ],
)
def test_what_is_no_outline_in_a_project_is_passed_over(qtbot, make_window, tracker, clip, odd):
    window = make_window(tracker, clip)
    draw(qtbot, window, 1)
    assert window.close()
    file = clip.with_name("clip.skn") / "project.json"
    written = json.loads(file.read_text())
    assert len(written["view"]["open_outlines"]["polygon"]["1"]["points"]) == 3
    written["view"]["open_outlines"] = odd
    file.write_text(json.dumps(written))
    again = make_window(tracker, clip)
    again.actions_["polygon"].trigger()
    assert not again.toolbox.tool.busy
    assert not again.message_bar.isVisible()

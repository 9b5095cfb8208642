"""Stale masks on the timeline: how they are drawn, what the card and the legend say, and the key."""

import pytest
from fakes import FakeTracker
from hand import Hand
from PySide6.QtCore import QPoint, Qt

from skn_annotator.gui.dialogs import ExportDialog
from skn_annotator.gui.timeline.lanes import LANE, RULER
from skn_annotator.gui.timeline.legend import MARKS, Legend
from skn_annotator.inference.directions import Direction


@pytest.fixture
def corrected(qtbot, window):
    """A pass over the clip, then a correction on frame 7."""
    return corrected_at_7(qtbot, window)


def corrected_at_7(qtbot, window):
    hand = Hand(qtbot, window.canvas)
    hand.drag((16.5, 24.5))
    window.actions_["forward"].trigger()
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    window.session.viewer.seek(6)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 6)
    hand.drag((40.5, 40.5))
    return window


def point_at(qtbot, window, t, lane=0):
    timeline = window.timeline
    qtbot.mouseMove(timeline, QPoint(round(timeline.x_of(t)), RULER + lane * LANE + LANE // 2))
    return timeline._card._state.text()


def row_of(window, t):
    """The colours of the lane's line over frame `t`."""
    image = window.timeline.grab().toImage()
    left, right = (round(window.timeline.axis.edge(frame)) for frame in (t, t + 1))
    return {image.pixelColor(x, RULER + LANE // 2).name() for x in range(left + 2, right - 2)}


def test_the_card_explains_the_mark_under_the_mouse(qtbot, corrected):
    name = corrected.session.document.active_object.name
    assert point_at(qtbot, corrected, 6) == f"{name}: reference: you painted it here"
    assert point_at(qtbot, corrected, 3) == f"{name}: propagated from frame\u00a01, 94\u00a0% certain"
    assert point_at(qtbot, corrected, 9).endswith("stale: a reference was corrected since; U renews it")
    assert point_at(qtbot, corrected, 9, lane=3).endswith("stale")


def test_a_stale_lane_is_broken_until_the_key_renews_it(qtbot, corrected):
    qtbot.waitUntil(lambda: len(row_of(corrected, 9)) > 1)
    assert corrected.actions_["renew"].isEnabled()
    qtbot.keyClick(corrected.canvas, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: not corrected.session.tasks.stale())
    qtbot.waitUntil(lambda: len(row_of(corrected, 9)) == 1)
    assert not corrected.actions_["renew"].isEnabled()


def test_the_button_the_menu_and_the_running_pass_count_the_same_frames(qtbot, make_window, clip):
    tracker = FakeTracker(steps=17)
    window = corrected_at_7(qtbot, make_window(tracker, clip))
    assert window.actions_["renew"].iconText() == "Renew 5 frames"
    assert "5 masks would be replaced" in window.session.tasks.forecast(Direction.STALE).text("Renew")
    window.transport.passes.buttons["renew"].click()
    count = window.transport._count
    qtbot.waitUntil(lambda: count.text() == "4 of 5 frames")
    tracker.allow(20)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    assert "5 of 5 frames changed" in window.session.tasks.passes.latest.summary


def test_the_legend_has_every_mark_and_goes_with_escape(qtbot, window):
    window.actions_["legend"].trigger()
    (legend,) = window.timeline.findChildren(Legend)
    assert legend.isVisible()
    assert legend.layout().rowCount() == 1 + len(MARKS)
    qtbot.keyClick(legend, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.timeline.findChildren(Legend))


def test_an_export_says_that_stale_masks_go_as_they_are(qtbot, corrected):
    corrected.actions_["export"].trigger()
    (dialog,) = corrected.findChildren(ExportDialog)
    assert "(U): on 5 frames" in dialog.notes.text()
    dialog.reject()
    corrected.actions_["renew"].trigger()
    qtbot.waitUntil(lambda: not corrected.session.tasks.stale())
    qtbot.waitUntil(lambda: corrected.session.tasks.passes.current is None)
    corrected.actions_["export"].trigger()
    dialog = corrected.findChildren(ExportDialog)[-1]
    assert "(U)" not in dialog.notes.text()
    dialog.reject()

"""The plots over time: what they show, and that a click goes to a frame."""

import numpy as np
import pytest
from fakes import FakeTracker
from hand import Hand
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QToolButton

from skn_annotator.app.language import use_language
from skn_annotator.app.tasks import mask_measures
from skn_annotator.gui.lab import lab_state


def show_over_time(qtbot, lab):
    tab = next(button for button in lab.findChildren(QToolButton) if button.text() == "Over time")
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)


@pytest.fixture
def plots(qtbot, lab, monkeypatch):
    """The tab of the lab, with every mask measured, a few at a time."""
    monkeypatch.setattr(mask_measures, "_AT_ONCE", 5)
    show_over_time(qtbot, lab)
    qtbot.waitUntil(lambda: bool(lab.plots.curves[1]) and not np.isnan(lab.plots.curves[1][1].yData).any())
    return lab.plots


def curve(plots, column):
    return plots.curves[column][1].yData


def test_they_show_what_the_annotation_and_the_reader_say(window, plots):
    document = window.session.document
    frames = range(document.annotation.length)
    for t in frames:
        np.testing.assert_equal(curve(plots, 0)[t], document.annotation.confidence(t)[1] if t else np.nan)
        assert curve(plots, 1)[t] == (document.mask(t) == 1).sum()
    assert np.isnan(curve(plots, 2)[0])
    np.testing.assert_allclose(curve(plots, 2)[1:], 1, atol=0.3)  # the fake moves a pixel per frame
    assert np.isnan(curve(plots, 3)[0])  # a reference was not read
    assert (curve(plots, 3)[1:] == 1).all()


def test_a_click_goes_to_the_frame_and_the_line_follows(qtbot, window, plots):
    box = plots.plots[1].getViewBox()
    at = plots.mapFromScene(box.mapViewToScene(QPointF(5.1, box.viewRange()[1][0] + 1)))
    qtbot.mouseClick(plots.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.session.viewer.position == 4
    assert [line.value() for line in plots.lines] == [5] * 4
    window.session.viewer.seek(7)
    assert plots.lines[0].value() == 8


def test_a_painted_mask_is_measured_again(qtbot, window, hand, plots):
    before = curve(plots, 1)[11]
    hand.drag((50.5, 40.5))
    qtbot.waitUntil(lambda: curve(plots, 1)[11] > before)


def test_the_titles_name_the_values_of_the_shown_frame(window, plots):
    area = int((window.session.document.mask(11) == 1).sum())
    assert plots.plots[1].titleLabel.text == f"Area, pixels:  {area}"


def test_large_numbers_are_written_as_a_person_reads_them(monkeypatch, qapp, window, plots):
    monkeypatch.setattr(plots, "_area", lambda t, object_id: 31640)
    plots.draw()
    assert plots.plots[1].titleLabel.text == "Area, pixels:  31,640"
    use_language(qapp, "de")
    try:
        plots.draw()
        assert plots.plots[1].titleLabel.text.endswith(":  31.640")
    finally:
        use_language(qapp, "en")


def test_the_axes_are_written_as_the_titles_are(qapp, plots):
    axis = plots.plots[1].getAxis("left")
    assert axis.tickStrings([0, 5000, 1_000_000], 1, 5000) == ["0", "5,000", "1,000,000"]
    assert axis.tickStrings([0.2, 0.4], 1, 0.2) == ["0.2", "0.4"]
    use_language(qapp, "de")
    try:
        assert axis.tickStrings([0.2, 0.4], 1, 0.2) == ["0,2", "0,4"]
    finally:
        use_language(qapp, "en")


def test_area_and_speed_follow_a_pass_as_confidence_does(qtbot, monkeypatch, make_window, clip):
    monkeypatch.setattr(lab_state, "_DURING_A_PASS", 20)
    tracker = FakeTracker(steps=0)
    window = make_window(tracker, clip)
    Hand(qtbot, window.canvas).drag((20.5, 20.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    plots = window.lab.lab.plots
    show_over_time(qtbot, window.lab.lab)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    tracker.allow(6)
    qtbot.waitUntil(lambda: not np.isnan(curve(plots, 0)[5]))
    qtbot.waitUntil(lambda: not np.isnan([curve(plots, column)[1:6] for column in (1, 2)]).any())
    assert window.session.tasks.passes.current is not None

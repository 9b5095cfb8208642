"""Lanes, seeking and scrubbing."""

import pytest
from fakes import FakeTracker
from hand import Hand
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from skn_annotator.gui.look.texts import clock
from skn_annotator.gui.timeline.hover_card import HoverCard
from skn_annotator.gui.timeline.lanes import HEADER, RULER
from skn_annotator.gui.timeline.transport import Transport
from skn_annotator.gui.workspace import Panel


def at(window, t, y=40):
    return QPoint(round(window.timeline.x_of(t)), y)


def test_a_click_seeks_and_a_drag_scrubs(qtbot, window):
    timeline, session = window.timeline, window.session
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=at(window, 4))
    assert session.viewer.position == 4
    seen = []
    session.viewer.position_changed.connect(seen.append)
    for t in (5, 6, 7):
        qtbot.mouseMove(timeline, at(window, t))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=at(window, 7))
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(timeline.width() - 1, 40))
    assert session.viewer.position == 11
    assert timeline.frame_at(HEADER + 0.1) == 0


def test_a_click_on_a_name_chooses_the_object(qtbot, window):
    window.session.document.add_object()
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=QPoint(40, 30))
    assert window.session.document.active == 1


def test_every_frame_is_under_its_own_middle(window):
    assert [window.timeline.frame_at(window.timeline.x_of(t)) for t in range(12)] == list(range(12))


def test_the_height_stays_while_a_few_objects_are_added(window):
    before = window.timeline.sizeHint()
    window.session.document.add_object()
    window.session.document.add_object()
    assert window.timeline.sizeHint() == before
    for _ in range(20):
        window.session.document.add_object()
    assert window.timeline.sizeHint().height() < 2.5 * before.height()


def test_a_reference_frame_gets_a_diamond_in_the_objects_color(qtbot, window, hand):
    hand.drag((20.5, 20.5))
    window.session.viewer.seek(9)
    timeline = window.timeline
    qtbot.waitUntil(lambda: timeline.grab().toImage().pixelColor(at(window, 0, 36)).red() > 150)
    assert timeline.grab().toImage().pixelColor(at(window, 4, 30)).red() < 60


def test_the_lanes_of_many_objects_scroll_to_the_active_one(qtbot, window):
    for _ in range(9):
        window.session.document.add_object()
    assert window.session.document.active == 10
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=QPoint(40, 30))  # the first lane
    assert window.session.document.active == 6


def wheel(timeline, at, steps, modifiers=Qt.KeyboardModifier.NoModifier):
    place = QPointF(at)
    event = QWheelEvent(
        place,
        timeline.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(timeline, event)


def drag(qtbot, window, frames, button=Qt.MouseButton.LeftButton, modifier=Qt.KeyboardModifier.NoModifier):
    timeline, places = window.timeline, [at(window, t) for t in frames]
    qtbot.mousePress(timeline, button, modifier, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(timeline, place)
    qtbot.mouseRelease(timeline, button, modifier, pos=places[-1])


def test_a_drag_with_shift_chooses_a_range_either_way(qtbot, window):
    shift = Qt.KeyboardModifier.ShiftModifier
    drag(qtbot, window, (3, 5, 8), modifier=shift)
    assert (window.session.viewer.chosen_range, window.session.viewer.position) == ((3, 8), 0)
    drag(qtbot, window, (6, 4, 2), modifier=shift)
    assert window.session.viewer.chosen_range == (2, 6)
    assert window.actions_["range_clear"].isEnabled()
    drag(qtbot, window, (6,), modifier=shift)
    assert window.session.viewer.chosen_range is None


def test_ctrl_and_the_wheel_zoom_at_the_mouse_and_a_key_shows_all_again(qtbot, window):
    timeline = window.timeline
    place = at(window, 6)
    wheel(timeline, place, 3, Qt.KeyboardModifier.ControlModifier)
    assert timeline.frame_at(place.x()) == 6
    assert len(timeline.axis.frames) < 12
    assert timeline._columns.isVisible()
    qtbot.keyClick(window.canvas, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    assert timeline.axis.is_whole
    assert not timeline._columns.isVisible()


def test_shift_and_the_wheel_or_the_middle_button_pan(qtbot, window):
    timeline = window.timeline
    timeline.zoom(3)
    before = timeline.axis.first
    wheel(timeline, at(window, 4), -1, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.axis.first > before
    qtbot.mousePress(timeline, Qt.MouseButton.MiddleButton, pos=QPoint(400, 40))
    qtbot.mouseMove(timeline, QPoint(1000, 40))
    qtbot.mouseRelease(timeline, Qt.MouseButton.MiddleButton, pos=QPoint(1000, 40))
    assert timeline.axis.first == 0
    assert window.session.viewer.position == 0


def test_the_playhead_stays_in_sight(window):
    window.timeline.zoom(3)
    window.session.viewer.seek(11)
    assert 11 in window.timeline.axis.frames
    window.session.viewer.seek(0)
    assert window.timeline.axis.first == 0


def test_a_drag_beyond_the_edge_brings_more_into_sight(qtbot, window):
    timeline = window.timeline
    timeline.zoom(3)
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(400, 40))
    for x in (1000, timeline.width() + 50, timeline.width() + 400):
        qtbot.mouseMove(timeline, QPoint(x, 40))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(1000, 40))
    assert window.session.viewer.position == 11


def test_the_mouse_over_a_frame_shows_it_small_with_number_and_time(qtbot, window):
    qtbot.mouseMove(window.timeline, at(window, 9))
    card = window.findChild(HoverCard)
    assert card.isVisible()
    assert (card._number.text(), card._time.text(), card._state.text()) == (
        "frame\u00a010",
        "00:00.38",
        "object 1: no mask yet",
    )
    qtbot.waitUntil(lambda: not card._picture.pixmap().isNull())
    assert card.geometry().bottom() < window.timeline.mapTo(window, QPoint(0, 0)).y()
    qtbot.mousePress(window.timeline, Qt.MouseButton.LeftButton, pos=at(window, 9))
    assert not card.isVisible()


def test_the_frames_in_the_memory_are_marked(qtbot, window, hand):
    hand.drag((20.5, 20.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None and window.session.viewer.shown == 11)
    assert window.session.tasks.passes.matches.memory_frames(window.session.viewer.shown, 1) == (0,)
    window.session.viewer.seek(6)
    qtbot.waitUntil(lambda: window.session.viewer.shown == 6)
    tooth = at(window, 0, RULER - 1)
    image = window.timeline.grab().toImage()
    assert image.pixelColor(tooth).lightness() > 150
    assert image.pixelColor(at(window, 3, RULER - 1)).lightness() < 100


@pytest.mark.parametrize(
    ("seconds", "said"), [(4.27, "00:04.27"), (59.999, "01:00.00"), (3723.5, "1:02:03.50")]
)
def test_times_read_well(seconds, said):
    assert clock(seconds) == said


def test_the_playhead_stays_in_sight_while_the_mouse_rests_on_the_timeline(qtbot, window):
    window.timeline.zoom(3)
    qtbot.mouseMove(window.timeline, at(window, 4))
    window.session.viewer.seek(11)
    assert 11 in window.timeline.axis.frames


def test_during_a_pass_the_mouse_over_a_frame_shows_no_other_picture(qtbot, make_window, clip):
    gated = FakeTracker(steps=2)
    window = make_window(gated, clip)
    qtbot.mouseMove(window.timeline, at(window, 9))
    card = window.findChild(HoverCard)
    qtbot.waitUntil(lambda: not card._picture.pixmap().isNull())
    Hand(qtbot, window.canvas).drag((20.5, 20.5))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.viewer.position == 1)
    qtbot.mouseMove(window.timeline, at(window, 7))
    assert card._number.text() == "frame\u00a08"
    assert card._picture.pixmap().isNull()
    window.session.tasks.passes.stop()
    gated.allow(20)


def make_room(window, height):
    """Drag the timeline's upper edge; each layout asks for another one, however long painting takes."""
    for _ in range(5):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        dock = window.workspace.docks[Panel.TIMELINE]
        window.workspace.resizeDocks([dock], [height], Qt.Orientation.Vertical)


def test_room_that_is_made_shows_more_lanes(qtbot, window):
    for _ in range(8):
        window.session.document.add_object()
    assert window.timeline._rows.isVisible()
    make_room(window, 600)
    assert not window.timeline._rows.isVisible()
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=QPoint(40, 30 + 7 * 24))
    assert window.session.document.active == 8


def test_room_that_no_lane_needs_goes_to_the_confidence(qtbot, window):
    transport = window.findChild(Transport)
    before = transport.height()
    make_room(window, 400)
    assert window.timeline.height() > 250
    assert window.timeline._count() == 3
    assert transport.height() == before


def test_a_touchpad_scrolls_the_lanes_by_little_turns(qtbot, window):
    for _ in range(12):
        window.session.document.add_object()
    timeline = window.timeline
    timeline._rows.setValue(0)
    at = QPointF(300, 60)
    for _ in range(8):
        event = QWheelEvent(
            at,
            timeline.mapToGlobal(at),
            QPoint(0, -8),
            QPoint(0, -30),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.ScrollUpdate,
            False,
        )
        QApplication.sendEvent(timeline, event)
    assert timeline._rows.value() == 2


def test_the_step_of_a_range_pass_is_chosen_beside_its_button(qtbot, window, tracker):
    session = window.session
    step = window.transport.passes.step
    assert not step.isVisible()
    assert session.painter.begin_stroke(4, False)
    session.painter.stroke_to((20.0, 20.0))
    session.document.end_draft()
    session.viewer.select_range(0, 11)
    assert step.isVisible()
    step.setFocus()
    qtbot.keyClick(step, Qt.Key.Key_Up)
    qtbot.keyClick(step, Qt.Key.Key_Up)
    assert step.text() == "step 3"
    window.actions_["range"].trigger()
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    assert tracker.passes == [(0, 3, 6, 9)]

"""Lanes, seeking and scrubbing."""

from PySide6.QtCore import QPoint, Qt

from skn_annotator.gui.timeline import HEADER


def at(window, t, y=40):
    return QPoint(round(window.timeline.x_of(t)), y)


def test_a_click_seeks_and_a_drag_scrubs(qtbot, window):
    timeline, session = window.timeline, window.session
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=at(window, 4))
    assert session.position == 4
    seen = []
    session.position_changed.connect(seen.append)
    for t in (5, 6, 7):
        qtbot.mouseMove(timeline, at(window, t))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=at(window, 7))
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(timeline.width() - 1, 40))
    assert session.position == 11
    assert timeline.frame_at(HEADER + 0.1) == 0


def test_a_click_on_a_name_chooses_the_object(qtbot, window):
    window.session.add_object()
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=QPoint(40, 30))
    assert window.session.active == 1


def test_every_frame_is_under_its_own_middle(window):
    assert [window.timeline.frame_at(window.timeline.x_of(t)) for t in range(12)] == list(range(12))


def test_the_height_stays_while_a_few_objects_are_added(window):
    before = window.timeline.sizeHint()
    window.session.add_object()
    window.session.add_object()
    assert window.timeline.sizeHint() == before
    for _ in range(20):
        window.session.add_object()
    assert window.timeline.sizeHint().height() < 2.5 * before.height()


def test_a_reference_frame_gets_a_diamond_in_the_objects_color(qtbot, window, hand):
    hand.drag((20.5, 20.5))
    window.session.seek(9)
    timeline = window.timeline
    qtbot.waitUntil(lambda: timeline.grab().toImage().pixelColor(at(window, 0, 36)).red() > 150)
    assert timeline.grab().toImage().pixelColor(at(window, 4, 30)).red() < 60


def test_the_lanes_of_many_objects_scroll_to_the_active_one(qtbot, window):
    for _ in range(9):
        window.session.add_object()
    assert window.session.active == 10
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=QPoint(40, 30))  # the first lane
    assert window.session.active == 6

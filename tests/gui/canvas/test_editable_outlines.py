"""Corners of an outline that was closed: dragged, added, taken away, carried to the frames between."""

import numpy as np
import pytest
from bright_square import area
from PySide6.QtCore import Qt

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RIGHT = Qt.MouseButton.RightButton
SQUARE = ((10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0))


@pytest.fixture
def press(qtbot, window):
    return lambda key, modifier=Qt.KeyboardModifier.NoModifier: qtbot.keyClick(window.canvas, key, modifier)


@pytest.fixture
def draw(window, hand, press):
    """Draws the square with the polygon tool, moved by so many pixels; with Ctrl it replaces."""

    def draw(dx=0, modifier=Qt.KeyboardModifier.NoModifier):
        press(Qt.Key.Key_P)
        for x, y in SQUARE:
            hand.drag((x + dx, y), modifier=modifier)
        press(Qt.Key.Key_Return)

    return draw


@pytest.fixture
def step(qtbot, window, press):
    """Goes some frames on."""

    def step(frames):
        for _ in range(abs(frames)):
            press(Qt.Key.Key_Right if frames > 0 else Qt.Key.Key_Left)
        viewer = window.session.viewer
        qtbot.waitUntil(lambda: viewer.shown == viewer.position)

    return step


def left_edge(window, t):
    return int(np.nonzero(window.session.document.mask(t) == 1)[1].min())


def corners(window):
    return window.session.painter.corners.lines[0].corners


def test_a_corner_is_dragged_and_undo_takes_one_step(window, draw, hand, press):
    draw()
    assert area(window) == 400
    hand.drag((30.0, 30.0), (35.0, 35.0), (40.0, 40.0))
    assert corners(window)[2] == pytest.approx((40.0, 40.0), abs=0.2)
    assert area(window) == pytest.approx(600, abs=15)
    assert window.session.document.history.undo_name == "Move corner"
    press(Qt.Key.Key_Z, CTRL)
    assert area(window) == 400
    assert corners(window)[2] == pytest.approx((30.0, 30.0), abs=0.2)


def test_a_pressed_edge_gets_a_corner_and_the_right_button_takes_it_away(window, draw, hand):
    draw()
    hand.drag((20.0, 10.0), (20.0, 2.0))
    assert len(corners(window)) == 5
    assert area(window) == pytest.approx(480, abs=15)
    assert window.session.document.history.undo_name == "Add corner"
    hand.drag((20.0, 2.0), button=RIGHT)
    assert len(corners(window)) == 4
    assert area(window) == 400
    assert window.session.document.history.undo_name == "Delete corner"


def test_the_right_button_takes_no_corner_of_a_triangle(qtbot, window, draw, hand):
    draw()
    hand.drag((30.0, 30.0), button=RIGHT)
    assert area(window) == pytest.approx(200, abs=15)
    hand.drag((30.0, 10.0), button=RIGHT)
    assert len(corners(window)) == 3
    assert area(window) == pytest.approx(200, abs=15)
    assert "three corners at least" in window.message_bar.text.text()


def test_escape_drops_a_drag(window, draw, hand, press):
    draw()
    hand.press((30.0, 30.0))
    hand.move((40.0, 40.0))
    assert area(window) > 500
    press(Qt.Key.Key_Escape)
    assert area(window) == 400
    assert window.session.document.history.undo_name == "Polygon"


def test_corners_are_gone_when_something_else_paints_over_them_and_back_with_undo(window, draw, hand, press):
    draw()
    press(Qt.Key.Key_B)
    hand.drag((36.0, 20.0))
    press(Qt.Key.Key_P)
    assert window.session.painter.corners.lines == ()
    press(Qt.Key.Key_Z, CTRL)
    assert len(corners(window)) == 4


def test_beside_the_corners_and_with_shift_a_new_outline_begins(window, draw, hand, press):
    draw()
    hand.drag((30.0, 30.0), modifier=SHIFT)
    assert len(window.toolbox.tool._points) == 1
    for corner in ((50.0, 30.0), (50.0, 40.0), (30.0, 40.0)):
        hand.drag(corner)
    press(Qt.Key.Key_Return)
    assert area(window) == 600
    assert len(window.session.painter.corners.lines) == 2


def test_a_second_outline_over_pixels_of_the_brush_is_not_editable(window, hand, press, draw):
    window.toolbox.set_radius(3)
    hand.drag((50.0, 40.0))
    draw()
    assert window.session.painter.corners.lines == ()
    draw(modifier=CTRL)
    assert len(corners(window)) == 4, "with Ctrl it is all that the object has"


def test_the_status_line_and_the_cursor_tell_what_can_be_done(window, draw, hand):
    draw()
    tool = window.toolbox.tool
    assert tool.hint.startswith("Drag a corner")
    hand.move((30.0, 30.0))
    assert tool.cursor == Qt.CursorShape.SizeAllCursor
    hand.move((20.0, 10.0))
    assert tool.cursor == Qt.CursorShape.DragCopyCursor
    hand.move((20.0, 20.0))
    assert tool.cursor == Qt.CursorShape.CrossCursor


def test_the_status_line_tells_it_only_where_there_is_an_outline(window, draw, step, press):
    draw()
    doing = window._status_line.doing
    assert doing.text().startswith("Drag a corner")
    step(1)
    assert doing.text().startswith("Click corners")
    step(-1)
    assert doing.text().startswith("Drag a corner")
    press(Qt.Key.Key_Z, CTRL)
    assert doing.text().startswith("Click corners")


def test_two_outlines_and_the_key_fill_the_frames_between_and_they_follow(window, draw, step, hand, press):
    draw()
    step(8)
    draw(16)
    assert window.message_bar.text.text() == (
        "The outline can be moved and bent from frame\u00a01 to frame\u00a09 (I)"
    )
    press(Qt.Key.Key_I)
    assert [left_edge(window, t) for t in range(9)] == [10, 12, 14, 16, 18, 20, 22, 24, 26]
    hand.drag((26.0, 10.0), (28.0, 10.0), (34.0, 10.0))
    hand.drag((26.0, 30.0), (28.0, 30.0), (34.0, 30.0))
    assert left_edge(window, 4) == 22
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert left_edge(window, 4) == 18
    step(-4)
    assert corners(window)[0] == pytest.approx((18.0, 10.0), abs=0.2)
    hand.drag((18.0, 10.0), (16.0, 10.0), (12.0, 10.0))
    assert not window.session.document.annotation.follows(4, 1)
    assert left_edge(window, 2) < 14


def test_the_legend_and_the_card_explain_the_frames_between(window, draw, step, press):
    from skn_annotator.gui.timeline.hover_card import describe_mark
    from skn_annotator.gui.timeline.legend import MARKS

    draw()
    step(8)
    draw(16)
    press(Qt.Key.Key_I)
    first = window.session.document.annotation.objects[0]
    text = describe_mark(window.session, 4, first)
    assert text == "object 1: between outlines that you drew: it follows them"
    assert any("between outlines" in text for _, text in MARKS)
    assert window.timeline._lanes._overview.references(1, range(12)) == [0, 8]
    assert window.timeline._lanes._overview.following(1, range(12)) == list(range(1, 8))


def test_a_click_on_a_corner_of_a_frame_between_changes_nothing(window, draw, step, hand, press):
    draw()
    step(8)
    draw(16)
    press(Qt.Key.Key_I)
    step(-4)
    hand.drag((18.0, 10.0))
    assert window.session.document.annotation.follows(4, 1)
    assert window.session.document.history.undo_name == "Interpolate outlines"
    hand.drag((38.0, 20.0))
    assert not window.session.document.annotation.follows(4, 1), "a click on an edge is a corner more"

"""The painter: what is done to the active object on the shown frame; each verb one edit with one name."""

import numpy as np
import pytest
from steps import go, hear, paint

from skn_annotator.annotation import edits
from skn_annotator.app.tasks.assistant import Gesture
from skn_annotator.app.tasks.grabcut_assistant import GrabCutAssistant
from skn_annotator.app.tasks.remap import Scope


def square(x0, y0, x1, y1):
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


@pytest.fixture
def painted(session):
    """Object 1 is a frame, 20 x 20, with a hole of 8 x 8; object 2, active, a square at its right side."""
    session.painter.paint_polygon(square(10, 10, 30, 30), False, "Polygon")
    session.painter.paint_polygon(square(16, 16, 24, 24), True, "Polygon")
    session.document.add_object()
    session.painter.paint_polygon(square(30, 10, 40, 30), False, "Polygon")
    return session


def area(session, object_id, t=0):
    return int((session.document.mask(t) == object_id).sum())


def test_the_eraser_takes_only_the_active_object(session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (32.0, 24.0))
    paint(session, (16.0, 24.0), (40.0, 24.0), radius=8, erases=True)
    assert session.document.history.undo_name == "Eraser"
    assert session.document.mask(0)[24, 16] == 1
    assert session.document.mask(0)[24, 32] == 0


def test_a_locked_object_is_neither_painted_nor_painted_over(session):
    paint(session, (16.0, 24.0))
    session.document.set_locked(1, True)
    heard = hear(session)
    assert not session.painter.begin_stroke(4, False)
    assert "locked" in heard[-1]
    session.document.add_object()
    paint(session, (20.0, 24.0), radius=6)
    assert session.document.mask(0)[24, 16] == 1
    assert session.document.mask(0)[24, 24] == 2


def test_a_hidden_object_cannot_be_painted(session):
    session.document.set_visible(1, False)
    heard = hear(session)
    assert not session.painter.begin_stroke(4, False)
    assert "hidden" in heard[-1]


def test_without_any_object_it_says_how_to_add_one(session):
    session.tasks.remaps.delete_object(1, Scope.EVERYWHERE)
    assert session.document.active is None
    heard = hear(session)
    assert not session.painter.begin_stroke(4, False)
    assert "add one" in heard[-1]


def test_picking_chooses_the_object_under_the_mouse(session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    assert session.document.active == 2
    session.painter.pick((16.0, 24.0))
    assert session.document.active == 1
    session.painter.pick((60.0, 40.0))
    session.painter.pick((-5.0, 400.0))
    assert session.document.active == 1


@pytest.mark.parametrize(
    ("act", "name", "areas"),
    [
        (lambda s: s.painter.fill_holes(), "Fill holes", (400, 200)),
        (lambda s: s.painter.grow(), "Grow", (336 + 60 + 28, 200)),
        (lambda s: s.painter.shrink(), "Shrink", (336 - 76 - 32, 200)),
        (lambda s: s.painter.smooth(), "Smooth", None),
        (lambda s: s.painter.fill((20.5, 20.5), False), "Fill", (400, 200)),
        (lambda s: s.painter.fill((11.5, 11.5), True), "Fill", (0, 200)),
        (lambda s: s.painter.paint_polygon(square(0, 0, 5, 5), False, "Lasso"), "Lasso", (361, 200)),
    ],
)
def test_each_verb_is_one_edit_of_the_active_object(painted, act, name, areas):
    painted.document.choose(1)
    painted.painter.toggle_protect()
    before = painted.document.annotation.mask_bytes(0)
    act(painted)
    assert painted.document.history.undo_name == name
    assert painted.document.draft_name is None
    assert set(painted.document.annotation.references) == {0}
    if areas is not None:
        assert (area(painted, 1), area(painted, 2)) == areas
    painted.undo()
    assert painted.document.annotation.mask_bytes(0) == before
    assert painted.document.history.undo_name == "Polygon"


def test_other_objects_are_spared_where_that_is_asked_for(painted):
    painted.document.choose(1)
    painted.painter.paint_polygon(square(30, 10, 35, 30), False, "Polygon")
    assert area(painted, 2) == 100
    painted.undo()
    painted.painter.toggle_protect()
    painted.painter.paint_polygon(square(30, 10, 35, 40), False, "Polygon")
    assert area(painted, 2) == 200
    assert area(painted, 1) == 336 + 50


def test_erasing_takes_only_the_active_object(painted):
    painted.painter.paint_polygon(square(20, 0, 35, 48), True, "Lasso")
    assert (area(painted, 1), area(painted, 2)) == (336, 100)


@pytest.mark.parametrize("act", ["fill_holes", "grow", "shrink", "smooth", "begin_move"])
def test_an_object_that_is_not_here_is_told(painted, act):
    painted.document.add_object()
    heard = hear(painted)
    getattr(painted.painter, act)()
    assert heard == ["object 3 is not on this frame"]
    assert painted.document.history.undo_name == "Add object"


def test_an_object_without_holes_is_told(painted):
    heard = hear(painted)
    painted.painter.fill_holes()
    assert heard == ["object 2 has no holes on this frame"]


@pytest.mark.parametrize(("frames", "where"), [(1, "next"), (-1, "previous")])
def test_a_mask_is_copied_to_its_neighbour_and_we_go_there(qtbot, session, frames, where):
    go(qtbot, session, 5)
    session.painter.paint_polygon(square(10, 10, 20, 20), False, "Polygon")
    session.painter.copy_mask(frames)
    assert session.viewer.position == 5 + frames
    assert session.document.history.undo_name == f"Copy mask to the {where} frame"
    assert np.array_equal(session.document.annotation.mask(5 + frames), session.document.annotation.mask(5))
    assert set(session.document.annotation.references) == {5, 5 + frames}
    session.undo()
    assert session.document.annotation.frames() == (5,)


def test_a_copy_replaces_the_object_and_leaves_the_others(painted):
    other = np.zeros((48, 64), np.uint8)
    other[0:4, 0:4], other[12:16, 36:40] = 2, 1
    painted.document.do(edits.paint(painted.document.annotation, 1, other, "Brush"))
    painted.painter.toggle_protect()
    painted.painter.copy_mask(1)
    assert painted.document.annotation.mask(1)[0, 0] == 0
    assert area(painted, 2, 1) == 200 - 16
    assert area(painted, 1, 1) == 16


def test_a_copy_goes_neither_before_the_first_nor_behind_the_last_frame(painted):
    heard = hear(painted)
    painted.painter.copy_mask(-1)
    assert "ends here" in heard[-1]
    assert painted.document.history.undo_name == "Polygon"


def test_moving_tries_from_the_same_start_each_time(painted):
    assert painted.painter.begin_move()
    rects = []
    painted.painter.stroke_painted.connect(rects.append)
    painted.painter.move_by(5, 0)
    painted.painter.move_by(0, -4)
    assert rects == [(30, 10, 45, 30), (30, 6, 45, 30)]
    assert (painted.document.mask(0)[8, 35], painted.document.mask(0)[20, 42]) == (2, 0)
    painted.document.end_draft()
    assert painted.document.history.undo_name == "Move"
    assert area(painted, 2) == 200


def test_what_is_half_done_is_kept_by_whatever_else_is_done(painted):
    painted.painter.begin_move()
    painted.painter.move_by(3, 0)
    painted.document.set_locked(1, True)
    assert painted.document.history.undo_name == "Lock object"
    painted.undo()
    assert painted.document.history.undo_name == "Move"


def test_several_marks_are_one_edit_and_the_last_answer_counts(qtbot, session):
    selection = session.painter.selection
    selection.begin(GrabCutAssistant, Gesture((4, 12, 28, 36)))
    qtbot.waitUntil(lambda: session.document.mask(0).any())
    for x in range(10, 16):
        selection.press((x, 20.0), 2, inside=False)
        selection.stroke_to((x + 1.0, 20.0))
        selection.release()
    qtbot.waitUntil(lambda: not selection.is_busy)
    assert session.document.mask(0)[20, 12] == 0
    assert session.document.mask(0)[28, 12] == 1
    session.document.end_draft()
    assert session.document.history.undo_name == "Select"
    session.undo()
    assert session.document.history.undo_name is None


def test_closing_in_the_middle_of_a_selection_keeps_it(qtbot, session, make_session, tracker, clip):
    session.painter.selection.begin(GrabCutAssistant, Gesture((4, 12, 28, 36)))
    qtbot.waitUntil(lambda: session.document.mask(0).any())
    assert session.project.close() is None
    assert make_session(tracker, clip).document.mask(0)[24, 16] == 1


def test_painting_what_is_seen_stays_there_although_another_frame_was_on_its_way(qtbot, session):
    session.viewer.seek(5)
    assert session.painter.begin_stroke(4, False)  # on frame 1, which is still shown
    session.painter.stroke_to((20.0, 20.0))
    qtbot.wait(50)
    assert (session.viewer.shown, session.viewer.position) == (0, 0)
    session.document.end_draft()
    qtbot.wait(50)
    assert session.viewer.shown == 0
    assert set(session.document.annotation.references) == {0}


def test_a_selection_on_a_picture_that_cannot_be_read_says_so(qtbot, make_session, tracker, clip):
    (clip / "00003.png").write_bytes(b"no picture")
    session = make_session(tracker, clip)
    session.viewer.seek(3)
    qtbot.waitUntil(lambda: session.viewer.shown == 3)
    heard = hear(session)
    assert not session.painter.selection.begin(GrabCutAssistant, Gesture((4.0, 4.0, 20.0, 20.0)))
    assert heard == ["The picture of frame\u00a04 cannot be read: paint there with the brush or the polygon"]

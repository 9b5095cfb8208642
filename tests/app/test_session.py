"""The rules between the parts: what a change ends, what undo leads to, when a pass is followed."""

import numpy as np
from steps import go, hear, paint


def test_undo_goes_to_where_it_changed_something(qtbot, session):
    go(qtbot, session, 4)
    paint(session)
    go(qtbot, session, 9)
    session.undo()
    assert session.viewer.position == 4


def test_the_canvas_follows_the_pass_unless_the_user_goes_elsewhere(qtbot, start_pass):
    session, gated = start_pass(4)
    qtbot.waitUntil(lambda: session.viewer.position == 3)
    session.viewer.seek(1)
    assert not session.tasks.following
    gated.allow(4)
    qtbot.waitUntil(lambda: session.tasks.passes.current.latest == 7)
    assert session.viewer.position == 1


def test_painting_where_the_pass_has_been_ends_it_and_the_stroke_comes_after_it(qtbot, start_pass):
    session, gated = start_pass(6)
    go(qtbot, session, 4)
    paint(session, (50.0, 40.0))
    assert session.tasks.passes.current is None
    assert session.document.history.undo_name == "Brush"
    session.undo()
    assert session.document.history.undo_name == "Propagate 2-6"
    gated.allow(20)


def test_a_stroke_without_effect_does_not_end_the_pass(qtbot, start_pass):
    session, gated = start_pass(6)
    go(qtbot, session, 4)
    heard = hear(session)
    paint(session, (60.0, 3.0), radius=1, erases=True)
    assert session.tasks.passes.current is not None
    assert "only object 1" in heard[-1]
    gated.allow(20)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)


def test_marking_a_frame_where_the_pass_has_been_ends_it_and_comes_after_it(qtbot, start_pass):
    session, gated = start_pass(5)
    qtbot.waitUntil(lambda: session.viewer.shown == 4)
    go(qtbot, session, 2)
    session.document.toggle_reference(session.viewer.position)
    assert session.tasks.passes.current is None
    gated.allow(20)
    assert session.document.history.undo_name == "Set reference frame"
    session.undo()
    session.undo()
    assert (session.document.annotation.frames(), set(session.document.annotation.references)) == ((0,), {0})


def test_a_frame_under_the_brush_is_not_overwritten_when_the_pass_arrives(qtbot, start_pass):
    session, gated = start_pass(3)
    go(qtbot, session, 5)
    assert session.painter.begin_stroke(4, False)
    session.painter.stroke_to((50.0, 40.0))
    gated.allow(20)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    session.document.end_draft()
    assert set(np.unique(session.document.mask(5))) == {0, 1}
    assert session.document.mask(5)[40, 50] == 1
    assert set(session.document.annotation.references) == {0, 5}
    assert session.document.annotation.frames() == (0, 1, 2, 3, 4, 5)


def test_painting_where_the_pass_has_not_been_lets_it_go_on_up_to_there(qtbot, start_pass):
    session, gated = start_pass(3)
    go(qtbot, session, 8)
    paint(session, (50.0, 40.0))
    corrected = session.document.annotation.mask_bytes(8)
    assert session.tasks.passes.current is not None
    gated.allow(20)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    assert session.document.annotation.mask_bytes(8) == corrected
    assert session.document.annotation.frames() == (0, 1, 2, 3, 4, 5, 6, 7, 8)
    assert session.document.history.undo_name == "Propagate 2-8"
    session.undo()
    assert session.document.annotation.frames() == (0, 8)

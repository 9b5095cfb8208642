"""The rules between the parts: what a change ends, what undo leads to, when a pass is followed."""

import numpy as np
from steps import go, hear, paint

from skn_annotator.annotation import edits
from skn_annotator.annotation.edits import CarriedMask
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.tasks.assistant import Combination, Gesture
from skn_annotator.app.tasks.grabcut_assistant import GrabCutAssistant


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


def test_of_a_selection_that_exchanged_two_objects_when_it_was_left_that_is_said(qtbot, session):
    go(qtbot, session, 3)
    document, bright = session.document, session.viewer.frame[..., 0] > 100
    document.add_object()
    document.choose(1)
    mask = np.where(bright, 2, np.roll(bright, 24, axis=1)).astype(np.uint8)
    carried = CarriedMask(3, encode_mask(mask), {1: 0.5, 2: 0.5})
    document.apply(edits.propagated(document.annotation, carried, ""))
    ys, xs = np.nonzero(bright)
    box = Gesture((xs.min() - 4, ys.min() - 4, xs.max() + 5, ys.max() + 5))
    heard = hear(session)
    assert session.painter.selection.begin(GrabCutAssistant, box, Combination.REPLACE)
    qtbot.waitUntil(lambda: not session.painter.selection.is_busy)
    go(qtbot, session, 4)
    assert (document.annotation.mask(3)[bright] == 1).all()
    assert len(heard) == 1
    assert "object 2 got what object 1 had here" in heard[0]

"""Undo in every moment, as docs/undo.md has it: what the user did last, never a pass that runs."""

import pytest
from fakes import FakeTracker
from steps import go, paint

from skn_annotator.app.tasks.remap import Scope
from skn_annotator.inference.directions import Direction


@pytest.fixture
def gated():
    return FakeTracker(steps=0)


@pytest.fixture
def passing(qtbot, make_session, clip, gated):
    """A session with strokes on frames 0 and 8, and a pass from frame 0 that has come to frame 3."""
    session = make_session(gated, clip)
    paint(session)
    go(qtbot, session, 8)
    paint(session, (40.0, 40.0))
    go(qtbot, session, 0)
    start(qtbot, session, gated)
    return session


def start(qtbot, session, gated):
    session.tasks.propagate(Direction.FORWARD)
    gated.allow(4)
    qtbot.waitUntil(lambda: session.tasks.passes.current.latest == 3)


def finish(qtbot, session, gated):
    gated.allow(40)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)


def test_undo_during_a_pass_takes_back_what_the_user_did_last(qtbot, passing, gated):
    go(qtbot, passing, 10)
    paint(passing, (50.0, 20.0))
    assert passing.undo_name == "Brush"
    passing.undo()
    assert passing.tasks.passes.current is not None
    assert passing.document.annotation.frames() == (0, 1, 2, 3, 8)
    assert passing.redo_name == "Brush"
    finish(qtbot, passing, gated)
    assert passing.document.annotation.frames() == tuple(range(9))
    assert passing.document.history.undo_name == "Propagate 2-8"


def test_what_was_undone_during_a_pass_can_be_made_again_when_it_has_ended(qtbot, passing, gated):
    go(qtbot, passing, 10)
    paint(passing, (50.0, 20.0))
    passing.undo()
    finish(qtbot, passing, gated)
    passing.document.redo()
    assert 10 in passing.document.annotation.references
    assert passing.document.history.undo_name == "Brush"
    for _ in range(4):
        passing.undo()
    assert passing.document.annotation.frames() == ()


def test_undo_of_what_a_pass_starts_from_ends_it_and_keeps_its_frames(qtbot, make_session, clip, gated):
    session = make_session(gated, clip)
    paint(session)
    paint(session, (20.0, 24.0))
    start(qtbot, session, gated)
    session.undo()
    assert session.tasks.passes.current is None
    assert session.document.annotation.frames() == (0, 1, 2, 3)
    assert (session.undo_name, session.redo_name) == ("Propagate 2-4", "Brush")
    session.undo()
    assert session.document.annotation.frames() == (0,)
    session.document.redo()
    session.document.redo()
    assert session.document.annotation.frames() == (0, 1, 2, 3)
    gated.allow(20)


def test_the_message_on_an_ended_pass_goes_when_what_it_made_is_undone(qtbot, make_session, clip, gated):
    session = make_session(gated, clip)
    paint(session)
    paint(session, (20.0, 24.0))
    start(qtbot, session, gated)
    notices = []
    session.noticed.connect(notices.append)
    session.undo()
    (notice,) = notices
    assert notice.text.endswith("those that it made stay")
    assert notice.holds()
    session.undo()
    assert session.document.annotation.frames() == (0,)
    assert not notice.holds()
    gated.allow(20)


def test_where_an_object_of_a_pass_goes_no_message_says_that_its_masks_stay(qtbot, make_session, clip, gated):
    session = make_session(gated, clip)
    paint(session)
    session.document.add_object()
    paint(session, (40.0, 40.0))
    session.tasks.remaps.delete_object(2, Scope.EVERYWHERE)
    qtbot.waitUntil(lambda: session.tasks.remaps.current is None)
    session.undo()  # so that redo takes an object away that the pass carries
    start(qtbot, session, gated)
    notices = []
    session.noticed.connect(notices.append)
    session.document.redo()
    assert session.tasks.passes.current is None
    assert [notice.text for notice in notices] == ["The pass ended, since masks that it goes by were changed"]
    gated.allow(20)


def test_undo_of_what_a_pass_went_over_gives_its_frame_back(qtbot, make_session, clip, gated):
    session = make_session(gated, clip)
    paint(session)
    go(qtbot, session, 2)
    paint(session, (30.0, 30.0))
    painted = session.document.annotation.mask_bytes(2)
    session.document.clear_frame(2)
    go(qtbot, session, 0)
    start(qtbot, session, gated)
    session.undo()
    assert session.document.annotation.mask_bytes(2) == painted
    assert session.document.annotation.frames() == (0, 1, 2, 3)
    assert session.tasks.passes.current is None
    session.undo()
    assert session.document.annotation.frames() == (0, 2)
    session.document.redo()
    assert session.document.annotation.frames() == (0, 1, 2, 3)
    gated.allow(20)


def test_undo_of_an_object_that_a_pass_carries_takes_the_pass_back_first(qtbot, make_session, clip, gated):
    session = make_session(gated, clip)
    session.document.add_object()
    paint(session)
    session.document.add_object()
    session.tasks.remaps.delete_object(session.document.active, Scope.EVERYWHERE)
    session.undo()  # the object is there again, and undone is what took it away
    paint(session, (40.0, 40.0))
    start(qtbot, session, gated)
    ids = {o.id for o in session.document.annotation.objects}
    for _ in range(8):
        session.undo()
        shown = frozenset().union(*(session.document.annotation.ids_at(t) for t in range(12)))
        assert shown <= {o.id for o in session.document.annotation.objects}
    assert session.document.annotation.frames() == ()
    for _ in range(8):
        session.document.redo()
    assert {o.id for o in session.document.annotation.objects} == ids
    gated.allow(20)


def test_with_nothing_done_undo_leaves_the_pass_alone(qtbot, make_session, clip, gated):
    session = make_session(gated, clip)
    paint(session)
    start(qtbot, session, gated)
    session.document.history.undo()  # as after opening: a reference, and no action yet
    assert session.undo_name is None
    session.undo()
    assert session.tasks.passes.current is not None
    session.tasks.stop()
    gated.allow(20)


def test_undo_in_the_middle_of_a_stroke_takes_that_stroke(session):
    paint(session)
    session.painter.begin_stroke(4.0, False)
    session.painter.stroke_to((40.0, 40.0))
    session.undo()
    assert session.document.history.undo_name == session.document.history.redo_name == "Brush"
    assert session.document.mask(0)[40, 40] == 0

"""Masks that came from what was corrected since are stale, until the shortest pass renews them."""

import numpy as np
from fakes import FakeTracker
from steps import go, hear, paint, propagate

from skn_annotator.inference.directions import Direction


def stale(session, object_id=1):
    return [t for t, ids in session.document.stale.by_frame().items() if object_id in ids]


def corrected(qtbot, session, t=6):
    """The whole clip from frame 0, then a correction on frame `t`."""
    paint(session)
    propagate(qtbot, session)
    go(qtbot, session, t)
    paint(session, (40.0, 40.0))


def test_after_a_correction_the_frames_beyond_it_are_stale(qtbot, session):
    paint(session)
    propagate(qtbot, session)
    assert stale(session) == []
    go(qtbot, session, 6)
    paint(session, (40.0, 40.0))
    assert stale(session) == [7, 8, 9, 10, 11]
    session.undo()
    assert stale(session) == []
    session.document.redo()
    assert stale(session) == [7, 8, 9, 10, 11]


def test_what_came_from_both_ends_is_stale_on_both_sides_of_a_correction(qtbot, session):
    paint(session)
    go(qtbot, session, 11)
    paint(session, (40.0, 40.0))
    go(qtbot, session, 5)
    propagate(qtbot, session, Direction.BOTH)
    assert stale(session) == []
    go(qtbot, session, 5)
    paint(session, (20.0, 40.0))
    assert stale(session) == [1, 2, 3, 4, 6, 7, 8, 9, 10]


def test_a_pass_renews_them_with_the_frames_that_it_takes_and_no_others(qtbot, session, tracker):
    corrected(qtbot, session)
    go(qtbot, session, 2)
    propagate(qtbot, session, Direction.STALE)
    assert tracker.passes[-1] == (6, 7, 8, 9, 10, 11)
    assert stale(session) == []
    assert session.document.history.undo_name == "Propagate 8-12"
    assert np.array_equal(session.document.mask(8), np.roll(session.document.mask(6), 2, axis=1))


def test_a_frame_that_was_taken_for_right_and_is_not_any_more_is_renewed_like_the_others(qtbot, session):
    corrected(qtbot, session, 3)
    go(qtbot, session, 5)
    session.document.toggle_reference(5)
    assert session.document.stale.origins(5, 1) == ()
    session.document.toggle_reference(5)
    assert session.document.stale.origins(5, 1) == (0,)
    assert stale(session) == [*range(4, 12)]
    propagate(qtbot, session, Direction.STALE)
    assert stale(session) == []
    assert session.document.stale.origins(5, 1) == (3,)


def test_what_lies_before_a_correction_is_not_stale_and_both_ways_blends_it_with_that(
    qtbot, session, tracker
):
    corrected(qtbot, session)
    before = session.document.mask(4).copy()
    propagate(qtbot, session, Direction.STALE)
    assert np.array_equal(session.document.mask(4), before)
    propagate(qtbot, session, Direction.BOTH)
    assert session.document.stale.origins(4, 1) == (0, 6)
    assert stale(session) == []


def test_a_run_that_was_renewed_in_part_goes_on_from_the_fresh_frame(qtbot, session, tracker):
    corrected(qtbot, session)
    session.viewer.select_range(7, 8)
    propagate(qtbot, session, Direction.RANGE)
    assert stale(session) == [9, 10, 11]
    propagate(qtbot, session, Direction.STALE)
    assert tracker.passes[-1] == (8, 9, 10, 11)
    assert stale(session) == []


def test_renewing_one_object_leaves_the_others_alone(qtbot, session):
    session.document.add_object()
    paint(session, (40.0, 8.0))
    session.document.choose(1)
    corrected(qtbot, session)
    other = {t: session.document.mask(t) == 2 for t in range(12)}
    assert stale(session, 1) == [7, 8, 9, 10, 11]
    assert stale(session, 2) == []
    propagate(qtbot, session, Direction.STALE)
    assert all(np.array_equal(session.document.mask(t) == 2, other[t]) for t in range(12))


def test_a_locked_object_is_left_as_it_is_and_asks_for_nothing(qtbot, session):
    corrected(qtbot, session)
    assert session.tasks.stale()
    session.document.set_locked(1, True)
    assert session.tasks.stale() == {}
    heard = hear(session)
    session.tasks.propagate(Direction.STALE)
    assert heard == ["Nothing is stale: every mask comes from references that are still as they were"]


def test_a_reference_that_was_taken_back_leaves_its_frames_stale(qtbot, session):
    corrected(qtbot, session)
    propagate(qtbot, session, Direction.STALE)
    session.document.toggle_reference(6)
    assert stale(session) == [7, 8, 9, 10, 11]
    propagate(qtbot, session, Direction.EVERYWHERE)
    assert stale(session) == []


def test_painting_on_while_a_pass_runs_makes_its_frames_stale(qtbot, make_session, clip):
    gated = FakeTracker(steps=0)
    session = make_session(gated, clip)
    paint(session)
    session.tasks.propagate(Direction.FORWARD)
    gated.allow(3)
    qtbot.waitUntil(lambda: session.tasks.passes.current.latest == 2)
    go(qtbot, session, 0)
    paint(session, (30.0, 30.0))
    gated.allow(40)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    assert stale(session) == list(range(1, 12))


def test_what_is_stale_is_known_again_after_opening(qtbot, session, make_session, tracker, clip):
    corrected(qtbot, session)
    assert session.project.close() is None
    assert stale(make_session(tracker, clip)) == [7, 8, 9, 10, 11]


def test_what_came_from_the_only_reference_is_stale_after_opening_too(
    qtbot, session, make_session, tracker, clip
):
    paint(session)
    propagate(qtbot, session)
    session.document.toggle_reference(0)
    assert stale(session) == list(range(1, 12))
    assert session.project.close() is None
    assert stale(make_session(tracker, clip)) == list(range(1, 12))

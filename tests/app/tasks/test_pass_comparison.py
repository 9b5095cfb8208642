"""What the latest pass changed: told as masks arrive, taken back with it, and where to look at it."""

import numpy as np
import pytest
from fakes import FakeTracker
from steps import go, hear, paint, propagate

from skn_annotator.app.review import most_changed
from skn_annotator.inference.directions import Direction


def paint_at(qtbot, session, t, xy):
    go(qtbot, session, t)
    paint(session, xy)


def forward(qtbot, session, t=0):
    session.viewer.seek(t)
    propagate(qtbot, session)


@pytest.fixture
def passed(qtbot, session):
    """Frames 2-6 propagated; frame 1 painted on; propagated again, to the end."""
    paint_at(qtbot, session, 0, (20.5, 20.5))
    session.viewer.select_range(1, 5)
    session.tasks.propagate(Direction.RANGE)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    paint_at(qtbot, session, 0, (40.5, 20.5))
    forward(qtbot, session)
    return session


ALL = range(12)


def test_the_masks_from_before_the_last_pass_can_be_looked_at(qtbot, session):
    paint(session)
    assert session.tasks.passes.latest is None
    assert session.tasks.comparison.mask_before(3) is None
    propagate(qtbot, session)
    first = session.document.mask(5)
    assert session.tasks.comparison.mask_before(5) is None
    qtbot.waitUntil(lambda: session.viewer.shown == session.viewer.position)
    assert session.tasks.comparison.about(session.viewer.shown) == "Before Propagate 2-12: no mask"
    go(qtbot, session, 0)
    assert np.array_equal(session.tasks.comparison.mask_before(0), session.document.mask(0))
    assert session.tasks.comparison.about(session.viewer.shown) == "The last pass changed nothing here"
    paint(session, (40.0, 10.0))
    propagate(qtbot, session)
    assert session.tasks.passes.latest.summary == "Propagate 2-12: 11 of 11 frames changed"
    assert np.array_equal(session.tasks.comparison.mask_before(5), first)
    assert not np.array_equal(session.document.mask(5), first)
    qtbot.waitUntil(lambda: session.viewer.shown == session.viewer.position)
    assert session.tasks.comparison.about(session.viewer.shown) == "Before Propagate 2-12"


def test_what_was_there_is_changed_by_how_much_and_what_was_not_is_new(passed):
    known = passed.tasks.comparison.changes(ALL)
    assert set(known) == set(range(1, 12))
    assert [known[t] for t in range(6, 12)] == [None] * 6
    assert all(known[t] == pytest.approx(0.5) for t in range(1, 6))  # a second disc beside the first


def test_undo_takes_it_back_and_redo_brings_it_again(passed):
    passed.undo()
    assert not any(passed.tasks.comparison.changes(ALL).values())
    passed.document.redo()
    assert passed.tasks.comparison.changes(ALL)[3] == pytest.approx(0.5)


def test_a_frame_that_was_painted_since_is_out(qtbot, passed):
    paint_at(qtbot, passed, 3, (10.5, 10.5))
    assert 3 not in passed.tasks.comparison.changes(ALL)
    assert 4 in passed.tasks.comparison.changes(ALL)


def test_another_pass_tells_its_own_as_it_arrives(qtbot, make_session, clip):
    gated = FakeTracker(steps=20)
    session = make_session(gated, clip)
    paint_at(qtbot, session, 0, (20.5, 20.5))
    forward(qtbot, session)
    paint_at(qtbot, session, 0, (40.5, 20.5))
    told = dict(session.tasks.comparison.changes(ALL))
    assert told
    session.tasks.propagate(Direction.FORWARD)
    assert session.tasks.comparison.changes(ALL) == {}
    gated.allow(2)
    qtbot.waitUntil(lambda: session.tasks.passes.latest.delivered(2))
    session.tasks.passes.stop()
    assert set(session.tasks.comparison.changes(ALL)) >= {1, 2}
    assert session.tasks.comparison.changes(ALL)[2] == pytest.approx(0.5)
    gated.allow(20)


def test_the_same_masks_again_are_no_change(qtbot, passed):
    forward(qtbot, passed)
    assert set(passed.tasks.comparison.changes(ALL).values()) == {0.0}
    heard = hear(passed)
    passed.viewer.seek_changed(1)
    assert heard == ["The last pass changed no mask that was there before"]
    assert passed.viewer.position == 11


def test_one_goes_to_what_changed_and_hears_where_nothing_is_left(passed):
    heard = hear(passed)
    passed.viewer.seek(11)
    passed.viewer.seek_changed(-1)
    assert passed.viewer.position == 1
    assert not heard
    passed.viewer.seek_changed(-1)
    passed.viewer.seek_changed(1)
    assert passed.viewer.position == 1
    assert heard == [
        "The last pass changed little before this frame",
        "The last pass changed little after this frame",
    ]


def test_without_a_pass_nothing_is_told(session):
    assert session.tasks.comparison.changes(ALL) == {}


@pytest.mark.parametrize(
    ("changes", "frames"),
    [
        ({}, []),
        ({3: 0.0, 4: 0.0}, []),
        ({3: 0.1, 4: 0.2, 5: 0.1}, [4]),
        ({3: 0.5, 30: 0.2, 60: 0.05, 90: 1.0}, [3, 90]),  # what is small beside the greatest is left out
        (dict.fromkeys(range(25), 0.5), [0, 10, 20]),
    ],
)
def test_the_frames_to_go_to_are_those_that_changed_most(changes, frames):
    assert most_changed(changes) == frames

"""What the latest pass changed: told as masks arrive, taken back with it, and where to look at it."""

import pytest
from fakes import FakeTracker

from skn_annotator.app.review import most_changed
from skn_annotator.inference.plans import Direction


def paint(qtbot, session, t, xy):
    session.seek(t)
    qtbot.waitUntil(lambda: session.shown == t)
    assert session.begin_stroke(4, erases=False)
    session.stroke_to(xy)
    session.end_draft()


def forward(qtbot, session, t=0):
    session.seek(t)
    session.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: session.running is None)


@pytest.fixture
def passed(qtbot, session):
    """Frames 2-6 propagated; frame 1 painted on; propagated again, to the end."""
    paint(qtbot, session, 0, (20.5, 20.5))
    session.select_range(1, 5)
    session.propagate(Direction.RANGE)
    qtbot.waitUntil(lambda: session.running is None)
    paint(qtbot, session, 0, (40.5, 20.5))
    forward(qtbot, session)
    return session


ALL = range(12)


def test_what_was_there_is_changed_by_how_much_and_what_was_not_is_new(passed):
    known = passed.changes(ALL)
    assert set(known) == set(range(1, 12))
    assert [known[t] for t in range(6, 12)] == [None] * 6
    assert all(known[t] == pytest.approx(0.5) for t in range(1, 6))  # a second disc beside the first


def test_undo_takes_it_back_and_redo_brings_it_again(passed):
    passed.undo()
    assert not any(passed.changes(ALL).values())
    passed.redo()
    assert passed.changes(ALL)[3] == pytest.approx(0.5)


def test_a_frame_that_was_painted_since_is_out(qtbot, passed):
    paint(qtbot, passed, 3, (10.5, 10.5))
    assert 3 not in passed.changes(ALL)
    assert 4 in passed.changes(ALL)


def test_another_pass_tells_its_own_as_it_arrives(qtbot, make_session, clip):
    gated = FakeTracker(steps=20)
    session = make_session(gated, clip)
    paint(qtbot, session, 0, (20.5, 20.5))
    forward(qtbot, session)
    paint(qtbot, session, 0, (40.5, 20.5))
    told = dict(session.changes(ALL))
    assert told
    session.propagate(Direction.FORWARD)
    assert session.changes(ALL) == {}
    gated.allow(2)
    qtbot.waitUntil(lambda: session.latest_pass.delivered(2))
    session.stop_pass()
    assert set(session.changes(ALL)) >= {1, 2}
    assert session.changes(ALL)[2] == pytest.approx(0.5)
    gated.allow(20)


def test_the_same_masks_again_are_no_change(qtbot, passed):
    forward(qtbot, passed)
    assert set(passed.changes(ALL).values()) == {0.0}
    heard = []
    passed.noticed.connect(lambda notice: heard.append(notice.text))
    passed.seek_changed(1)
    assert heard == ["The last pass changed no mask that was there before"]
    assert passed.position == 11


def test_one_goes_to_what_changed_and_hears_where_nothing_is_left(passed):
    heard = []
    passed.noticed.connect(lambda notice: heard.append(notice.text))
    passed.seek(11)
    passed.seek_changed(-1)
    assert passed.position == 1
    assert not heard
    passed.seek_changed(-1)
    passed.seek_changed(1)
    assert passed.position == 1
    assert heard == [
        "The last pass changed little before this frame",
        "The last pass changed little after this frame",
    ]


def test_without_a_pass_nothing_is_told(session):
    assert session.changes(ALL) == {}


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

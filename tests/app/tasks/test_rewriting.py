"""Where many masks change, they are remapped in the background; it is one edit, or nothing happened."""

import threading

import numpy as np
import pytest
from fakes import FakeTracker
from states import state as everything

from skn_annotator.annotation.remapping import remapped
from skn_annotator.app import rewriting
from skn_annotator.app.editing import Scope
from skn_annotator.inference.plans import Direction

ACTS = [
    (lambda s: s.merge(2, 1), "Merge objects"),
    (lambda s: s.exchange(1, 2), "Exchange objects"),
    (lambda s: s.delete_object(2, Scope.ONWARD), "Delete object from this frame on"),
    (lambda s: s.delete_object(2, Scope.EVERYWHERE), "Delete object"),
]


class Gate:
    """Lets masks through one by one, or all."""

    def __init__(self):
        self._allowed = threading.Semaphore(0)

    def allow(self, masks=100):
        self._allowed.release(masks)

    def remapped(self, *args):
        for item in remapped(*args):
            self._allowed.acquire(timeout=20)
            yield item


@pytest.fixture
def gate(monkeypatch):
    """Every change is large, and waits."""
    gate = Gate()
    monkeypatch.setattr(rewriting, "AT_ONCE", 0)
    monkeypatch.setattr(rewriting, "_TOLD_AFTER", 0.0)
    monkeypatch.setattr(rewriting, "remapped", gate.remapped)
    yield gate
    gate.allow()


@pytest.fixture
def painted(make_session, clip):
    """Two squares on the twelve frames of the clip, frame 4 shown; of a pass they know how sure it was."""
    session = make_session(FakeTracker(), clip)
    session.paint_polygon([(4, 4), (14, 4), (14, 14), (4, 14)], False, "Polygon")
    session.add_object()
    session.paint_polygon([(24, 24), (34, 24), (34, 34), (24, 34)], False, "Polygon")
    return session


@pytest.fixture
def session(qtbot, painted):
    painted.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: painted.running is None)
    painted.seek(4)
    qtbot.waitUntil(lambda: painted.shown == 4)
    return painted


def state(session):
    annotation = session.annotation
    return everything(annotation), {t: annotation.ids_at(t) for t in annotation.frames()}


def ended(session):
    return session.rewrite is None


def hear(session):
    heard = []
    session.noticed.connect(lambda notice: heard.append(notice.text))
    return heard


def paint_here(session, xy=(50.0, 40.0), radius=3):
    assert session.begin_stroke(radius, erases=False)
    session.stroke_to(xy)


@pytest.mark.parametrize(("act", "name"), ACTS)
def test_in_the_background_it_is_the_same_one_edit_as_at_once(qtbot, session, monkeypatch, act, name):
    before, latest = state(session), session.history.latest
    act(session)
    at_once = state(session)
    assert (session.rewrite, session.history.undo_name) == (None, name)
    session.undo()
    assert state(session) == before
    monkeypatch.setattr(rewriting, "AT_ONCE", 0)
    act(session)
    assert (session.rewrite.name, session.undo_name, session.history.latest) == (name, name, latest)
    assert state(session) == before  # nothing yet
    qtbot.waitUntil(lambda: ended(session))
    assert (session.history.undo_name, session.undo_name) == (name, name)
    assert state(session) == at_once
    for t in session.annotation.frames():
        assert session.annotation.ids_at(t) == set(np.unique(session.mask(t)).tolist()) - {0}
    session.undo()
    assert (state(session), session.history.latest) == (before, latest)
    session.redo()
    assert state(session) == at_once


@pytest.mark.parametrize(("act", "name"), ACTS)
@pytest.mark.parametrize("stop", [lambda s: s.stop(), lambda s: s.undo()])
def test_stopped_it_leaves_everything_as_it_was(qtbot, session, gate, act, name, stop):
    before, latest = state(session), session.history.latest
    act(session)
    gate.allow(3)
    qtbot.waitUntil(lambda: session.rewrite.done == 3)
    stop(session)
    assert ended(session)
    gate.allow()
    qtbot.wait(30)
    assert (state(session), session.history.latest) == (before, latest)


def test_it_says_how_far_it_is(qtbot, session, gate):
    heard = []
    session.rewrite_changed.connect(lambda: heard.append(session.rewrite and session.rewrite.done))
    session.merge(2, 1)
    assert (session.rewrite.total, session.rewrite.pace()) == (12, None)
    gate.allow(5)
    qtbot.waitUntil(lambda: session.rewrite.done == 5)
    assert session.rewrite.pace().frames_per_second > 0
    gate.allow()
    qtbot.waitUntil(lambda: ended(session))
    assert heard == [*range(13), None]


def test_what_was_painted_meanwhile_is_kept_and_takes_part(qtbot, session, gate):
    session.merge(2, 1)
    gate.allow(8)
    qtbot.waitUntil(lambda: session.rewrite.done == 8)
    assert session.active == 2
    paint_here(session)  # of the object that will be gone, on a frame that was remapped already
    session.end_draft()
    assert session.history.undo_name == "Brush"
    session.rename(1, "cup")
    gate.allow()
    qtbot.waitUntil(lambda: ended(session))
    assert session.history.undo_name == "Merge objects"
    assert [(o.id, o.name) for o in session.annotation.objects] == [(1, "cup")]
    assert session.mask(4)[40, 50] == 1
    assert session.annotation.references == {0, 4}
    assert all(session.annotation.ids_at(t) == {1} for t in range(12))
    session.undo()
    assert session.mask(4)[40, 50] == 2
    assert session.history.undo_name == "Rename object"


def test_it_waits_for_a_stroke_that_is_being_painted(qtbot, session, gate):
    session.merge(2, 1)
    paint_here(session)
    gate.allow()
    qtbot.waitUntil(lambda: session.rewrite.is_complete)
    qtbot.wait(20)
    session.stroke_to((55.0, 40.0))
    assert session.draft_name == "Brush"
    session.end_draft()
    qtbot.waitUntil(lambda: ended(session))
    assert session.history.undo_name == "Merge objects"
    assert session.mask(4)[40, 54] == 1


def test_the_next_such_action_stops_it_or_follows_it_if_it_waited_for_a_stroke(qtbot, session, gate):
    session.merge(2, 1)
    session.delete_object(1, Scope.EVERYWHERE)
    assert session.rewrite.name == "Delete object"
    paint_here(session)
    gate.allow()
    qtbot.waitUntil(lambda: session.rewrite.is_complete)
    session.delete_object(2, Scope.EVERYWHERE)
    assert [o.id for o in session.annotation.objects] == [2]
    assert session.history.undo_name == "Delete object"
    gate.allow()
    qtbot.waitUntil(lambda: ended(session))
    assert session.annotation.objects == ()
    assert not any(session.mask(t).any() for t in range(12))


def test_undo_takes_back_what_was_done_meanwhile_and_stops_it(qtbot, session, gate):
    before = state(session)
    session.merge(2, 1)
    paint_here(session)
    session.end_draft()
    assert session.undo_name == "Brush"
    session.undo()
    assert ended(session)
    assert state(session) == before


def test_it_ends_a_pass_first_and_the_next_pass_says_what_it_waits_for(qtbot, painted, gate):
    session, heard = painted, hear(painted)
    session.propagate(Direction.FORWARD)
    session.merge(2, 1)
    assert session.running is None
    session.propagate(Direction.FORWARD)
    assert session.running is None
    assert heard == ["“Merge objects” is not done yet: wait for it, or stop it with Escape"]
    gate.allow()
    qtbot.waitUntil(lambda: ended(session))
    session.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: session.running is None)
    assert session.annotation.frames() == tuple(range(12))
    assert all(session.annotation.ids_at(t) == {1} for t in range(12))


@pytest.mark.parametrize("act", [act for act, _ in ACTS])
def test_closing_meanwhile_changes_nothing_and_says_nothing(qtbot, make_session, session, clip, gate, act):
    heard, before = hear(session), state(session)
    act(session)
    gate.allow(3)
    qtbot.waitUntil(lambda: session.rewrite.done == 3)
    assert session.close() is None
    assert ended(session)
    gate.allow()
    again = make_session(FakeTracker(), clip)
    assert state(again) == before
    assert heard == []


def test_shutting_down_meanwhile_ends_its_thread(session, gate):
    session.merge(2, 1)
    gate.allow(2)
    session.shut_down()
    assert ended(session)
    assert not session.runner.busy


def test_small_changes_are_made_at_once(session):
    session.merge(2, 1)
    assert ended(session)
    assert session.history.undo_name == "Merge objects"

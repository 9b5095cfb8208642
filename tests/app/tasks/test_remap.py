"""Where many masks change, they are remapped in the background; it is one edit, or nothing happened."""

import threading

import numpy as np
import pytest
from fakes import FakeTracker
from states import state as everything
from steps import hear

from skn_annotator.annotation.remapping import Remapping
from skn_annotator.app.tasks import remap
from skn_annotator.app.tasks.remap import Scope
from skn_annotator.inference.directions import Direction

ACTS = [
    (lambda s: s.tasks.remaps.merge(2, 1), "Merge objects"),
    (lambda s: s.tasks.remaps.exchange(1, 2), "Exchange objects"),
    (lambda s: s.tasks.remaps.delete_object(2, Scope.ONWARD), "Delete object from this frame on"),
    (lambda s: s.tasks.remaps.delete_object(2, Scope.EVERYWHERE), "Delete object"),
]


_make = Remapping.make


class Gate:
    """Lets masks through one by one, or all."""

    def __init__(self):
        self._allowed = threading.Semaphore(0)

    def allow(self, masks=100):
        self._allowed.release(masks)

    def make(self, change, masks):
        for item in _make(change, masks):
            self._allowed.acquire(timeout=60)
            yield item


@pytest.fixture
def gate(monkeypatch):
    """Every change is large, and waits."""
    gate = Gate()
    monkeypatch.setattr(remap, "REMAPPED_AT_ONCE", 0)
    monkeypatch.setattr(remap, "_SIGNAL_EVERY", 0.0)
    monkeypatch.setattr(Remapping, "make", lambda *args: gate.make(*args))
    yield gate
    gate.allow()


@pytest.fixture
def painted(make_session, clip):
    """Two squares on the twelve frames of the clip, frame 4 shown; of a pass they know how sure it was."""
    session = make_session(FakeTracker(), clip)
    session.painter.paint_polygon([(4, 4), (14, 4), (14, 14), (4, 14)], False, "Polygon")
    session.document.add_object()
    session.painter.paint_polygon([(24, 24), (34, 24), (34, 34), (24, 34)], False, "Polygon")
    return session


@pytest.fixture
def session(qtbot, painted):
    painted.tasks.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: painted.tasks.passes.current is None)
    painted.viewer.seek(4)
    qtbot.waitUntil(lambda: painted.viewer.shown == 4)
    return painted


def state(session):
    annotation = session.document.annotation
    return everything(annotation), {t: annotation.ids_at(t) for t in annotation.frames()}


def ended(session):
    return session.tasks.remaps.current is None


def paint_here(session, xy=(50.0, 40.0), radius=3):
    assert session.painter.begin_stroke(radius, erases=False)
    session.painter.stroke_to(xy)


@pytest.mark.parametrize(("act", "name"), ACTS)
def test_in_the_background_it_is_the_same_one_edit_as_at_once(qtbot, session, monkeypatch, act, name):
    before, latest = state(session), session.document.history.latest
    act(session)
    at_once = state(session)
    assert (session.tasks.remaps.current, session.document.history.undo_name) == (None, name)
    session.undo()
    assert state(session) == before
    monkeypatch.setattr(remap, "REMAPPED_AT_ONCE", 0)
    act(session)
    assert (session.tasks.remaps.current.name, session.undo_name, session.document.history.latest) == (
        name,
        name,
        latest,
    )
    assert state(session) == before  # nothing yet
    qtbot.waitUntil(lambda: ended(session))
    assert (session.document.history.undo_name, session.undo_name) == (name, name)
    assert state(session) == at_once
    for t in session.document.annotation.frames():
        assert session.document.annotation.ids_at(t) == set(np.unique(session.document.mask(t)).tolist()) - {
            0
        }
    session.undo()
    assert (state(session), session.document.history.latest) == (before, latest)
    session.document.redo()
    assert state(session) == at_once


@pytest.mark.parametrize(("act", "name"), ACTS)
@pytest.mark.parametrize("stop", [lambda s: s.tasks.stop(), lambda s: s.undo()])
def test_stopped_it_leaves_everything_as_it_was(qtbot, session, gate, act, name, stop):
    before, latest = state(session), session.document.history.latest
    act(session)
    gate.allow(3)
    qtbot.waitUntil(lambda: session.tasks.remaps.current.done == 3)
    stop(session)
    assert ended(session)
    gate.allow()
    qtbot.wait(30)
    assert (state(session), session.document.history.latest) == (before, latest)


def test_it_says_how_far_it_is(qtbot, session, gate):
    heard = []
    session.tasks.remaps.changed.connect(
        lambda: heard.append(session.tasks.remaps.current and session.tasks.remaps.current.done)
    )
    session.tasks.remaps.merge(2, 1)
    assert (session.tasks.remaps.current.total, session.tasks.remaps.current.pace()) == (12, None)
    gate.allow(5)
    qtbot.waitUntil(lambda: session.tasks.remaps.current.done == 5)
    assert session.tasks.remaps.current.pace().frames_per_second > 0
    gate.allow()
    qtbot.waitUntil(lambda: ended(session))
    assert heard == [*range(13), None]


def test_what_was_painted_meanwhile_is_kept_and_takes_part(qtbot, session, gate):
    session.tasks.remaps.merge(2, 1)
    gate.allow(8)
    qtbot.waitUntil(lambda: session.tasks.remaps.current.done == 8)
    assert session.document.active == 2
    paint_here(session)  # of the object that will be gone, on a frame that was remapped already
    session.document.end_draft()
    assert session.document.history.undo_name == "Brush"
    session.document.rename(1, "cup")
    gate.allow()
    qtbot.waitUntil(lambda: ended(session))
    assert session.document.history.undo_name == "Merge objects"
    assert [(o.id, o.name) for o in session.document.annotation.objects] == [(1, "cup")]
    assert session.document.mask(4)[40, 50] == 1
    assert set(session.document.annotation.references) == {0, 4}
    assert all(session.document.annotation.ids_at(t) == {1} for t in range(12))
    session.undo()
    assert session.document.mask(4)[40, 50] == 2
    assert session.document.history.undo_name == "Rename object"


def test_it_waits_for_a_stroke_that_is_being_painted(qtbot, session, gate):
    session.tasks.remaps.merge(2, 1)
    paint_here(session)
    gate.allow()
    qtbot.waitUntil(lambda: session.tasks.remaps.current.is_complete)
    qtbot.wait(20)
    session.painter.stroke_to((55.0, 40.0))
    assert session.document.draft_name == "Brush"
    session.document.end_draft()
    qtbot.waitUntil(lambda: ended(session))
    assert session.document.history.undo_name == "Merge objects"
    assert session.document.mask(4)[40, 54] == 1


def test_the_next_such_action_stops_it_or_follows_it_if_it_waited_for_a_stroke(qtbot, session, gate):
    session.tasks.remaps.merge(2, 1)
    session.tasks.remaps.delete_object(1, Scope.EVERYWHERE)
    assert session.tasks.remaps.current.name == "Delete object"
    paint_here(session)
    gate.allow()
    qtbot.waitUntil(lambda: session.tasks.remaps.current.is_complete)
    session.tasks.remaps.delete_object(2, Scope.EVERYWHERE)
    assert [o.id for o in session.document.annotation.objects] == [2]
    assert session.document.history.undo_name == "Delete object"
    gate.allow()
    qtbot.waitUntil(lambda: ended(session))
    assert session.document.annotation.objects == ()
    assert not any(session.document.mask(t).any() for t in range(12))


def test_undo_takes_back_what_was_done_meanwhile_and_stops_it(qtbot, session, gate):
    before = state(session)
    session.tasks.remaps.merge(2, 1)
    paint_here(session)
    session.document.end_draft()
    assert session.undo_name == "Brush"
    session.undo()
    assert ended(session)
    assert state(session) == before


def test_it_ends_a_pass_first_and_the_next_pass_says_what_it_waits_for(qtbot, painted, gate):
    session, heard = painted, hear(painted)
    session.tasks.propagate(Direction.FORWARD)
    session.tasks.remaps.merge(2, 1)
    assert session.tasks.passes.current is None
    session.tasks.propagate(Direction.FORWARD)
    assert session.tasks.passes.current is None
    assert heard == [
        "The pass ended, since masks that it goes by were changed",
        "“Merge objects” is not done yet: wait for it, or stop it with Escape",
    ]
    gate.allow()
    qtbot.waitUntil(lambda: ended(session))
    session.tasks.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: session.tasks.passes.current is None)
    assert session.document.annotation.frames() == tuple(range(12))
    assert all(session.document.annotation.ids_at(t) == {1} for t in range(12))


@pytest.mark.parametrize("act", [act for act, _ in ACTS])
def test_closing_meanwhile_changes_nothing_and_says_nothing(qtbot, make_session, session, clip, gate, act):
    heard, before = hear(session), state(session)
    act(session)
    gate.allow(3)
    qtbot.waitUntil(lambda: session.tasks.remaps.current.done == 3)
    assert session.project.close() is None
    assert ended(session)
    gate.allow()
    again = make_session(FakeTracker(), clip)
    assert state(again) == before
    assert heard == []


def test_shutting_down_meanwhile_ends_its_thread(session, gate):
    session.tasks.remaps.merge(2, 1)
    gate.allow(2)
    session.shut_down()
    assert ended(session)
    assert not session.tasks._runner.busy


def test_small_changes_are_made_at_once(session):
    session.tasks.remaps.merge(2, 1)
    assert ended(session)
    assert session.document.history.undo_name == "Merge objects"

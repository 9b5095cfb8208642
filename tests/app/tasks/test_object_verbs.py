"""Deleting and exchanging objects: on which frames, and what the next pass makes of it."""

import numpy as np
import pytest
from steps import go, hear, paint, propagate

from skn_annotator.app.tasks.remap import Scope

BOTH = frozenset([1, 2])


@pytest.mark.parametrize(
    ("scope", "left"),
    [(None, {*range(12)} - {5}), (Scope.ONWARD, {*range(5)}), (Scope.EVERYWHERE, set())],
)
def test_where_an_object_was_deleted_or_is_absent_no_pass_brings_it_back(qtbot, session, scope, left):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    go(qtbot, session, 5)
    if scope is None:
        session.document.declare_absent(2, 5)
    else:
        session.tasks.remaps.delete_object(2, scope)
    assert set(session.document.annotation.present(2)) == left
    assert session.document.annotation.present(1) == tuple(range(12))
    decided = {0: {1}} if scope is Scope.EVERYWHERE else {0: {1, 2}, 5: {2}}
    assert session.document.annotation.references == decided
    go(qtbot, session, 0)
    propagate(qtbot, session)
    assert 5 not in session.document.annotation.present(2)
    if session.document.history.undo_name.startswith("Propagate"):  # unless it changed nothing
        session.undo()
    session.undo()
    assert session.document.annotation.present(2) == tuple(range(12))
    assert set(session.document.annotation.references) == {0}


def test_nothing_is_stale_where_two_objects_become_one(qtbot, session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    session.tasks.remaps.merge(2, 1)
    assert session.tasks.stale() == {}
    assert session.document.stale.origins(7, 1) == (0,)
    go(qtbot, session, 5)
    paint(session, (40.0, 40.0))
    assert [*session.tasks.stale()] == [6, 7, 8, 9, 10, 11]
    session.undo()
    session.undo()
    assert session.tasks.stale() == {}
    assert session.document.stale.origins(7, 2) == (0,)


def test_look_alikes_are_exchanged_from_here_to_where_one_of_them_is_decided(qtbot, session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    go(qtbot, session, 8)
    session.document.toggle_reference(session.viewer.position)
    go(qtbot, session, 5)
    before = {t: session.document.mask(t) for t in range(12)}
    session.tasks.remaps.exchange(1, 2)
    assert session.document.annotation.references == dict.fromkeys((0, 5, 8), BOTH)
    for t in range(12):
        first, second = (2, 1) if t in (5, 6, 7) else (1, 2)
        assert np.array_equal(session.document.mask(t) == first, before[t] == 1)
        assert np.array_equal(session.document.mask(t) == second, before[t] == 2)
    session.undo()
    assert set(session.document.annotation.references) == {0, 8}
    assert all(np.array_equal(session.document.mask(t), before[t]) for t in range(12))


def test_an_exchange_goes_on_over_frames_where_only_others_are_decided(qtbot, session):
    paint(session, (16.0, 24.0))
    for xy in ((40.0, 24.0), (50.0, 44.0)):
        session.document.add_object()
        paint(session, xy)
    propagate(qtbot, session)
    go(qtbot, session, 8)
    paint(session, (30.0, 44.0))
    go(qtbot, session, 5)
    session.tasks.remaps.exchange(1, 2)
    assert session.document.annotation.references == {0: {1, 2, 3}, 5: {1, 2}, 8: {3}}
    mask = session.document.mask(11)
    assert mask[24, 27] == 2
    assert mask[24, 51] == 1


def test_an_object_can_be_absent_where_nothing_shows_it_and_has_no_mask(session):
    paint(session)
    session.document.declare_absent(1, 7)
    assert session.document.annotation.references == {0: {1}, 7: {1}}
    assert not session.document.mask(7).any()
    assert session.document.history.undo_name == "Object absent here"
    session.undo()
    assert session.document.annotation.frames() == (0,)


def test_where_neither_object_is_there_is_nothing_to_exchange(session):
    session.document.add_object()
    heard = hear(session)
    session.tasks.remaps.exchange(1, 2)
    assert heard == ["Neither object 1 nor object 2 is on this frame or on those that follow"]
    assert session.document.history.undo_name == "Add object"

"""Deleting and exchanging objects: on which frames, and what the next pass makes of it."""

import numpy as np
import pytest
from steps import go, hear, paint, propagate

from skn_annotator.app.tasks.remap import Scope


@pytest.mark.parametrize(
    ("scope", "left"),
    [(Scope.HERE, {*range(12)} - {5}), (Scope.ONWARD, {*range(5)}), (Scope.EVERYWHERE, set())],
)
def test_where_an_object_was_deleted_no_pass_brings_it_back(qtbot, session, scope, left):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    go(qtbot, session, 5)
    session.tasks.remaps.delete_object(2, scope)
    assert set(session.document.annotation.present(2)) == left
    assert session.document.annotation.present(1) == tuple(range(12))
    assert session.document.annotation.references == ({0} if scope is Scope.EVERYWHERE else {0, 5})
    go(qtbot, session, 0)
    propagate(qtbot, session)
    assert 5 not in session.document.annotation.present(2)
    session.undo()
    session.undo()
    assert session.document.annotation.present(2) == tuple(range(12))
    assert session.document.annotation.references == {0}


def test_look_alikes_are_exchanged_from_here_to_the_next_reference_frame(qtbot, session):
    paint(session, (16.0, 24.0))
    session.document.add_object()
    paint(session, (40.0, 24.0))
    propagate(qtbot, session)
    go(qtbot, session, 8)
    session.document.toggle_reference(session.viewer.position)
    go(qtbot, session, 5)
    before = {t: session.document.mask(t) for t in range(12)}
    session.tasks.remaps.exchange(1, 2)
    assert session.document.annotation.references == {0, 5, 8}
    for t in range(12):
        first, second = (2, 1) if t in (5, 6, 7) else (1, 2)
        assert np.array_equal(session.document.mask(t) == first, before[t] == 1)
        assert np.array_equal(session.document.mask(t) == second, before[t] == 2)
    session.undo()
    assert session.document.annotation.references == {0, 8}
    assert all(np.array_equal(session.document.mask(t), before[t]) for t in range(12))


def test_where_neither_object_is_there_is_nothing_to_exchange(session):
    session.document.add_object()
    heard = hear(session)
    session.tasks.remaps.exchange(1, 2)
    assert heard == ["Neither object 1 nor object 2 is on this frame or on those that follow"]
    assert session.document.history.undo_name == "Add object"

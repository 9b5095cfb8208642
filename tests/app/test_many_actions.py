"""Whatever a user does in whatever order: undo leads back to the beginning, redo to the end."""

import random

import numpy as np
import pytest
from states import state

from skn_annotator.app.tasks.remap import Scope
from skn_annotator.inference.directions import Direction

LENGTH = 12


def paint(session, chance):
    if session.painter.begin_stroke(chance.choice((3, 6)), chance.random() < 0.2):
        for _ in range(2):
            session.painter.stroke_to((chance.uniform(0, 64), chance.uniform(0, 48)))
        session.document.end_draft()


def some_object(session, chance):
    return chance.choice([o.id for o in session.document.annotation.objects])


ACTIONS = (
    *[paint] * 6,
    *[lambda session, chance: session.tasks.propagate(chance.choice(list(Direction)))] * 6,
    lambda session, chance: session.document.add_object(),
    lambda session, chance: session.document.rename(
        some_object(session, chance), f"cup {chance.random():.3f}"
    ),
    lambda session, chance: session.document.set_locked(some_object(session, chance), chance.random() < 0.5),
    lambda session, chance: session.document.set_visible(some_object(session, chance), True),
    lambda session, chance: session.document.toggle_solo(some_object(session, chance)),
    lambda session, chance: session.document.shift_object(
        some_object(session, chance), chance.choice((-1, 1))
    ),
    lambda session, chance: session.tasks.remaps.delete_object(
        some_object(session, chance), chance.choice(list(Scope))
    ),
    lambda session, chance: session.document.declare_absent(
        some_object(session, chance), chance.randrange(LENGTH)
    ),
    lambda session, chance: session.document.toggle_reference(session.viewer.position),
    lambda session, chance: session.document.clear_frame(session.viewer.position),
    lambda session, chance: session.painter.copy_mask(chance.choice((-1, 1))),
    lambda session, chance: session.tasks.toggle_only_active(),
    lambda session, chance: session.viewer.select_range(chance.randrange(LENGTH), chance.randrange(LENGTH)),
    lambda session, chance: session.undo(),
)


def decided_masks(annotation):
    """What the user decided: the pixels of each object on each of its reference frames."""
    return {
        (t, i): (annotation.mask(t) == i).tobytes() for t, ids in annotation.references.items() for i in ids
    }


def merge(session, chance):
    ids = [o.id for o in session.document.annotation.objects]
    if len(ids) > 1:
        session.tasks.remaps.merge(*chance.sample(ids, 2))


@pytest.mark.parametrize("seed", range(4))
def test_undo_leads_to_the_beginning_and_redo_to_the_end(qtbot, session, seed):
    chance = random.Random(seed)
    beginning = state(session.document.annotation)
    for _ in range(60):
        session.viewer.seek(chance.randrange(LENGTH))
        qtbot.waitUntil(lambda: session.viewer.shown == session.viewer.position)
        if not session.document.annotation.objects:
            session.document.add_object()
        session.document.choose(some_object(session, chance))
        kept = decided_masks(session.document.annotation)
        act = chance.choice((*ACTIONS, merge))
        act(session, chance)
        passed = session.tasks.passes.current is not None
        qtbot.waitUntil(lambda: session.tasks.passes.current is None)
        if passed:  # and what the user made is as it was
            assert kept == decided_masks(session.document.annotation)
        for t in session.document.annotation.frames():
            known = {o.id for o in session.document.annotation.objects}
            assert session.document.annotation.ids_at(t) <= known
            assert session.document.annotation.ids_at(t) == set(
                np.unique(session.document.annotation.mask(t)).tolist()
            ) - {0}
    end = state(session.document.annotation)
    undone = 0
    while session.document.history.undo_name is not None:
        session.undo()
        undone += 1
    assert state(session.document.annotation) == beginning
    for _ in range(undone):
        session.document.redo()
    assert state(session.document.annotation) == end

"""Whatever a user does in whatever order: undo leads back to the beginning, redo to the end."""

import random

import numpy as np
import pytest
from states import state

from skn_annotator.app.editing import Scope
from skn_annotator.inference.plans import Direction

LENGTH = 12


def paint(session, chance):
    if session.begin_stroke(chance.choice((3, 6)), chance.random() < 0.2):
        for _ in range(2):
            session.stroke_to((chance.uniform(0, 64), chance.uniform(0, 48)))
        session.end_draft()


def some_object(session, chance):
    return chance.choice([o.id for o in session.annotation.objects])


ACTIONS = (
    *[paint] * 6,
    *[lambda session, chance: session.propagate(chance.choice(list(Direction)))] * 6,
    lambda session, chance: session.add_object(),
    lambda session, chance: session.rename(some_object(session, chance), f"cup {chance.random():.3f}"),
    lambda session, chance: session.set_locked(some_object(session, chance), chance.random() < 0.5),
    lambda session, chance: session.set_visible(some_object(session, chance), True),
    lambda session, chance: session.toggle_solo(some_object(session, chance)),
    lambda session, chance: session.shift_object(some_object(session, chance), chance.choice((-1, 1))),
    lambda session, chance: session.delete_object(some_object(session, chance), chance.choice(list(Scope))),
    lambda session, chance: session.toggle_reference(),
    lambda session, chance: session.clear_frame(),
    lambda session, chance: session.copy_mask(chance.choice((-1, 1))),
    lambda session, chance: session.toggle_only_active(),
    lambda session, chance: session.select_range(chance.randrange(LENGTH), chance.randrange(LENGTH)),
    lambda session, chance: session.undo(),
)


def merge(session, chance):
    ids = [o.id for o in session.annotation.objects]
    if len(ids) > 1:
        session.merge(*chance.sample(ids, 2))


@pytest.mark.parametrize("seed", range(4))
def test_undo_leads_to_the_beginning_and_redo_to_the_end(qtbot, session, seed):
    chance = random.Random(seed)
    beginning = state(session.annotation)
    for _ in range(60):
        session.seek(chance.randrange(LENGTH))
        qtbot.waitUntil(lambda: session.shown == session.position)
        if not session.annotation.objects:
            session.add_object()
        session.choose(some_object(session, chance))
        kept = {t: session.annotation.mask_bytes(t) for t in session.annotation.references}
        act = chance.choice((*ACTIONS, merge))
        act(session, chance)
        passed = session.running is not None
        qtbot.waitUntil(lambda: session.running is None)
        if passed:  # and what the user made is as it was
            assert kept == {t: session.annotation.mask_bytes(t) for t in session.annotation.references}
        for t in session.annotation.frames():
            known = {o.id for o in session.annotation.objects}
            assert session.annotation.ids_at(t) <= known
            assert session.annotation.ids_at(t) == set(np.unique(session.annotation.mask(t)).tolist()) - {0}
    end = state(session.annotation)
    undone = 0
    while session.history.undo_name is not None:
        session.undo()
        undone += 1
    assert state(session.annotation) == beginning
    for _ in range(undone):
        session.redo()
    assert state(session.annotation) == end

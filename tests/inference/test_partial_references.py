"""Frames where the user decided some objects: those are fixed, the others are carried through."""

import numpy as np
import pytest
import torch
from moving_squares import SIZE, MovingSquares, overlap

from skn_annotator.inference.memory_bank import BankSettings
from skn_annotator.inference.plans import Decision, Plan, Stretch, cover, decisions
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network

RED, BLUE = 1, 4


@pytest.fixture(scope="module")
def tracker():
    torch.set_num_threads(1)
    return Tracker(load_network(None, "cpu"), bank=BankSettings(predicted=2, interval=2))


def decided(*ids):
    return Decision(frozenset(ids), frozenset(ids))


def corrected(frames, t):
    """The mask of frame `t` with the red square right and half of the blue one."""
    mask = frames.mask(t)
    mask[40 + 2 * t : 55 + 2 * t][mask[40 + 2 * t : 55 + 2 * t] == BLUE] = 0
    return mask


def test_the_decided_object_is_fixed_and_the_other_one_is_carried_through(tracker):
    frames = MovingSquares()
    masks = {0: frames.mask(0), 4: corrected(frames, 4)}
    plan = cover(range(9), {0: decided(RED, BLUE), 4: decided(RED)})
    steps = list(tracker.propagate(frames, masks, plan))
    through = next(step for step in steps if step.t == 4)
    assert not through.reference
    assert set(through.confidence) == set(through.origins) == {BLUE}
    assert through.origins[BLUE] == {0}
    assert ((through.mask == RED) == (masks[4] == RED)).all()
    assert not np.array_equal(through.mask == BLUE, masks[4] == BLUE)  # it is found anew
    last = next(step for step in steps if step.t == 8)
    assert last.origins == {RED: {4}, BLUE: {0}}
    assert all(overlap(last.mask == i, frames.mask(8) == i) > 0.6 for i in (RED, BLUE))


def test_what_is_decided_is_the_last_that_is_known_of_it_and_nobody_elses(tracker):
    """On frame 4 the red one is decided to be a part of the blue one, half as large."""
    frames = MovingSquares()
    given = np.zeros(SIZE, bool)
    given[52:72, 116:136] = True  # whole pixels of the map that wholes are on
    masks = {0: frames.mask(0), 4: np.where(given, np.uint8(RED), np.uint8(0))}
    plan = cover(range(6), {0: decided(RED, BLUE), 4: decided(RED)})
    steps = list(tracker.propagate(frames, masks, plan))
    wholes = steps[5].reading.wholes
    of_red, of_blue = wholes.before
    assert of_red[13:18, 29:34].all()
    assert of_blue.any()
    assert not (of_blue & of_red).any()
    assert wholes.sizes[0] ** 2 == pytest.approx(np.count_nonzero(of_red))


def test_backward_from_there_the_decided_object_alone_is_carried(tracker):
    frames = MovingSquares()
    masks = {0: frames.mask(0), 4: frames.mask(4)}
    plan = cover(range(9), {0: decided(RED, BLUE), 4: decided(RED)})
    steps = list(tracker.propagate(frames, masks, plan))
    back = steps[-3:]
    assert [step.t for step in back] == [3, 2, 1]
    assert np.array_equal(steps[-4].mask, steps[4].mask)  # what the other was found to be on the way
    for step in back:
        assert set(step.confidence) == {RED}
        assert step.reading.ids == (RED, BLUE)  # it is not taken for the other
        assert not (step.mask == BLUE).any()
        assert overlap(step.mask == RED, frames.mask(step.t) == RED) > 0.6


def test_an_object_that_is_decided_to_be_absent_is_not_found_there(tracker):
    frames = MovingSquares()
    masks = {0: frames.mask(0), 4: np.where(frames.mask(4) == BLUE, np.uint8(BLUE), np.uint8(0))}
    absent = Decision(frozenset([RED]), frozenset())
    steps = list(tracker.propagate(frames, masks, cover(range(9), {0: decided(RED, BLUE), 4: absent})))
    through = next(step for step in steps if step.t == 4)
    (read,) = (entry for entry in steps[5].reading.entries if entry.t == 4)
    assert (read.shows, read.knows) == (frozenset(), {RED, BLUE})
    assert steps[5].reading.decided().sum() == 2 * read.grid.count  # those of frame 0, and these
    assert not (through.mask == RED).any()
    assert overlap(through.mask == BLUE, frames.mask(4) == BLUE) > 0.6


@pytest.mark.parametrize("others", [(), (BLUE,)], ids=["carried", "decided"])
@pytest.mark.parametrize("absent", [True, False])
def test_what_was_found_of_an_object_is_forgotten_where_it_is_decided_to_be_absent(tracker, others, absent):
    frames = MovingSquares()
    red = frozenset() if absent else frozenset((RED,))
    decision = Decision(frozenset((RED, *others)), red | frozenset(others))
    masks = {0: frames.mask(0), 6: np.where(np.isin(frames.mask(6), list(decision.shown)), frames.mask(6), 0)}
    steps = list(tracker.propagate(frames, masks, cover(range(9), {0: decided(RED, BLUE), 6: decision})))
    after = next(step for step in steps if step.t == 8)
    assert after.memory_frames == ((0, 6, 8) if absent else (0, 4, 6, 8))
    assert overlap(after.mask == BLUE, frames.mask(8) == BLUE) > 0.6


def test_a_second_objects_reference_leaves_the_first_ones_frames_as_they_are_until_it_is_met(tracker):
    frames = MovingSquares()
    alone = {0: np.where(frames.mask(0) == RED, np.uint8(RED), np.uint8(0))}
    both = alone | {4: np.where(frames.mask(4) == BLUE, np.uint8(BLUE), np.uint8(0))}
    steps = list(tracker.propagate(frames, alone, cover(range(9), decisions(alone))))
    plan = cover(range(9), {0: decided(RED), 4: decided(BLUE)})
    with_second = [step for step in tracker.propagate(frames, both, plan) if RED in step.confidence]
    assert [step.t for step in with_second] == [*range(9)]
    for one, other in zip(steps[1:4], with_second[1:4], strict=True):
        assert overlap(one.mask == RED, other.mask == RED) > 0.9
    assert overlap(with_second[8].mask == RED, frames.mask(8) == RED) > 0.6


def test_what_is_given_between_the_steps_is_the_last_that_is_known_of_it(tracker):
    frames = MovingSquares(13)
    masks = {0: frames.mask(0), 5: corrected(frames, 5)}
    grid = range(3, 13, 3)
    plan = Plan(
        (Stretch(0, grid, {RED: grid, BLUE: grid}),), {0: frozenset([RED, BLUE]), 5: frozenset([RED])}
    )
    steps = list(tracker.propagate(frames, masks, plan))
    assert [step.t for step in steps] == [0, 3, 6, 9, 12]
    assert [step.origins.get(RED) for step in steps[1:]] == [{0}, {5}, {5}, {5}]
    # what frame 3 looked like is no longer what the last masks are of
    assert [step.reading.wholes.ground is None for step in steps[2:]] == [True, False, False]
    assert steps[-1].origins[BLUE] == {0}
    assert steps[-1].mask.shape == SIZE
    assert overlap(steps[-1].mask == RED, frames.mask(12) == RED) > 0.6


def test_an_object_that_is_given_smaller_between_the_steps_is_as_small_from_there_on(tracker):
    frames = MovingSquares(13)
    part = np.zeros(SIZE, np.uint8)
    part[28:44, 36:52] = RED
    grid = range(3, 9, 3)
    plan = Plan((Stretch(0, grid, {RED: grid}),), {0: frozenset([RED]), 5: frozenset([RED])})
    masks = {0: np.where(frames.mask(0) == RED, frames.mask(0), 0), 5: part}
    *_, last = tracker.propagate(frames, masks, plan)
    wholes = last.reading.wholes
    assert wholes.sizes[0] ** 2 == pytest.approx(np.count_nonzero(wholes.before[0]))


def test_what_is_decided_to_be_absent_between_the_steps_is_forgotten(tracker):
    frames = MovingSquares(13)
    masks = {0: frames.mask(0), 8: np.where(frames.mask(8) == BLUE, np.uint8(BLUE), np.uint8(0))}
    grid = range(3, 13, 3)
    given = {0: frozenset([RED, BLUE]), 8: frozenset([RED])}
    steps = list(tracker.propagate(frames, masks, Plan((Stretch(0, grid, {RED: grid, BLUE: grid}),), given)))
    assert [step.memory_frames for step in steps] == [(0, 8), (0, 8), (0, 6, 8), (0, 8), (0, 8, 12)]

"""Small objects among others are looked at once more, closely."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from moving_squares import overlap
from pass_states import state_of

from skn_annotator.inference.closer_looks import looked_at_closely, with_closer_looks
from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.region import whole_frame
from skn_annotator.inference.step import Doubt, Step
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network

SIZE = (160, 240)
BOXES = {1: (60, 140, 20, 100), 2: (20, 30, 200, 210), 5: (40, 52, 150, 162), 9: (130, 138, 200, 208)}
"""Top, bottom, left, right: a large object and small ones."""


def mask_of(*ids):
    mask = np.zeros(SIZE, np.uint8)
    for i in ids:
        top, bottom, left, right = BOXES[i]
        mask[top:bottom, left:right] = i
    return mask


def pass_state(ids, look_alikes=()):
    whole = whole_frame(SIZE, 480, torch.device("cpu"))
    return state_of(ids, whole, given={0: frozenset(ids)}, masks={0: mask_of(*ids)}, look_alikes=look_alikes)


def test_small_objects_among_others_get_a_closer_look_the_smallest_first():
    assert looked_at_closely(pass_state((1, 2, 5, 9))) == [9, 2, 5]


def test_not_all_get_one_nor_what_is_large_on_another_frame():
    ids = tuple(range(11, 17))
    state = pass_state((1,))
    state.ids, state.shown = ids, {0: frozenset(ids), 4: frozenset({11})}
    mask = np.zeros(SIZE, np.uint8)
    for i in ids:
        mask[10 : 2 * i, 20 * (i - 10)] = i
    state.masks = {0: mask, 4: np.where(mask_of(1) > 0, np.uint8(11), np.uint8(0))}
    assert looked_at_closely(state) == [12, 13, 14, 15]


def test_a_lone_object_and_look_alikes_get_none():
    assert looked_at_closely(pass_state((2,))) == []
    assert looked_at_closely(pass_state((1, 2, 5), look_alikes=[[0, 1]])) == [5]


def found(*ids, confidence, column=0):
    """A step that finds the boxes of `ids`, `column` pixels farther to the right."""
    logits = torch.zeros(1, 1 + len(ids), *SIZE)
    for channel, i in enumerate(ids, 1):
        logits[0, channel] = torch.from_numpy(np.where(np.roll(mask_of(i), column, 1) == i, 5.0, -5.0))
    return Step(
        1,
        mask_of(*ids),
        confidence,
        None,
        (0,),
        100,
        False,
        logits=logits,
        ids=ids,
        doubts={ids[-1]: Doubt.UNCLEAR},
    )


def test_what_a_closer_look_finds_takes_the_place_of_what_the_common_one_found():
    step = found(1, 2, confidence={1: 0.9, 2: 0.4})
    step = replace(step, logits=step.logits + 100)  # what counts is what they are above the background's
    merged = with_closer_looks(step, [found(2, confidence={2: 0.8}, column=4)], pass_state((1, 2)))
    assert (merged.mask == np.where(mask_of(1) > 0, 1, np.roll(mask_of(2), 4, 1))).all()
    assert merged.confidence == {1: 0.9, 2: 0.8}
    assert merged.doubts == {2: Doubt.UNCLEAR}
    assert merged.memory_bytes == 200


def test_what_is_not_wanted_is_not_shown_and_what_is_given_stays():
    state = pass_state((1, 2, 5))
    state.given = {0: frozenset((1, 2, 5)), 1: frozenset((5,))}
    state.masks[1] = mask_of(5)
    step = replace(found(1, 2, confidence={1: 0.9}), doubts={})
    merged = with_closer_looks(step, [found(2, confidence={2: 0.8}, column=4)], state)
    assert (merged.mask == np.where(mask_of(5) > 0, 5, mask_of(1))).all()
    assert (merged.confidence, merged.doubts) == ({1: 0.9}, {})


def test_a_doubt_of_what_is_found_closely_takes_the_place_of_the_other():
    step = found(1, 2, confidence={1: 0.9, 2: 0.4})
    for doubts in ({2: Doubt.AT_BORDER}, {}):
        closer = replace(found(2, confidence={2: 0.8}), doubts=doubts)
        assert with_closer_looks(step, [closer], pass_state((1, 2))).doubts == doubts


def test_where_nothing_was_looked_for_the_common_step_stays():
    blank = Step(1, mask_of(1), {}, None, (), 0, True)
    assert (with_closer_looks(blank, [blank], pass_state((1, 2))).mask == blank.mask).all()


class BallAndSquare:
    """A ball of eight pixels that moves over leaf-like noise, and a square that stays."""

    size = SIZE

    def __init__(self):
        self.ground = np.random.default_rng(0).integers(40, 160, (*SIZE, 3), np.uint8)
        self.read = []

    def __len__(self):
        return 6

    def mask(self, t):
        mask = mask_of(1)
        mask[30 + t : 38 + t, 150 + 2 * t : 158 + 2 * t] = 2
        return mask

    def __getitem__(self, t):
        self.read.append(t)
        frame = self.ground.copy()
        frame[self.mask(t) == 1] = (40, 60, 190)
        frame[self.mask(t) == 2] = (220, 30, 30)
        return frame


@pytest.fixture(scope="module")
def network():
    return load_network(device="cpu")


def test_a_small_object_is_followed_beside_a_large_one(network):
    frames = BallAndSquare()
    plan = cover(range(5), decisions({0: frames.mask(0)}))
    steps = list(Tracker(network).propagate(frames, {0: frames.mask(0)}, plan))
    for step in steps:
        assert overlap(step.mask == 2, frames.mask(step.t) == 2) > 0.7
        assert overlap(step.mask == 1, frames.mask(step.t) == 1) > 0.9
    assert frames.read.count(3) == 1
    assert steps[3].reading.ids == (1, 2)

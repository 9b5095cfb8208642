"""What a pass finds out on the way: who looks alike, and what is whole."""

import numpy as np
import torch
from pass_states import going_state

from skn_annotator.inference.evidence import Trend
from skn_annotator.inference.last_frame import LastFrame
from skn_annotator.inference.memory_bank import BankSettings, MemoryBank
from skn_annotator.inference.own_motion import OwnMotion
from skn_annotator.inference.pass_state import PassState, Sighting
from skn_annotator.inference.plans import Plan, Stretch
from skn_annotator.inference.region import Region, whole_frame
from skn_annotator.inference.zoom import ZoomedRegion
from skn_annotator.model.encoders import Memory

WHOLE = whole_frame((64, 96), 64, torch.device("cpu"))
CLOSE = ZoomedRegion(Region((64, 96), (0, 0, 48, 32), (64, 96), WHOLE.device), 3)
LEFT, RIGHT = (0, 32), (48, 96)


def masks(*columns):
    found = torch.zeros(1, len(columns), *WHOLE.padded)
    for channel, (left, right) in enumerate(columns):
        found[0, channel, 16:48, left:right] = 1
    return found


def memory(keys):
    """Six columns of four rows of cells; object 1 on the left of them, 2 on the right."""
    owner = torch.tensor([[1, 1, 0, 0, 2, 2]]).repeat(1, 4)
    key = torch.tensor([keys]).repeat(1, 4).float() * 20
    return Memory(torch.stack((key, 20 - key), 1)[:, None], torch.zeros(1, 2, 4, 24), owner)


def groups(state, t):
    return state.wholes((0, 1), state.last.masks, WHOLE, t).groups


def test_objects_that_look_alike_only_later_are_told_apart_from_then_on():
    state = going_state(WHOLE)
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    state.compare(memory([1, 1, 0, 0, 0, 0]), WHOLE.grid, 2)
    assert groups(state, 3) == ()
    state.compare(memory([1, 1, 0, 0, 1, 1]), WHOLE.grid, 5)
    assert groups(state, 6) == ((0, 1),)
    assert [trail.places[0][0] for trail in state.trails.values()] == [5, 5]


def test_the_next_stretch_knows_only_what_the_references_show():
    for known in ([], [[0, 1]]):
        state = going_state(WHOLE, known)
        state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
        state.compare(memory([1, 1, 0, 0, 1, 1]), WHOLE.grid, 2)
        state.begin_stretch(Stretch(0, range(1, 9)))
        assert groups(state, 1) == tuple(map(tuple, known))


def test_what_something_hides_in_part_is_not_whole():
    state = going_state(WHOLE)
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    groups(state, 1)
    assert state.whole_objects() == {3, 7}
    state.last = LastFrame(WHOLE, masks((0, 16), RIGHT))
    groups(state, 2)
    assert state.whole_objects() == {7}
    state.last = LastFrame(WHOLE, masks((0, 0), RIGHT))
    assert state.whole_objects() == {7}


def test_an_object_that_is_looked_for_twice_on_a_frame_shrinks_once():
    once, twice = going_state(WHOLE), going_state(WHOLE)
    for state in (once, twice):
        state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
        groups(state, 1)
        state.last = LastFrame(WHOLE, masks((0, 0), RIGHT))
        groups(state, 2)
    groups(twice, 2)
    sizes = [state.wholes((0,), state.last.masks[:, :1], WHOLE, 3).sizes for state in (once, twice)]
    assert sizes[0] == sizes[1]


def test_an_object_is_known_as_large_as_it_was_given_however_long_it_is_hidden():
    state = going_state(WHOLE)
    state.know((0, 1), masks(LEFT, RIGHT), 0)
    state.last = LastFrame(WHOLE, masks((0, 0), RIGHT))
    for t in range(1, 60):
        wholes = state.wholes((0, 1), state.last.masks, WHOLE, t)
    assert wholes.sizes[0] == 0
    assert wholes.known[0] == masks(LEFT, RIGHT)[0, 0].sum() / 16


def test_an_object_that_became_small_and_is_hidden_then_is_known_as_small():
    state = going_state(WHOLE)
    state.know((0, 1), masks(LEFT, RIGHT), 0)
    for t in range(1, 99):
        state.last = LastFrame(WHOLE, masks((0, 8), RIGHT))
        groups(state, t)
    state.last = LastFrame(WHOLE, masks((0, 0), RIGHT))
    known = [state.wholes((0, 1), state.last.masks, WHOLE, t).known[0] for t in (99, 120)]
    assert known == [masks((0, 8))[0, 0].sum() / 16] * 2


def test_where_an_object_is_given_it_is_no_larger_than_that():
    state = going_state(WHOLE)
    state.last = LastFrame(WHOLE, masks((0, 96), RIGHT))
    groups(state, 1)
    state.know((0, 1), masks(LEFT, RIGHT), 2)
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    assert state.wholes((0, 1), state.last.masks, WHOLE, 3).known[0] == masks(LEFT, RIGHT)[0, 0].sum() / 16
    assert state.whole_objects() == {3, 7}


def same(one, other):
    return one is other if isinstance(one, LastFrame) else one == other


def test_a_step_that_failed_leaves_nothing_behind():
    state = going_state(WHOLE)
    state.know((0, 1), masks(LEFT, RIGHT), 0)
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    groups(state, 1)
    before = state.progress()
    state.last, state.t, state.since_memorized = LastFrame(WHOLE, masks((0, 16), RIGHT)), 5, 2
    state.trends[3] = 0, Trend(0.1, 0.9, 0.8)
    state.compare(memory([1, 1, 0, 0, 1, 1]), WHOLE.grid, 5)
    groups(state, 5)
    state.closest, state.motion = CLOSE, OwnMotion(np.zeros((32, 48, 3), np.uint8))
    assert not any(map(same, state.progress(), before))
    state.go_back(before)
    assert all(map(same, state.progress(), before))


def given_on(frames):
    """A pass of two objects that are decided, and shown, on these frames."""
    return PassState(
        (3, 7),
        Plan((), frames),
        masks={},
        shown=frames,
        whole=WHOLE,
        bank=MemoryBank(BankSettings()),
        scattered=(),
        apart=(),
        look_alikes=(),
        pictures={},
    )


def test_rivals_are_those_that_a_frame_behind_gives():
    state = given_on({2: frozenset({3}), 5: frozenset({7})})
    for start, frames, rivals in (
        (2, range(3, 9), {4: {3}, 5: {3, 7}, 8: {3, 7}}),
        (5, range(4, -1, -1), {4: {7}, 2: {3, 7}, 0: {3, 7}}),
        (2, range(1, -1, -1), {1: {3, 7}}),
    ):
        state.begin_stretch(Stretch(start, frames))
        assert {t: state.rivals(t) for t in rivals} == rivals


def test_what_the_start_shows_is_a_rival_even_if_nobody_decided_it():
    state = given_on({0: frozenset({3})})
    state.shown[0] = frozenset({3, 7})
    state.begin_stretch(Stretch(0, range(1, 9)))
    assert state.rivals(4) == {3, 7}


def test_an_object_of_which_less_is_seen_has_half_of_its_size_after_23_frames():
    state = going_state(WHOLE)
    for t, columns in ((0, LEFT), *((t, (0, 0)) for t in range(1, 24))):
        state.last = LastFrame(WHOLE, masks(columns, RIGHT))
        sizes = state.wholes((0, 1), state.last.masks, WHOLE, t).sizes
        assert abs(sizes[0] / sizes[1] - (32 / 48) ** 0.5 * 0.97**t) < 1e-6
    assert 0.97**23 < 0.5


def test_where_the_whole_frame_is_not_seen_nobody_is_told_from_look_alikes():
    state = going_state(WHOLE, [[0, 1]])
    part = Region((64, 96), (0, 0, 48, 64), (64, 48), WHOLE.device)
    assert state.wholes((0, 1), masks(LEFT, RIGHT)[..., :48], part, 1).groups == ()
    assert state.wholes((1,), masks(RIGHT), WHOLE, 1).groups == ()


def hidden(columns, level=0):
    """An object that was given at `columns`, and is gone; it was looked for at `level`."""
    state = going_state(WHOLE)
    state.know((0,), masks(columns), 0)
    state.closest = CLOSE
    state.last = LastFrame(WHOLE, masks((0, 0), RIGHT), level=level)
    return state


def test_what_the_whole_frame_hardly_shows_is_searched_where_it_was_on_every_other_frame():
    assert hidden((0, 8)).searched((0,)) is CLOSE
    assert hidden((0, 8), level=3).searched((0,)) is None  # there it was searched on the frame before
    assert hidden((0, 96)).searched((0,)) is None
    assert hidden((0, 8)).searched((1,)) is None


def test_a_look_is_incomplete_where_an_object_is_gone_or_goes_on_outside_the_region():
    state = going_state(WHOLE)
    part = Region((64, 96), (0, 0, 64, 64), (64, 64), WHOLE.device)
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    for columns, incomplete in (((8, 40), False), ((0, 32), False), ((40, 64), True), ((0, 0), True)):
        found = torch.cat((torch.zeros(1, 1, 64, 64), masks(columns)[..., :64]), 1)
        assert state.is_incomplete(Sighting(part, None, None, None, None, found), (0,)) is incomplete

"""What a pass finds out on the way: who looks alike, and what is whole."""

import torch

from skn_annotator.inference.last_frame import LastFrame
from skn_annotator.inference.memory_bank import BankSettings, MemoryBank
from skn_annotator.inference.pass_state import PassState
from skn_annotator.inference.plans import Stretch
from skn_annotator.inference.region import whole_frame
from skn_annotator.model.encoders import Memory

WHOLE = whole_frame((64, 96), 64, torch.device("cpu"))
LEFT, RIGHT = (0, 32), (48, 96)


def pass_state(look_alikes=()):
    state = PassState((3, 7), {}, {}, {}, WHOLE, MemoryBank(BankSettings()), (), (), look_alikes, {})
    state.begin_stretch(Stretch(0, range(1, 9)))
    return state


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
    state = pass_state()
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    state.compare(memory([1, 1, 0, 0, 0, 0]), WHOLE.grid, 2)
    assert groups(state, 3) == ()
    state.compare(memory([1, 1, 0, 0, 1, 1]), WHOLE.grid, 5)
    assert groups(state, 6) == ((0, 1),)
    assert [trail.places[0][0] for trail in state.trails.values()] == [5, 5]


def test_the_next_stretch_knows_only_what_the_references_show():
    for known in ([], [[0, 1]]):
        state = pass_state(known)
        state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
        state.compare(memory([1, 1, 0, 0, 1, 1]), WHOLE.grid, 2)
        state.begin_stretch(Stretch(0, range(1, 9)))
        assert groups(state, 1) == tuple(map(tuple, known))


def test_what_something_hides_in_part_is_not_whole():
    state = pass_state()
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    groups(state, 1)
    assert state.whole_objects() == {3, 7}
    state.last = LastFrame(WHOLE, masks((0, 16), RIGHT))
    groups(state, 2)
    assert state.whole_objects() == {7}
    state.last = LastFrame(WHOLE, masks((0, 0), RIGHT))
    assert state.whole_objects() == {7}


def test_an_object_that_is_looked_for_twice_on_a_frame_shrinks_once():
    once, twice = pass_state(), pass_state()
    for state in (once, twice):
        state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
        groups(state, 1)
        state.last = LastFrame(WHOLE, masks((0, 0), RIGHT))
        groups(state, 2)
    groups(twice, 2)
    sizes = [state.wholes((0,), state.last.masks[:, :1], WHOLE, 3).sizes for state in (once, twice)]
    assert sizes[0] == sizes[1]


def test_an_object_is_known_as_large_as_it_was_given_however_long_it_is_hidden():
    state = pass_state()
    state.know((0, 1), masks(LEFT, RIGHT), 0)
    state.last = LastFrame(WHOLE, masks((0, 0), RIGHT))
    for t in range(1, 60):
        wholes = state.wholes((0, 1), state.last.masks, WHOLE, t)
    assert wholes.sizes[0] == 0
    assert wholes.known[0] == masks(LEFT, RIGHT)[0, 0].sum() / 16


def test_an_object_that_became_small_and_is_hidden_then_is_known_as_small():
    state = pass_state()
    state.know((0, 1), masks(LEFT, RIGHT), 0)
    for t in range(1, 99):
        state.last = LastFrame(WHOLE, masks((0, 8), RIGHT))
        groups(state, t)
    state.last = LastFrame(WHOLE, masks((0, 0), RIGHT))
    known = [state.wholes((0, 1), state.last.masks, WHOLE, t).known[0] for t in (99, 120)]
    assert known == [masks((0, 8))[0, 0].sum() / 16] * 2


def test_where_an_object_is_given_it_is_no_larger_than_that():
    state = pass_state()
    state.last = LastFrame(WHOLE, masks((0, 96), RIGHT))
    groups(state, 1)
    state.know((0, 1), masks(LEFT, RIGHT), 2)
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    assert state.wholes((0, 1), state.last.masks, WHOLE, 3).known[0] == masks(LEFT, RIGHT)[0, 0].sum() / 16
    assert state.whole_objects() == {3, 7}


def test_a_step_that_failed_leaves_no_look_alikes_behind():
    state = pass_state()
    state.last = LastFrame(WHOLE, masks(LEFT, RIGHT))
    before = state.progress()
    state.compare(memory([1, 1, 0, 0, 1, 1]), WHOLE.grid, 5)
    state.go_back(before)
    assert groups(state, 6) == ()

"""The generator that everything iterates, on moving squares, with the bundled checkpoint."""

import numpy as np
import pytest
import torch
from moving_squares import SIZE, MovingSquares, overlap

from skn_annotator.errors import FormatError
from skn_annotator.inference.memory_bank import BankSettings
from skn_annotator.inference.plans import Plan, Stretch, cover
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network


@pytest.fixture(scope="module")
def network():
    torch.set_num_threads(1)
    return load_network(None, "cpu")


@pytest.fixture
def tracker(network):
    return Tracker(network, bank=BankSettings(predicted=2, interval=2))


def forward(length):
    return cover(range(length), {0})


def test_masks_follow_the_objects(tracker):
    frames = MovingSquares()
    steps = list(tracker.propagate(frames, {0: frames.mask(0)}, forward(9)))
    assert [step.t for step in steps] == list(range(9))
    for step in steps:
        assert step.mask.shape == SIZE
        assert step.mask.dtype == np.uint8
        assert set(np.unique(step.mask)) <= {0, 1, 4}
    for object_id in (1, 4):
        assert overlap(steps[-1].mask == object_id, frames.mask(8) == object_id) > 0.6


def test_backward_is_forward_in_a_mirror(tracker):
    frames = MovingSquares()
    steps = list(tracker.propagate(frames, {8: frames.mask(8)}, Plan((Stretch(8, range(7, -1, -1)),))))
    assert [step.t for step in steps] == list(range(8, -1, -1))
    assert overlap(steps[-1].mask == 1, frames.mask(0) == 1) > 0.6


def test_reference_frames_come_back_untouched_and_nothing_is_read_for_them(tracker):
    frames = MovingSquares()
    middle = frames.mask(4)
    middle[0, 0] = 4
    steps = list(tracker.propagate(frames, {0: frames.mask(0), 4: middle}, forward(9)))
    assert (steps[4].mask == middle).all()
    assert [step.t for step in steps if step.reference] == [0, 4]
    assert [step.t for step in steps if step.match is None] == [0, 4]


def test_memory_is_bounded_and_keeps_the_references(tracker):
    frames = MovingSquares(16)
    steps = list(tracker.propagate(frames, {0: frames.mask(0)}, forward(16)))
    assert steps[-1].memory_frames == (0, 12, 14)
    assert len({step.memory_bytes for step in steps[5:]}) == 1


def test_both_directions_in_one_plan_start_afresh(tracker):
    frames = MovingSquares()
    plan = cover(range(9), {4})
    steps = list(tracker.propagate(frames, {4: frames.mask(4)}, plan))
    alone = list(tracker.propagate(frames, {4: frames.mask(4)}, Plan(plan.stretches[1:])))
    for one, other in zip(steps[5:], alone, strict=True):
        assert (one.mask == other.mask).all()


def test_a_step_carries_on_from_frame_to_frame_as_if_those_between_were_not_there(tracker):
    frames = MovingSquares(13)
    steps = list(tracker.propagate(frames, {0: frames.mask(0)}, cover(range(0, 13, 3), {0})))
    assert frames.read == [0, 3, 6, 9, 12]
    assert [step.t for step in steps] == [0, 3, 6, 9, 12]
    assert steps[-1].memory_frames == (0, 6, 12)
    assert steps[-1].origins == {0}
    every_third = MovingSquares(13)
    every_third.mask = lambda t: frames.mask(3 * t)
    same = list(tracker.propagate(every_third, {0: frames.mask(0)}, forward(5)))
    for one, other in zip(steps, same, strict=True):
        assert (one.mask == other.mask).all()
        assert one.confidence == other.confidence


def test_what_turns_back_at_the_next_frame_starts_afresh_too(tracker):
    frames = MovingSquares()
    references = {0: frames.mask(0), 5: frames.mask(5)}
    plan = Plan((Stretch(0, range(1, 5)), Stretch(5, range(4, 0, -1))))
    steps = list(tracker.propagate(frames, references, plan))
    alone = list(tracker.propagate(frames, references, Plan(plan.stretches[1:])))
    for one, other in zip(steps[5:], alone, strict=True):
        assert (one.mask == other.mask).all()
        assert one.memory_frames == other.memory_frames


def test_an_object_is_followed_from_the_frame_that_first_shows_it(tracker):
    frames = MovingSquares()
    early = np.where(frames.mask(0) == 1, 1, 0).astype(np.uint8)
    references = {0: early, 5: frames.mask(5)}
    steps = list(tracker.propagate(frames, references, forward(9)))
    assert all(4 not in np.unique(step.mask) for step in steps[:5])
    assert 4 in np.unique(steps[8].mask)
    assert set(steps[3].confidence) == {1}
    backward = list(tracker.propagate(frames, references, Plan((Stretch(5, range(4, 2, -1)),))))
    assert 4 in np.unique(backward[-1].mask)


def test_it_is_lazy_and_frames_are_read_once_per_step(tracker):
    frames = MovingSquares()
    steps = tracker.propagate(frames, {0: frames.mask(0)}, forward(9))
    next(steps)
    assert frames.read == [0]
    next(steps)
    assert frames.read == [0, 1]
    steps.close()


def test_a_suspended_pass_leaves_torch_as_it_was(tracker):
    frames = MovingSquares()
    steps = tracker.propagate(frames, {0: frames.mask(0)}, forward(9))
    next(steps)
    next(steps)
    assert not torch.is_inference_mode_enabled()
    assert not torch.is_autocast_enabled("cpu")


def test_the_match_speaks_of_cells_on_the_grid(tracker):
    frames = MovingSquares()
    *_, step = tracker.propagate(frames, {0: frames.mask(0)}, forward(4))
    match = step.match
    assert [t for t, _ in match.memory] == sorted(match.memory_frames)
    assert set(match.points) == set(match.prior) == {1, 4}
    points = match.points[1]
    assert points.shape == (sum(grid.count for _, grid in match.memory), 2)
    assert points.dtype == np.int16
    assert (points.max(0) < match.grid.size).all()
    assert (match.strength[1] <= 1).all()
    assert match.foreground[1].any()


def test_confidence_is_between_0_and_1_and_1_on_references(tracker):
    frames = MovingSquares()
    steps = list(tracker.propagate(frames, {0: frames.mask(0)}, forward(5)))
    assert steps[0].confidence == {1: 1.0, 4: 1.0}
    assert all(0 <= value <= 1 for step in steps for value in step.confidence.values())


def test_no_object_anywhere_is_an_error(tracker):
    frames = MovingSquares()
    with pytest.raises(FormatError, match="no object"):
        next(tracker.propagate(frames, {0: np.zeros(SIZE, np.uint8)}, forward(3)))


def test_a_mask_of_the_wrong_size_names_the_frame(tracker):
    with pytest.raises(FormatError, match="mask of frame 2"):
        next(tracker.propagate(MovingSquares(), {2: np.ones((5, 5), np.uint8)}, cover(range(2, 4), {2})))


def test_a_mask_beyond_the_end_is_an_error(tracker):
    with pytest.raises(FormatError, match="frame 30"):
        next(tracker.propagate(MovingSquares(), {30: np.ones(SIZE, np.uint8)}, cover(range(30, 32), {30})))


def test_float32_and_bfloat16_agree(network):
    frames = MovingSquares(4)
    masks = [
        [
            step.mask
            for step in Tracker(network, dtype=dtype).propagate(frames, {0: frames.mask(0)}, forward(4))
        ]
        for dtype in (torch.float32, torch.bfloat16)
    ]
    assert overlap(masks[0][-1] > 0, masks[1][-1] > 0) > 0.9

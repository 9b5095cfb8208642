"""The generator that everything iterates, on moving squares, with the bundled checkpoint."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from moving_squares import SIZE, MovingSquares, overlap

from skn_annotator.errors import FormatError, UnreadableFrame
from skn_annotator.inference.confidence import doubt
from skn_annotator.inference.memory_bank import BankSettings
from skn_annotator.inference.plans import Plan, Stretch, cover, decisions
from skn_annotator.inference.step import Doubt
from skn_annotator.inference.tracker import Tracker
from skn_annotator.inference.wholes import sharpened
from skn_annotator.model.checkpoints import load_network
from skn_annotator.model.network import SKN


@pytest.fixture(scope="module")
def network():
    torch.set_num_threads(1)
    return load_network(None, "cpu")


@pytest.fixture
def tracker(network):
    return Tracker(network, bank=BankSettings(predicted=2, interval=2))


def carry(tracker, frames, masks, over):
    """The steps of a pass that covers the frames `over`; each of `masks` decides all objects."""
    return list(tracker.propagate(frames, masks, cover(over, decisions(masks))))


def forward(frames, length):
    return cover(range(length), decisions({0: frames.mask(0)}))


def test_masks_follow_the_objects(tracker):
    frames = MovingSquares()
    steps = list(tracker.propagate(frames, {0: frames.mask(0)}, forward(frames, 9)))
    assert [step.t for step in steps] == list(range(9))
    for step in steps:
        assert step.mask.shape == SIZE
        assert step.mask.dtype == np.uint8
        assert set(np.unique(step.mask)) <= {0, 1, 4}
    for object_id in (1, 4):
        assert overlap(steps[-1].mask == object_id, frames.mask(8) == object_id) > 0.6


def test_backward_is_forward_in_a_mirror(tracker):
    frames = MovingSquares()
    steps = list(
        tracker.propagate(frames, {8: frames.mask(8)}, cover(range(9), decisions({8: frames.mask(8)})))
    )
    assert [step.t for step in steps] == list(range(8, -1, -1))
    assert overlap(steps[-1].mask == 1, frames.mask(0) == 1) > 0.6


def test_reference_frames_come_back_untouched_and_nothing_is_read_for_them(tracker):
    frames = MovingSquares()
    middle = frames.mask(4)
    middle[0, 0] = 4
    masks = {0: frames.mask(0), 4: middle}
    steps = list(tracker.propagate(frames, masks, cover(range(9), decisions(masks))))
    assert (steps[4].mask == middle).all()
    assert [step.t for step in steps if step.reference] == [0, 4, 4]
    assert [step.t for step in steps if step.match is None] == [0, 4, 4]


def test_memory_is_bounded_and_keeps_the_references(tracker):
    frames = MovingSquares(16)
    steps = list(tracker.propagate(frames, {0: frames.mask(0)}, forward(frames, 16)))
    assert steps[-1].memory_frames == (0, 12, 14)
    assert len({step.memory_bytes for step in steps[5:]}) == 1


def test_both_directions_in_one_plan_start_afresh(tracker):
    frames = MovingSquares()
    plan = cover(range(9), decisions({4: frames.mask(4)}))
    steps = list(tracker.propagate(frames, {4: frames.mask(4)}, plan))
    alone = list(tracker.propagate(frames, {4: frames.mask(4)}, Plan(plan.stretches[1:], plan.given)))
    for one, other in zip(steps[5:], alone, strict=True):
        assert (one.mask == other.mask).all()


def test_a_step_carries_on_from_frame_to_frame_as_if_those_between_were_not_there(tracker):
    frames = MovingSquares(13)
    steps = list(
        tracker.propagate(frames, {0: frames.mask(0)}, cover(range(0, 13, 3), decisions({0: frames.mask(0)})))
    )
    assert frames.read == [0, 3, 6, 9, 12]
    assert [step.t for step in steps] == [0, 3, 6, 9, 12]
    assert steps[-1].memory_frames == (0, 6, 12)
    assert steps[-1].origins == {1: {0}, 4: {0}}
    every_third = MovingSquares(13)
    every_third.mask = lambda t: frames.mask(3 * t)
    same = list(tracker.propagate(every_third, {0: frames.mask(0)}, forward(frames, 5)))
    for one, other in zip(steps, same, strict=True):
        assert (one.mask == other.mask).all()
        assert one.confidence == other.confidence


def test_what_turns_back_at_the_next_frame_starts_afresh_too(tracker):
    frames = MovingSquares()
    references = {0: frames.mask(0), 5: frames.mask(5)}
    plan = cover(range(5), decisions(references))
    steps = list(tracker.propagate(frames, references, plan))
    alone = list(tracker.propagate(frames, references, Plan(plan.stretches[1:], plan.given)))
    for one, other in zip(steps[5:], alone, strict=True):
        assert (one.mask == other.mask).all()
        assert one.memory_frames == other.memory_frames


def test_an_object_is_followed_from_the_frame_that_first_shows_it(tracker):
    frames = MovingSquares()
    early = np.where(frames.mask(0) == 1, 1, 0).astype(np.uint8)
    references = {0: early, 5: frames.mask(5)}
    steps = list(tracker.propagate(frames, references, cover(range(9), decisions(references))))
    assert all(4 not in np.unique(step.mask) for step in steps[:5])
    assert steps[1].reading.entries[0].grid.cell[0] < 16  # alone it is looked at closely, here and there
    assert 4 in np.unique(steps[8].mask)
    assert set(steps[3].confidence) == {1}
    assert all(
        set(step.confidence) == {1} for step in steps[9:] if not step.reference
    )  # and not carried back
    backward = range(4, 2, -1)
    plan = Plan(
        (Stretch(5, backward, dict.fromkeys((1, 4), backward)),), cover(range(9), decisions(references)).given
    )
    *_, last = tracker.propagate(frames, references, plan)
    assert 4 in np.unique(last.mask)


def test_a_frame_that_cannot_be_read_is_stepped_over(tracker):
    class Broken(MovingSquares):
        def __getitem__(self, t):
            if t == 3:
                raise UnreadableFrame("00003.jpg cannot be read")
            return super().__getitem__(t)

    frames = Broken(6)
    start = {0: frames.mask(0)}
    steps = list(tracker.propagate(frames, start, cover(range(6), decisions(start))))
    assert [step.t for step in steps] == list(range(6))
    assert not steps[3].mask.any()
    assert steps[3].confidence == {}
    for step in steps[4:]:
        assert overlap(step.mask == 1, frames.mask(step.t) == 1) > 0.8


def test_it_is_lazy_and_frames_are_read_once_per_step(tracker):
    frames = MovingSquares()
    steps = tracker.propagate(frames, {0: frames.mask(0)}, forward(frames, 9))
    next(steps)
    assert frames.read == [0]
    next(steps)
    assert frames.read == [0, 1]
    steps.close()


def test_masks_are_sharpened_before_they_are_the_last_ones(tracker, monkeypatch):
    odds = sharpened(torch.tensor([0.2, 0.8])[None, :, None, None])
    assert odds.flatten().tolist() == pytest.approx([1 / 17, 16 / 17])
    monkeypatch.setattr("skn_annotator.inference.tracker.sharpened", torch.zeros_like)
    frames = MovingSquares()
    steps = carry(tracker, frames, {0: frames.mask(0)}, range(3))
    assert [step.match.prior[1] is None for step in steps[1:]] == [False, True]


def test_how_look_alikes_move_is_known_from_the_frame_after_a_reference(tracker, monkeypatch):
    monkeypatch.setattr("skn_annotator.inference.tracker.look_alikes", lambda *_: [[0, 1]])
    frames = MovingSquares()
    steps = carry(tracker, frames, {0: frames.mask(0)}, range(3))
    assert all(step.reading.wholes.going is not None for step in steps[1:])
    assert [trail.places[-1][0] for trail in steps[2].reading.wholes.trails] == [1, 1]


def test_a_frame_that_is_memorized_is_searched_for_look_alikes_and_for_whole_objects(tracker, monkeypatch):
    monkeypatch.setattr("skn_annotator.inference.tracker.look_alikes", lambda *_: [])
    monkeypatch.setattr("skn_annotator.inference.pass_state.look_alikes", lambda *_: [[0, 1]])
    frames = MovingSquares()
    steps = carry(tracker, frames, {0: frames.mask(0)}, range(4))
    assert [step.reading.wholes.groups for step in steps[1:]] == [(), (), ((0, 1),)]
    assert [entry.whole for entry in steps[3].reading.entries] == [frozenset(), {1, 4}]


def test_what_was_seen_until_a_reference_is_no_evidence_after_it(tracker):
    frames = MovingSquares()
    steps = carry(tracker, frames, {t: frames.mask(t) for t in (0, 3)}, range(6))
    for step, anew in zip(steps[1:6], (True, False, None, True, False), strict=True):
        for seen in step.evidence.values():
            assert (
                (seen.trend.recalled, seen.trend.reference_matched) == (seen.recalled, seen.reference_matched)
            ) is anew


def test_now_and_then_freed_memory_goes_back_to_the_system(tracker, monkeypatch):
    given = []
    monkeypatch.setattr("skn_annotator.inference.tracker._GIVES_BACK", 4)
    monkeypatch.setattr("skn_annotator.inference.tracker.give_back_freed_memory", lambda: given.append(1))
    frames = MovingSquares()
    list(tracker.propagate(frames, {0: frames.mask(0)}, forward(frames, 9)))
    assert len(given) == 2
    masks = {t: frames.mask(t) for t in (0, 2, 4)}
    plan = cover(range(5), decisions(masks))  # forward over five frames, and twice one back
    list(tracker.propagate(frames, masks, plan))
    assert plan.total == 9
    assert len(given) == 4


def test_a_suspended_pass_leaves_torch_as_it_was(tracker):
    frames = MovingSquares()
    steps = tracker.propagate(frames, {0: frames.mask(0)}, forward(frames, 9))
    next(steps)
    next(steps)
    assert not torch.is_inference_mode_enabled()
    assert not torch.is_autocast_enabled("cpu")


def test_the_match_speaks_of_cells_on_the_grid(tracker):
    frames = MovingSquares()
    *_, step = tracker.propagate(frames, {0: frames.mask(0)}, forward(frames, 4))
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
    steps = list(tracker.propagate(frames, {0: frames.mask(0)}, forward(frames, 5)))
    assert steps[0].confidence == {1: 1.0, 4: 1.0}
    assert all(0 <= value <= 1 for step in steps for value in step.confidence.values())


def test_a_step_says_what_lowers_a_confidence(tracker):
    weights = 0.0, 0.0, *[0.0] * 8, 100.0, 0.0  # by what the references find alone
    tracker.network.config = replace(tracker.network.config, confidence=weights)
    frames = MovingSquares()
    for step in carry(tracker, frames, {0: frames.mask(0)}, range(3)):
        expected = {i: doubt(seen, weights) for i, seen in step.evidence.items()}
        assert step.doubts == {i: each for i, each in expected.items() if each is not None}
        assert step.reference or step.evidence


def test_the_sensory_memory_of_an_object_that_is_gone_is_forgotten(tracker, monkeypatch):
    heard, segment = [], SKN.segment

    def without_the_second(self, query, memory, last, sensory=None, block=None):
        heard.append(sensory)
        found = segment(self, query, memory, last, block=block)
        logits = found.logits.clone()
        logits[:, 2] = -20
        return found._replace(logits=logits, sensory=torch.ones(1, 2, 3, *query.key.shape[-2:]))

    monkeypatch.setattr(SKN, "segment", without_the_second)
    frames = MovingSquares()
    carry(tracker, frames, {0: frames.mask(0)}, range(3))
    assert heard[1][0, 0].min() == 1
    assert heard[1][0, 1].max() == 0


class Ball(MovingSquares):
    """The blue square, and a ball of ten pixels that is hidden on frame 5."""

    def mask(self, t):
        mask = np.where(super().mask(t) == 4, 4, 0).astype(np.uint8)
        if t != 5:
            mask[30:40, 20 + 2 * t : 30 + 2 * t] = 1
        return mask


def test_an_object_smaller_than_a_cell_is_found_again(tracker):
    frames = Ball(12)
    steps = carry(tracker, frames, {0: frames.mask(0)}, range(12))
    assert not (steps[5].mask == 1).any()
    assert overlap(steps[11].mask == 1, frames.mask(11) == 1) > 0.3


def test_a_frame_of_which_the_network_makes_no_numbers_is_stepped_over(tracker, monkeypatch):
    frames, segment = MovingSquares(12), SKN.segment
    wanted = carry(tracker, frames, {0: frames.mask(0)}, range(12))
    calls = []

    def failing(self, *arguments, **settings):
        found = segment(self, *arguments, **settings)
        calls.append(found)
        if len(calls) != 4:
            return found
        return found._replace(logits=found.logits * torch.nan)

    monkeypatch.setattr(SKN, "segment", failing)
    steps = carry(tracker, frames, {0: frames.mask(0)}, range(12))
    assert not steps[4].mask.any()
    assert steps[4].confidence == {}
    for object_id in (1, 4):
        assert overlap(steps[11].mask == object_id, wanted[11].mask == object_id) > 0.9


def test_no_object_anywhere_is_an_error(tracker):
    frames = MovingSquares()
    with pytest.raises(FormatError, match="no object"):
        next(tracker.propagate(frames, {0: np.zeros(SIZE, np.uint8)}, forward(frames, 3)))


def test_a_mask_of_the_wrong_size_names_the_frame(tracker):
    with pytest.raises(FormatError, match="mask of frame 2"):
        carry(tracker, MovingSquares(), {2: np.ones((5, 5), np.uint8)}, range(2, 4))


def test_a_mask_beyond_the_end_is_an_error(tracker):
    with pytest.raises(FormatError, match="frame 30"):
        carry(tracker, MovingSquares(), {30: np.ones(SIZE, np.uint8)}, range(30, 32))


def test_float32_and_bfloat16_agree(network):
    frames = MovingSquares(4)
    masks = []
    for dtype in (torch.float32, torch.bfloat16):
        *_, last = carry(Tracker(network, dtype=dtype), frames, {0: frames.mask(0)}, range(4))
        masks.append(last.mask > 0)
    assert overlap(*masks) > 0.9


def test_a_pass_goes_on_from_what_is_known_of_the_masks_that_it_starts_from(tracker):
    frames = MovingSquares()
    plan = forward(frames, 4)
    known = replace(plan, by_motion={0: {1: 0.05}})
    alone, steps = (list(tracker.propagate(frames, {0: frames.mask(0)}, each)) for each in (plan, known))
    for before, step in zip(alone[1:], steps[1:], strict=True):
        assert step.evidence[1].trend.by_motion <= 0.05
        assert step.evidence[4] == before.evidence[4]
        assert step.confidence[1] < before.confidence[1]
        assert step.doubts[1] is Doubt.EXCHANGED

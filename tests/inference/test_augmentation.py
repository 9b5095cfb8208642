"""The mean over views: one view alone is the plain pass, mirrored ones are mirrored back."""

import numpy as np
import pytest
import torch
from moving_squares import MovingSquares, overlap

from skn_annotator.inference.augmentation import AugmentedTracker, _merged
from skn_annotator.inference.plans import Decision, cover, decisions
from skn_annotator.inference.step import Step
from skn_annotator.model.checkpoints import load_network


@pytest.fixture(scope="module")
def network():
    torch.set_num_threads(1)
    return load_network(None, "cpu")


def test_it_follows_as_the_plain_tracker_does_and_reads_each_frame_once(network):
    frames = MovingSquares()
    steps = list(
        AugmentedTracker(network).propagate(
            frames, {0: frames.mask(0)}, cover(range(4), decisions({0: frames.mask(0)}))
        )
    )
    assert [step.t for step in steps] == [0, 1, 2, 3]
    assert (steps[0].mask == frames.mask(0)).all()
    for step in steps[1:]:
        assert all(overlap(step.mask == i, frames.mask(step.t) == i) > 0.7 for i in (1, 4))
        assert step.match is not None
    assert frames.read == [0, 1, 2, 3]


def test_an_object_that_comes_later_is_not_invented(network):
    frames = MovingSquares()
    masks = {0: np.zeros_like(frames.mask(0)), 2: frames.mask(2)}
    plan = cover(range(3), decisions(masks))
    steps = list(AugmentedTracker(network, scales=(1.0,)).propagate(frames, masks, plan))
    assert not any(step.mask.any() for step in steps[:2])


def test_what_is_given_stays_and_only_what_is_carried_is_shown(network):
    frames = MovingSquares()
    corrected = np.where(frames.mask(3) == 1, 1, 0).astype(np.uint8)
    corrected[:, 130:] = 1
    masks, both = {0: frames.mask(0), 3: corrected}, frozenset((1, 4))
    plan = cover(range(4), {0: Decision(both, both), 3: Decision(frozenset((1,)), frozenset((1,)))})
    steps = list(AugmentedTracker(network, scales=(1.0,)).propagate(frames, masks, plan))
    assert ((steps[3].mask == 1) == (corrected == 1)).all()
    assert [step.t for step in steps[-2:]] == [2, 1]
    assert not any((step.mask == 4).any() for step in steps[-2:])


def view(probability):
    """A step of one object, 5, on three pixels."""
    p = torch.tensor(probability).view(1, 1, 1, -1)
    logits = torch.cat((1 - p, p), 1).log()
    return Step(0, np.zeros((1, 3), np.uint8), {5: 0.5}, None, (), 0, False, {}, logits, (5,))


def test_views_are_averaged_where_they_belong():
    """Two straight views say left, surely; two mirrored ones see it at their right: the mean is the left."""

    merged = _merged([view([0.9, 0.3, 0.4])], [view([0.7, 0.8, 0.6])])
    assert merged.mask.tolist() == [[5, 5, 5]]
    merged = _merged([view([0.9, 0.1, 0.1])], [view([0.8, 0.3, 0.9])])
    assert merged.mask.tolist() == [[5, 0, 0]]
    assert merged.confidence == {5: 0.5}


def test_where_the_plain_view_finds_nothing_the_step_is_the_plain_views():
    blank = Step(0, np.zeros((1, 3), np.uint8), {}, None, (), 0, False)
    assert _merged([blank], [view([0.8, 0.3, 0.9])]) is blank

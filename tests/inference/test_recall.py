"""Recall: a mask agrees with what the references alone find of the object, or it went astray."""

import numpy as np
import pytest
import torch
from moving_squares import MovingSquares

from skn_annotator.inference.plans import cover, decisions
from skn_annotator.inference.recall import recalled
from skn_annotator.inference.tracker import Tracker
from skn_annotator.model.checkpoints import load_network


@pytest.fixture(scope="module")
def steps():
    torch.set_num_threads(1)
    frames = MovingSquares()
    tracker = Tracker(load_network(None, "cpu"), dtype=torch.float32)
    masks = {0: frames.mask(0)}
    return list(tracker.propagate(frames, masks, cover(range(5), decisions(masks))))


def planes(reading, mask):
    return reading.region.masks(mask, reading.ids)[0]


def test_true_masks_are_recalled_and_misplaced_ones_are_not(steps):
    reading, truth = steps[4].reading, MovingSquares().mask(4)
    for right, wrong in zip(
        recalled(reading, planes(reading, truth)),
        recalled(reading, planes(reading, np.flipud(np.fliplr(truth)))),
        strict=True,
    ):
        assert right > 0.4
        assert wrong < right / 2


def test_objects_in_each_others_place_are_not_recalled(steps):
    reading, truth = steps[4].reading, MovingSquares().mask(4)
    swapped = np.array([0, 4, 0, 0, 1], np.uint8)[truth]
    assert max(recalled(reading, planes(reading, swapped))) < 0.2


def test_where_a_mask_is_read_and_recalled_no_values_are_copied(steps, monkeypatch):
    monkeypatch.setattr("skn_annotator.inference.reading.memory_of", None)
    reading, truth = steps[4].reading, MovingSquares().mask(4)
    assert min(recalled(reading, planes(reading, truth))) > 0.4
    assert reading.share_of([0]).max() > 0.5


def test_it_is_part_of_the_evidence(steps):
    for step in steps[1:]:
        assert all(found.recalled > 0.4 for found in step.evidence.values())


def test_a_reference_that_is_seen_closely_is_one_still():
    frames = MovingSquares()
    mask = np.where(frames.mask(0) == 1, frames.mask(0), 0).astype(np.uint8)
    tracker = Tracker(load_network(None, "cpu"), dtype=torch.float32)
    reading = list(tracker.propagate(frames, {0: mask}, cover(range(3), decisions({0: mask}))))[-1].reading
    assert not reading.region.is_whole
    assert reading.decided().any()

import math

import pytest
import torch

from skn_annotator.training.losses import (
    bootstrapped_cross_entropy,
    clip_loss,
    dice_loss,
    keep_share,
    matching_loss,
)

TARGET = torch.zeros(1, 8, 8, dtype=torch.long)
TARGET[:, :4] = 1


def logits_of(target, strength):
    return torch.nn.functional.one_hot(target, 3).movedim(-1, 1).float() * strength


def test_a_perfect_answer_costs_nothing():
    logits = logits_of(TARGET, 50.0)
    assert bootstrapped_cross_entropy(logits, TARGET, 1.0) == pytest.approx(0, abs=1e-6)
    assert dice_loss(logits, TARGET) == pytest.approx(0, abs=1e-3)


def test_bootstrapping_keeps_the_hardest_pixels():
    logits = logits_of(TARGET, 50.0)
    logits[0, :, 0, 0] = torch.tensor([10.0, 0.0, 0.0])  # one pixel of 64 is wrong
    whole = bootstrapped_cross_entropy(logits, TARGET, 1.0)
    hardest = bootstrapped_cross_entropy(logits, TARGET, 1 / 64)
    assert hardest == pytest.approx(64 * whole.item(), rel=1e-4)


def test_an_invented_object_costs():
    target = torch.zeros_like(TARGET)
    nothing, invented = logits_of(target, 20.0), logits_of(target, 20.0)
    invented[:, 2, :2] = 40.0
    assert dice_loss(invented, target) > dice_loss(nothing, target) + 0.3


def test_the_kept_share_falls_from_all_to_the_least():
    assert [keep_share(s, 10, 20, 0.25) for s in (0, 10, 15, 20, 99)] == [1, 1, 0.625, 0.25, 0.25]


def test_a_clip_that_is_followed_rightly_costs_nothing():
    assert clip_loss([logits_of(TARGET, 50.0)] * 2, [TARGET, TARGET], 1.0) == pytest.approx(0, abs=1e-3)


COVERED = torch.tensor([[[[0.0, 0.25], [1.0, 0.5]]]])


def test_cells_that_read_what_they_show_cost_nothing():
    assert matching_loss(torch.stack((COVERED, 1 - COVERED), 2), COVERED, 1.0) == pytest.approx(0, abs=1e-6)


def test_the_worst_cells_are_those_that_read_nothing_of_what_they_show():
    read = torch.stack((COVERED, 1 - COVERED), 2)
    read[..., 1, 0] = torch.tensor([1e-3, 1 - 1e-3])  # of the cell that the object covers as a whole
    assert matching_loss(read, COVERED, 0.25) == pytest.approx(math.log(1e3), rel=1e-4)
    assert matching_loss(read, COVERED, 1.0) == pytest.approx(math.log(1e3) / 4, rel=1e-4)


def test_of_a_cell_that_reads_nothing_at_all_the_loss_is_finite():
    read = torch.zeros(1, 1, 2, 2, 2, requires_grad=True)
    loss = matching_loss(read, COVERED, 1.0)
    loss.backward()
    assert loss.isfinite() and read.grad.isfinite().all()

"""The noise of SKN's Section 3."""

import numpy as np
import pytest
import torch

from skn_annotator.training.adversarial import AdversarialConfig, spoil

ALWAYS = AdversarialConfig(probability=1.0)


def two_squares():
    masks = torch.zeros(2, 64, 64)
    masks[0, 10:40, 10:40] = 1
    masks[1, 30:60, 41:60] = 1
    return masks


class FirstOnly:
    """A generator whose first draws allow the swap and forbid growing and shrinking."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def random(self, count):
        return np.array([0.0, 1.0][:count])

    def __getattr__(self, name):
        return getattr(self.rng, name)


@pytest.mark.parametrize("seed", range(8))
def test_several_objects_swap_one_square_region(seed):
    masks = two_squares()
    spoilt = spoil(masks, ALWAYS, FirstOnly(seed))
    changed = (spoilt != masks).any(0)
    assert changed.any()
    assert torch.equal(spoilt.sum(0), masks.sum(0))  # pixels change owner, none is lost
    swapped = changed[None].expand_as(masks)
    assert torch.equal(spoilt[swapped], masks.flip(0)[swapped])


@pytest.mark.parametrize("seed", range(8))
def test_one_object_swaps_foreground_and_background_in_rectangles(seed):
    masks = two_squares()
    masks[1] = 0
    spoilt = spoil(masks, ALWAYS, FirstOnly(seed))
    changed = spoilt[0] != masks[0]
    assert changed.any()
    assert torch.equal(spoilt[0][changed], 1 - masks[0][changed])
    assert not spoilt[1].any()  # nothing is invented for the absent object


def test_growing_and_shrinking():
    masks = two_squares()
    areas = []
    for seed in range(12):
        rng = FirstOnly(seed)
        rng.draws = [1.0, 0.0, 0.0 if seed % 2 else 1.0]
        areas.append(spoil(masks, ALWAYS, rng)[0].sum().item())
    assert min(areas) < 900 < max(areas)


def test_no_probability_no_noise():
    masks = two_squares()
    assert torch.equal(spoil(masks, AdversarialConfig(), np.random.default_rng(0)), masks)


def test_absent_objects_stay_absent():
    assert not spoil(torch.zeros(2, 32, 32), ALWAYS, np.random.default_rng(0)).any()

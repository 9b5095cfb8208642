"""The prompts that training begins with: near enough to the object to be about it, and not exact."""

import numpy as np
import pytest

from skn_annotator.training.clicks.simulated_prompts import PromptConfig, first_prompt, spoiled


@pytest.fixture
def truth():
    mask = np.zeros((96, 96), bool)
    mask[30:70, 20:60] = True
    return mask


def prompts(truth, count=200):
    return [first_prompt(np.random.default_rng(seed), truth, PromptConfig()) for seed in range(count)]


def test_every_prompt_has_a_box_a_mask_or_a_click(truth):
    assert all(p.clicks or p.box is not None or p.mask is not None for p in prompts(truth))


def test_clicks_lie_where_they_claim_to(truth):
    for prompt in prompts(truth):
        for click in prompt.clicks:
            assert truth[int(click.xy[1]), int(click.xy[0])] == click.inside


def test_a_box_is_about_the_objects(truth):
    boxes = np.array([p.box for p in prompts(truth) if p.box is not None])
    assert 40 < len(boxes) < 100
    assert np.abs(boxes - (20, 30, 60, 70)).max() < 20
    assert np.abs(boxes - (20, 30, 60, 70)).mean() > 0.5


def test_a_spoiled_mask_overlaps_the_object_and_differs_from_it(truth):
    masks = [spoiled(np.random.default_rng(seed), truth) for seed in range(50)]
    overlaps = [np.count_nonzero(m & truth) / np.count_nonzero(m | truth) for m in masks]
    assert 0.5 < np.mean(overlaps) < 0.98
    assert max(overlaps) < 1

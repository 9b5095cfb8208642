"""Regions that move and change size, and masks that are carried from one to the next."""

import numpy as np
import torch

from skn_annotator.training.motion import warp
from skn_annotator.training.regions import carried, mirrored, random_regions, region_matrix, whole_crop

CROP = 64


def disc():
    rows, columns = np.mgrid[:CROP, :CROP]
    return ((rows - 40) ** 2 + (columns - 22) ** 2 < 100).astype(np.uint8) * 255


def seen(region):
    return warp(disc(), region_matrix(np.asarray(region, np.float32), CROP), CROP, border=0)


def tensor(mask):
    return torch.from_numpy(mask)[None, None].float() / 255


def test_the_whole_crop_is_seen_as_it_is():
    assert (seen(whole_crop(1)[0]) == disc()).all()
    assert (region_matrix(whole_crop(1)[0], CROP) == np.eye(3)).all()


def test_a_mask_carried_to_another_region_lies_where_that_region_shows_the_object():
    one, other = (1.2, 0.3, -0.2), (1.7, 0.5, -0.4)
    found = carried(tensor(seen(one)), torch.tensor([one]), torch.tensor([other]))
    difference = (found - tensor(seen(other))).abs()
    assert tensor(seen(other)).sum() > 500
    assert difference.mean() < 0.02


def test_what_the_region_before_did_not_see_has_no_mask():
    near, far = (2.0, 0.0, 0.0), (1.0, 0.0, 0.0)
    found = carried(torch.ones(1, 2, CROP, CROP), torch.tensor([near]), torch.tensor([far]))
    inner = slice(CROP // 4, CROP - CROP // 4)
    assert (found[..., inner, inner] == 1).all()
    assert found.sum() < 2 * (CROP // 2 + 1) ** 2


def test_a_mirrored_clip_has_mirrored_regions():
    region = np.array([[1.3, 0.4, -0.1]], np.float32)
    flipped = warp(
        np.ascontiguousarray(disc()[:, ::-1]), region_matrix(mirrored(region)[0], CROP), CROP, border=0
    )
    assert np.abs(flipped[:, ::-1].astype(int) - seen(region[0])).mean() < 1


def test_regions_follow_the_object_and_change_their_size():
    centers = np.linspace((-0.8, 0.7), (0.8, -0.7), 8)
    sizes = []
    for seed in range(40):
        regions = random_regions(np.random.default_rng(seed), centers)
        assert (regions[0] == (1, 0, 0)).all()
        assert ((regions[:, 0] >= 0.75) & (regions[:, 0] <= 2.2)).all()
        places = regions[1:, :1] * centers[:-1] + regions[1:, 1:]  # where it was a frame before
        assert (np.abs(places) < 0.8).all()
        sizes.append(regions[-1, 0])
    assert np.std(sizes) > 0.1

"""Scaling and padding, there and back."""

import numpy as np
import pytest
import torch

from skn_annotator.inference.region import likeliest, whole_frame

CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("source", "short", "scaled", "padded"),
    [
        ((480, 854), 480, (480, 854), (480, 864)),
        ((720, 1280), 480, (480, 853), (480, 864)),
        ((100, 75), 480, (100, 75), (112, 80)),  # small frames are not enlarged
        ((1920, 1080), 480, (853, 480), (864, 480)),
    ],
)
def test_sizes(source, short, scaled, padded):
    region = whole_frame(source, short, CPU)
    assert region.scaled == scaled
    assert region.padded == padded
    assert region.frame(np.zeros((*source, 3), np.uint8)).shape == (1, 3, *padded)


def test_a_mask_comes_back_as_it_went_in():
    mask = np.zeros((50, 70), np.uint8)
    mask[10:30, 20:60] = 7
    mask[35:45, 5:15] = 3
    region = whole_frame(mask.shape, 480, CPU)
    planes = region.masks(mask, (3, 7))
    background = 1 - planes.sum(1, keepdim=True)
    assert (likeliest(region.inside(torch.cat((background, planes), 1)), (3, 7)) == mask).all()


def test_a_shrunken_mask_comes_back_nearly_as_it_went_in():
    mask = np.zeros((200, 300), np.uint8)
    mask[50:150, 80:240] = 9
    region = whole_frame(mask.shape, 100, CPU)
    planes = region.masks(mask, (9,))
    again = likeliest(region.inside(torch.cat((0.5 + 0 * planes, planes), 1)), (9,))
    assert again.shape == mask.shape
    assert (again != mask).sum() < 0.02 * (mask > 0).sum()


def test_a_cell_in_source_pixels():
    assert whole_frame((960, 1280), 480, CPU).grid.cell == (32.0, 32.0)
    assert whole_frame((480, 854), 480, CPU).grid.cell == (16.0, 16.0)


def test_read_only_frames_are_taken():
    frame = np.zeros((32, 32, 3), np.uint8)
    frame.flags.writeable = False
    assert whole_frame((32, 32), 480, CPU).frame(frame).max() == 0


def test_a_scale_enlarges_what_the_short_side_has_shrunk():
    cpu = torch.device("cpu")
    assert whole_frame((960, 1280), 480, cpu, 1.25).scaled == (600, 800)
    assert whole_frame((96, 128), 480, cpu, 1.25).scaled == (120, 160)


def test_the_likeliest_is_the_first_of_the_largest():
    scores = torch.randint(0, 4, (1, 6, 30, 40), generator=torch.Generator().manual_seed(0)).float()
    expected = np.array([0, 9, 2, 7, 200, 5], np.uint8)[scores[0].numpy().argmax(0)]
    np.testing.assert_array_equal(likeliest(scores, (9, 2, 7, 200, 5)), expected)

"""The scene of the demo: two balls that differ, a small copy that hides; and the bundled clip shows it."""

import av
import numpy as np
import pytest
from demo_scene import demo_scene

from skn_annotator.annotation.masks import read_mask
from skn_annotator.resources import demo_clip, demo_mask


@pytest.fixture(scope="module")
def small():
    return list(demo_scene((60, 106), length=96, oversample=1))


def test_the_small_ball_hides_behind_the_red_one_once_and_comes_out_again(small):
    areas = np.array([[np.count_nonzero(mask == i) for i in (1, 2, 3)] for _, mask in small])
    hidden = np.flatnonzero(areas[:, 2] == 0)
    assert len(hidden) > 8
    assert np.diff(hidden).tolist() == [1] * (len(hidden) - 1)
    assert hidden[0] > 40
    assert hidden[-1] < 65
    assert areas[:, :2].min() > 80  # the others are never hidden


def test_the_small_ball_has_the_paint_of_the_red_one_and_the_blue_one_another(small):
    red, blue, copy = (
        np.mean([frame[mask == i].mean(axis=0) for frame, mask in small if np.any(mask == i)], axis=0)
        for i in (1, 2, 3)
    )
    assert np.abs(red - copy).max() < 20
    assert np.abs(red - blue).max() > 60


def test_the_demo_clip_is_the_rendered_scene():
    with av.open(str(demo_clip())) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == 96
    assert frames[0].shape == (480, 854, 3)
    rendered, mask = next(demo_scene())
    assert np.abs(frames[0].astype(int) - rendered).mean() < 4
    assert np.mean(read_mask(demo_mask(), (480, 854)) != mask) < 1e-4
    assert demo_clip().stat().st_size < 600_000

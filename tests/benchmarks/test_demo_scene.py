"""The scene of the demo: what is painted is seen, a blue ball comes out; and the bundled clip shows it."""

import av
import numpy as np
import pytest
from demo_scene import LENGTH, demo_scene, painted

from skn_annotator.annotation.masks import read_mask
from skn_annotator.resources import demo_clip, demo_mask


@pytest.fixture(scope="module")
def small():
    return list(demo_scene((60, 106), oversample=1))


@pytest.fixture(scope="module")
def areas(small):
    """(frames, balls): the pixels of the red ball that comes nearer, of the other one and of the blue one."""
    return np.array([[np.count_nonzero(mask == i) for i in (1, 2, 3)] for _, mask in small])


def test_what_is_painted_is_seen_whole_and_apart(small, areas):
    assert areas[:, :2].min() > 60
    for _, mask in small:
        near, far = (np.argwhere(mask == i) for i in (1, 2))
        assert np.abs(near[:, None] - far).max(2).min() > 1


def test_the_red_balls_change_sides(small):
    middles = np.array([[np.nonzero(mask == i)[1].mean() for i in (1, 2)] for _, mask in small])
    assert middles[0, 0] < middles[0, 1]
    assert middles[-1, 0] > middles[-1, 1]


def test_the_blue_ball_is_hidden_at_first_comes_out_and_is_left_behind(small, areas):
    blue = areas[:, 2]
    first = np.flatnonzero(blue)[0]
    assert first > 20
    assert (blue[:first] == 0).all()
    assert (blue[first + 8 :] > 0.2 * areas[first + 8 :, 0]).all()
    last = small[-1][1]
    assert np.nonzero(last == 1)[1].min() - np.nonzero(last == 3)[1].max() > 5


def test_the_red_balls_are_painted_alike_and_the_blue_one_otherwise(small):
    near, far, blue = (
        np.mean([frame[mask == i].mean(axis=0) for frame, mask in small if (mask == i).any()], axis=0)
        for i in (1, 2, 3)
    )
    assert np.abs(near - far).max() < 30
    assert np.abs(near - blue).max() > 60


def test_the_demo_clip_is_the_rendered_scene_with_two_balls_painted():
    with av.open(str(demo_clip())) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == LENGTH
    assert frames[0].shape == (480, 854, 3)
    rendered, ids = next(demo_scene())
    assert np.abs(frames[0].astype(int) - rendered).mean() < 4
    assert np.mean(read_mask(demo_mask(), (480, 854)) != painted(ids)) < 1e-4
    assert demo_clip().stat().st_size < 300_000

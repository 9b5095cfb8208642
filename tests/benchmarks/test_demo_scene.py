"""The scene of the demo: what is painted is seen, a double comes out; and the bundled clip shows it."""

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
    """(frames, objects): the pixels of the red ball, the blue one and the double of the red one."""
    return np.array([[np.count_nonzero(mask == i) for i in (1, 2, 4)] for _, mask in small])


def test_what_is_painted_is_never_hidden_by_half(areas):
    assert (areas[:, :2].min(0) > 0.5 * np.median(areas[:, :2], axis=0)).all()


def test_the_double_is_half_hidden_at_first_and_comes_out(areas):
    double = areas[:, 2]
    assert double[:5].max() < 0.7 * double.max()
    assert double[10:50].min() > 0.8 * double.max()


def test_the_double_is_painted_like_the_red_ball_and_the_blue_one_otherwise(small):
    red, blue, double = (
        np.mean([frame[mask == i].mean(axis=0) for frame, mask in small], axis=0) for i in (1, 2, 4)
    )
    assert np.abs(red - double).max() < 30
    assert np.abs(red - blue).max() > 60


def test_the_demo_clip_is_the_rendered_scene_with_two_balls_painted():
    with av.open(str(demo_clip())) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == LENGTH
    assert frames[0].shape == (480, 854, 3)
    rendered, ids = next(demo_scene())
    assert np.abs(frames[0].astype(int) - rendered).mean() < 4
    assert np.mean(read_mask(demo_mask(), (480, 854)) != painted(ids)) < 1e-4
    assert demo_clip().stat().st_size < 600_000

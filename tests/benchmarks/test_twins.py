"""The rendered twins: repeatable, alike, crossing."""

import numpy as np
import pytest
from twins import twins

SIZE = (60, 106)


@pytest.fixture(scope="module")
def clip():
    return list(twins(SIZE, length=32, oversample=1))


def _centers(mask):
    return [np.argwhere(mask == i).mean(axis=0) for i in (1, 2)]


def test_frames_and_masks_have_the_promised_layout(clip):
    for frame, mask in clip:
        assert (frame.shape, frame.dtype) == ((*SIZE, 3), np.uint8)
        assert (mask.shape, mask.dtype) == (SIZE, np.uint8)
        assert np.unique(mask).tolist() == [0, 1, 2]


def test_the_same_seed_gives_the_same_pixels_and_another_seed_another_clip(clip):
    for again, (frame, mask) in zip(twins(SIZE, length=32, oversample=1), clip[:3], strict=False):
        assert np.array_equal(again[0], frame)
        assert np.array_equal(again[1], mask)
    other, _ = next(twins(SIZE, length=32, seed=1, oversample=1))
    assert np.abs(other.astype(int) - clip[0][0]).mean() > 3


def test_the_balls_change_places_twice_and_each_is_in_front_once(clip):
    first_is_left = [first[1] < second[1] for first, second in map(_centers, (mask for _, mask in clip))]
    crossings = np.flatnonzero(np.diff(first_is_left))
    assert len(crossings) == 2
    for t, hidden in zip(crossings, (1, 2), strict=True):
        areas = [np.count_nonzero(clip[t][1] == i) for i in (1, 2)]
        assert areas[hidden - 1] < 0.75 * areas[2 - hidden]


def test_the_balls_are_painted_alike(clip):
    first, second, rest = (
        np.mean([frame[mask == i].mean(axis=0) for frame, mask in clip], axis=0) for i in (1, 2, 0)
    )
    assert np.abs(first - second).max() < 8
    assert np.abs(first - rest).max() > 25

"""Doubles that pass an object."""

from dataclasses import replace

import numpy as np

from skn_annotator.training.clips import ClipConfig, ClipMaker
from skn_annotator.training.crossing import cross
from skn_annotator.training.datasets.folders import Sequences


def clip():
    frames = np.full((4, 64, 64, 3), 90, np.uint8)
    masks = np.zeros((4, 64, 64), np.uint8)
    masks[:, 24:40, 24:40] = 1
    frames[masks == 1] = (200, 30, 30)
    return frames, masks


def test_the_double_looks_like_the_object_and_moves():
    moved = 0
    for seed in range(10):
        frames, masks = clip()
        assert cross(np.random.default_rng(seed), frames, masks, 1, 2)
        for frame, mask in zip(frames, masks, strict=True):
            twin = mask == 2
            if twin.sum() > 60:  # its inner pixels are the object's
                red = (np.abs(frame[twin].astype(int) - (200, 30, 30)).max(1) < 60).mean()
                assert red > 0.6
        moved += (masks[0] == 2).any() and (masks[0] != masks[3]).any()
    assert moved >= 7


def test_a_distractor_becomes_background_and_may_cover_the_object():
    covered = 0
    for seed in range(20):
        frames, masks = clip()
        cross(np.random.default_rng(seed), frames, masks, 1, 0)
        assert set(np.unique(masks)) <= {0, 1}
        covered += min((mask == 1).sum() for mask in masks) < 200
    assert 0 < covered < 20  # some pass in front, some behind


def test_a_double_with_a_speed_moves_as_far_from_frame_to_frame():
    for seed in range(20):
        frames, masks = clip()
        assert cross(np.random.default_rng(seed), frames, masks, 1, 2, speeds=(0.1, 0.2))
        shown = [np.argwhere(mask == 2) for mask in masks]
        if min(map(len, shown)) > 200:  # whole on every frame: nothing covers it
            centers = np.array([place.mean(0) for place in shown])
            steps = np.linalg.norm(np.diff(centers, axis=0), axis=1)
            assert (steps > 0.05 * 16).all()
            assert (steps < 0.3 * 16).all()


def test_too_small_an_object_is_left_alone():
    frames, masks = clip()
    masks[0] = 0
    before = frames.copy()
    assert not cross(np.random.default_rng(0), frames, masks, 1, 2)
    assert (frames == before).all()


def test_the_clip_maker_lets_doubles_pass(data_root):
    config = ClipConfig(crop=64, length=4, paste=0, crossing=1.0)
    data = [Sequences(data_root / "video")]

    def ids(config):
        maker = ClipMaker(data, [1], config)
        return [set(np.unique(maker.make(np.random.default_rng(seed)).masks)) for seed in range(10)]

    assert sum(2 in found for found in ids(config)) >= 4
    assert not any(2 in found for found in ids(replace(config, crossing=0.0)))

"""Clips: sizes, ids, determinism, and that masks move with their objects."""

from dataclasses import replace

import numpy as np
import pytest

from skn_annotator.errors import FormatError
from skn_annotator.training.clips import ClipConfig, ClipMaker
from skn_annotator.training.datasets import Sequences, Stills

CONFIG = ClipConfig(crop=64, length=4)


@pytest.fixture
def maker(data_root):
    return ClipMaker([Stills(data_root / "stills"), Sequences(data_root / "video")], [1, 1], CONFIG)


def test_shapes_ids_and_types(maker):
    for seed in range(30):
        clip = maker.make(np.random.default_rng(seed))
        assert clip.frames.shape == (4, 64, 64, 3)
        assert clip.masks.shape == (4, 64, 64)
        assert clip.frames.dtype == clip.masks.dtype == np.uint8
        assert set(np.unique(clip.masks)) <= {0, 1, 2}
        assert clip.masks[0].any()


def test_one_seed_one_clip(maker):
    one, other = (maker.make(np.random.default_rng(5)) for _ in range(2))
    assert (one.frames == other.frames).all()
    assert (one.masks == other.masks).all()


def test_frames_of_a_still_differ(data_root):
    maker = ClipMaker([Stills(data_root / "stills")], [1], replace(CONFIG, paste=0))
    clip = maker.make(np.random.default_rng(0))
    assert (clip.masks[0] != clip.masks[3]).any()


def test_masks_stay_on_their_objects(data_root):
    """Without pasting, the green thing of the sequence is where the mask is, on every frame."""
    maker = ClipMaker([Sequences(data_root / "video")], [1], replace(CONFIG, paste=0))
    for seed in range(5):
        clip = maker.make(np.random.default_rng(seed))
        for frame, mask in zip(clip.frames.astype(int), clip.masks, strict=True):
            excess = frame[..., 1] - frame[..., [0, 2]].mean(-1)
            assert excess[mask == 1].mean() > excess[mask == 0].mean() + 40


def test_pasted_sprites_add_objects(data_root):
    maker = ClipMaker([Sequences(data_root / "video")], [1], replace(CONFIG, paste=1, distractor=0, twin=1))
    found = [set(np.unique(maker.make(np.random.default_rng(seed)).masks)) for seed in range(10)]
    assert sum(2 in ids for ids in found) > 5


def test_an_empty_folder_says_what_is_expected(tmp_path):
    with pytest.raises(FormatError, match="images/NAME"):
        Stills(tmp_path)


def test_a_mask_without_its_picture_is_named(data_root):
    (data_root / "stills/images/1.jpg").unlink()
    with pytest.raises(FormatError, match=r"1\.png has no picture"):
        Stills(data_root / "stills")

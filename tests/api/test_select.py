"""`skn_annotator.select`: a box, points and an earlier mask become the mask of an object."""

import numpy as np
import pytest

import skn_annotator as skn
from skn_annotator import resources
from skn_annotator.annotation.masks import read_mask

SIZE = (48, 64)


@pytest.fixture(scope="module")
def demo():
    """The demo's first frame and its id map."""
    frames = skn.open_frames(resources.demo_clip())
    return frames[0], read_mask(resources.demo_mask(), frames.size)


def overlap(a, b):
    return np.count_nonzero(a & b) / np.count_nonzero(a | b)


def box_of(mask):
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return columns[0] - 4, rows[0] - 4, columns[-1] + 5, rows[-1] + 5


@pytest.mark.parametrize("object_id", [1, 2])
def test_a_box_round_an_object_becomes_its_mask(demo, object_id):
    picture, ids = demo
    found = skn.select(picture, box_of(ids == object_id))
    assert found.shape == ids.shape
    assert found.dtype == bool
    assert overlap(found, ids == object_id) > 0.8


def test_a_point_on_an_object_becomes_its_mask_and_one_beside_it_takes_away(demo):
    picture, ids = demo
    y, x = (int(each.mean()) for each in np.nonzero(ids == 1))
    found = skn.select(picture, points=[(x, y)])
    assert found[y, x]
    corrected = skn.select(picture, points=[(x, y, False)], mask=np.ones(ids.shape, bool))
    assert not corrected[y, x]


def test_a_gray_picture_will_do(demo):
    picture, ids = demo
    assert overlap(skn.select(picture.mean(2).astype(np.uint8), box_of(ids == 1)), ids == 1) > 0.6


def test_a_box_may_be_larger_than_the_picture():
    assert skn.select(np.zeros((*SIZE, 3), np.uint8), (-20, -20, 90, 90)).shape == SIZE


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "nothing to select: give a box"),
        ({"points": [(8, 8, False)]}, "all points are beside the object"),
        ({"points": [(8, 8, False)], "mask": np.zeros(SIZE, bool)}, "all points are beside the object"),
        ({"points": [(64, 8)]}, "point 64, 8 lies outside of the picture, which is 64 x 48"),
        ({"points": [(-1, 8)]}, "point -1, 8 lies outside"),
        ({"points": [(1,)]}, "is no point"),
        ({"points": [(float("nan"), 1)]}, "is no point"),
        ({"box": (70, 0, 90, 20)}, "box 70, 0, 90, 20 lies outside"),
        ({"box": (20, 20, 20, 30)}, "the box 20, 20, 20, 30 holds nothing"),
        ({"box": (1, 2, 3)}, "is no box: give x0, y0, x1, y1"),
        ({"box": "none"}, "is no box"),
        ({"points": [(8, 8)], "mask": np.zeros((3, 3), bool)}, "make them alike"),
        ({"points": [(8, 8)], "mask": np.full(SIZE, np.nan)}, "the mask so far holds no numbers"),
        ({"points": [(8, 8)], "mask": "none"}, "the mask so far holds no numbers"),
        ({"points": [(8, 8)], "mask": [[1], [1, 1]]}, "the mask so far is no array"),
        ({"points": 5}, "5 is no list of points"),
        ({"points": (8, 8)}, "8 is no point"),
        ({"box": (0, 0, 10**400, 5)}, "is no box"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(said, sentence):
    with pytest.raises(skn.SknError, match=sentence):
        skn.select(np.zeros((*SIZE, 3), np.uint8), **said)


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((48, 64, 4), np.uint8),
        np.zeros((48, 64, 3), np.float32),
        np.zeros(48, np.uint8),
        np.zeros((0, 64, 3), np.uint8),
        np.zeros((48, 64, 3), np.uint16),
        None,
        [[1, 2], [3]],
    ],
)
def test_what_is_no_picture_is_one_sentence(picture):
    with pytest.raises(skn.SknError, match=r"shape|is no array"):
        skn.select(picture, (1, 1, 5, 5))

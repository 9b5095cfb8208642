"""Masks follow the picture's edges, and stay as they are elsewhere."""

import cv2
import numpy as np
import pytest
import torch

from skn_annotator.guided_filter import in_unit, linear_functions
from skn_annotator.inference.fine_edges import near_edges, specks, unsound, with_fine_edges
from skn_annotator.inference.region import Region, likeliest, whole_frame

CPU = torch.device("cpu")
WHOLE = whole_frame((96, 128), 96, CPU)


def picture(size=(96, 128), edge=64):
    """Dark on the left, light on the right of the column `edge`."""
    frame = np.full((*size, 3), 60, np.uint8)
    frame[:, edge:] = (200, 180, 160)
    return frame


def merged(region, *own):
    """Merged logits of a region and their softmax: each of `own` is an object's probability (H', W')."""
    planes = torch.stack([torch.from_numpy(np.asarray(plane, np.float32)) for plane in own])
    background = (1 - planes.sum(0)).clamp_min(0)
    probability = torch.cat((background[None], planes))[None].clamp_min(1e-6)
    return probability.log(), probability / probability.sum(1, keepdim=True)


def ramp(region, middle, width=8):
    """The probability of an object that is right of the column `middle`, over `width` network pixels."""
    columns = np.arange(region.padded[1]) + 0.5
    line = ((columns - middle) / width + 0.5).clip(0, 1)
    return np.tile(line.astype(np.float32), (region.padded[0], 1))


def fine_edges(region, logits, probability, frame):
    """The logits of `with_fine_edges`, whose mask shows what is likeliest by them."""
    ids = tuple(range(3, 2 + logits.shape[1]))
    found = with_fine_edges(region, logits, probability, frame, ids)
    np.testing.assert_array_equal(found.mask, likeliest(found.logits, ids))
    return found.logits


def first_column(logits):
    """Of each row the first column of the object, where there is one."""
    return likeliest(logits, [1]).argmax(1)


@pytest.mark.parametrize("middle", [61, 63, 66])
def test_a_mask_that_ends_beside_an_edge_ends_on_it(middle):
    logits, probability = merged(WHOLE, ramp(WHOLE, middle))
    before = first_column(WHOLE.inside(logits))
    assert (np.abs(before - middle) <= 1).all()
    found = fine_edges(WHOLE, logits, probability, picture())
    assert (np.abs(first_column(found) - 64) <= 1).all()


def test_of_a_large_frame_the_edge_is_found_between_the_networks_pixels():
    whole = whole_frame((384, 512), 96, CPU)  # a network's pixel is four by four of the source's
    for edge in (254, 257, 259):
        logits, probability = merged(whole, ramp(whole, 64))
        found = fine_edges(whole, logits, probability, picture((384, 512), edge))
        columns = first_column(found)[16:-16]
        assert (np.abs(columns - edge) <= 1).all()


def test_where_the_picture_has_no_edge_the_mask_ends_where_it_did():
    logits, probability = merged(WHOLE, ramp(WHOLE, 64))
    found = fine_edges(WHOLE, logits, probability, np.full((96, 128, 3), 90, np.uint8))
    assert (np.abs(first_column(found) - 64) <= 1).all()


def test_away_from_its_edges_a_mask_stays_as_it_is_and_the_networks_logits_are_not_touched():
    logits, probability = merged(WHOLE, ramp(WHOLE, 64))
    before = logits.clone()
    found = fine_edges(WHOLE, logits, probability, picture())
    assert torch.equal(logits, before)
    assert torch.equal(found[..., :40], logits[..., :40])
    assert torch.equal(found[..., 90:], logits[..., 90:])
    assert not torch.equal(found, logits)


def test_a_frame_without_an_object_stays_as_it_is():
    logits, probability = merged(WHOLE, np.zeros((96, 128)))
    assert torch.equal(fine_edges(WHOLE, logits, probability, picture()), WHOLE.inside(logits))


def test_two_objects_that_touch_meet_on_the_edge_between_them():
    left = 1 - ramp(WHOLE, 61)
    left[:20] = 0
    logits, probability = merged(WHOLE, left, np.where(left + ramp(WHOLE, 61) > 0.5, ramp(WHOLE, 61), 0))
    found = fine_edges(WHOLE, logits, probability, picture())
    shares = found.softmax(1)[0]
    assert torch.allclose(shares.sum(0), torch.ones(96, 128))
    mask = likeliest(found, [1, 2])
    assert set(np.unique(mask[40:])) == {1, 2}
    assert (np.abs((mask[40:] == 2).argmax(1) - 64) <= 1).all()


def test_a_region_of_the_frame_is_changed_where_it_lies():
    region = Region((96, 128), (33, 11, 95, 70), (118, 124), CPU)
    middle = (62 - 33) * 2  # in network pixels
    logits, probability = merged(region, ramp(region, middle))
    found = fine_edges(region, logits, probability, picture())
    assert found.shape[-2:] == region.shape
    assert (np.abs(first_column(found) - (64 - 33)) <= 1).all()


@pytest.mark.parametrize("source", [(16, 16), (3, 40), (1, 1)])
def test_the_smallest_frames_have_edges_too(source):
    whole = whole_frame(source, 480, CPU)
    logits, probability = merged(whole, ramp(whole, source[1] / 2))
    found = fine_edges(whole, logits, probability, picture(source, source[1] // 2))
    assert found.shape[-2:] == source
    assert found.isfinite().all()


def test_the_grain_of_a_picture_makes_no_specks():
    """Where the network is unsure all over a wide edge, and the picture is rough."""
    rough = np.random.default_rng(0).integers(40, 220, (96, 128, 3), np.uint8)
    logits, probability = merged(WHOLE, ramp(WHOLE, 64, width=60))
    mask = likeliest(fine_edges(WHOLE, logits, probability, rough), [1])
    assert not np.array_equal(mask, likeliest(logits, [1]))
    for value in (0, 1):
        assert cv2.connectedComponents((mask == value).astype(np.uint8), connectivity=4)[0] == 2
    assert not mask[:, : 64 - 14].any()
    assert mask[:, 64 + 14 :].all()


def test_specks_are_pieces_that_hold_nothing_of_what_was_there():
    before = np.zeros((6, 8), np.uint8)
    before[1:5, 1:4] = 1
    after = before.copy()
    after[1:3, 4] = 1  # grows where it is
    after[3, 6] = 1  # apart from it
    after[2, 2] = 0  # a hole
    after[4, 1] = 0  # a corner
    expected = np.zeros((6, 8), bool)
    expected[3, 6] = expected[2, 2] = True
    rows, columns = np.indices(before.shape).reshape(2, -1)
    np.testing.assert_array_equal(specks(before, rows, columns, after.ravel()), expected.ravel())
    rows, columns = np.nonzero(before != after)  # whether those are among them that stay as they are
    found = specks(before, rows, columns, after[rows, columns])
    np.testing.assert_array_equal(found, expected[rows, columns])


def test_an_object_that_would_be_lost_keeps_its_pixels_and_another_one_changes():
    before = np.zeros((20, 30), np.uint8)
    before[2:5, 2:5], before[5:18, 10:25] = 1, 2
    after = before.copy()
    after[2:5, 2:4] = 0  # two thirds of the first one
    after[5:18, 10:12] = 0  # less of the second
    rows, columns = np.nonzero(before != after)
    found = unsound(before, rows, columns, after[rows, columns])
    np.testing.assert_array_equal(found, before[rows, columns] == 1)


def test_each_object_is_filtered_as_if_the_filter_were_run_on_the_whole_picture():
    """It is run where the object has edges only: elsewhere nothing follows the picture."""
    frame = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)
    frame = cv2.blur(frame, (15, 15))
    planes = np.zeros((3, 100, 130), np.float32)
    planes[0, 20:40, :40], planes[1, 60:90, 80:120], planes[2, 60:90, 50:80] = 0.9, 0.8, 0.7
    planes = [cv2.blur(plane, (9, 9)) for plane in planes]
    found = near_edges(frame, planes, 3)
    guide = in_unit(cv2.resize(frame, (65, 50), interpolation=cv2.INTER_AREA))
    for plane, own in zip(planes, found.shares, strict=True):
        small = cv2.resize(plane, (65, 50), interpolation=cv2.INTER_AREA)
        around = np.ones((7, 7), np.uint8)
        has = (small > 0.5).astype(np.uint8)
        edges = cv2.resize(cv2.dilate(has, around) - cv2.erode(has, around), (400, 300))
        functions = cv2.resize(linear_functions(guide, small, 3, 1e-4), (400, 300))
        filtered = ((functions[..., :3] * in_unit(frame)).sum(2) + functions[..., 3]).clip(0, 1)
        away = cv2.dilate(edges, np.ones((99, 99), np.uint8))[found.rows, found.columns] == 0
        near, plain = edges[found.rows, found.columns] > 0, cv2.resize(small, (400, 300))
        for at, expected in ((near, filtered), (away, plain)):
            assert np.count_nonzero(at) > 1000
            np.testing.assert_allclose(own[at], expected[found.rows, found.columns][at], atol=0.02)
        assert np.abs(own - plain[found.rows, found.columns])[near].max() > 0.1


@pytest.mark.parametrize("place", [(40, 40, 44, 44), (40, 40, 48, 48), (40, 10, 44, 110), (0, 0, 4, 128)])
@pytest.mark.parametrize("is_grainy", [False, True])
def test_a_small_or_thin_object_that_the_picture_does_not_show_is_not_lost(place, is_grainy):
    top, left, bottom, right = place
    plane = np.zeros(WHOLE.padded, np.float32)
    plane[top:bottom, left:right] = 0.98
    plane = cv2.blur(plane, (3, 3))
    own = plane[:96, :128] > 0.5
    grain = np.random.default_rng(0).integers(0, 256, (96, 128, 3), dtype=np.uint8)
    frame = grain if is_grainy else np.full((96, 128, 3), 90, np.uint8)
    logits, probability = merged(WHOLE, plane)
    found = likeliest(fine_edges(WHOLE, logits, probability, frame), [1]) == 1
    assert np.count_nonzero(found & own) >= 0.5 * np.count_nonzero(own)

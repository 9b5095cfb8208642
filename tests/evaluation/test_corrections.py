"""Corrections: clicks by the bundled network until the mask is good enough."""

import numpy as np

from skn_annotator.evaluation.corrections import GOOD_ENOUGH, MOST_CLICKS, by_clicks, true_mask
from skn_annotator.evaluation.metrics import jaccard
from skn_annotator.model.checkpoints import load_click_network


def picture_of(truth):
    picture = np.full((*truth.shape, 3), (70, 110, 60), np.uint8)
    picture[truth] = (220, 60, 40)
    return picture


def disk(center, radius=22, shape=(96, 128)):
    y, x = np.mgrid[: shape[0], : shape[1]]
    return (y - center[0]) ** 2 + (x - center[1]) ** 2 < radius**2


def test_clicks_find_an_object_that_was_missed():
    truth = disk((48, 70))
    made = by_clicks(load_click_network())(picture_of(truth), np.zeros_like(truth), truth)
    assert jaccard(truth, made.pixels) >= GOOD_ENOUGH
    assert 1 <= made.clicks <= MOST_CLICKS


def test_a_mask_that_is_good_enough_needs_no_click():
    truth = disk((48, 70))
    made = by_clicks(load_click_network())(picture_of(truth), truth, truth)
    assert made.clicks == 0
    assert np.array_equal(made.pixels, truth)


def test_an_object_that_is_not_there_is_declared_absent():
    nothing = np.zeros((96, 128), bool)
    made = by_clicks(load_click_network())(picture_of(nothing), disk((40, 40)), nothing)
    assert not made.pixels.any()
    assert made.clicks == 1


def test_a_painted_correction_is_the_truth():
    truth = disk((48, 70))
    assert np.array_equal(true_mask(picture_of(truth), ~truth, truth).pixels, truth)

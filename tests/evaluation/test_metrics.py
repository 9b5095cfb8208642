"""J and F against a pixel-by-pixel reading of the DAVIS definitions."""

import math

import cv2
import numpy as np
import pytest

from skn_annotator.evaluation.metrics import boundary_f, contour, decay, jaccard, recall


def _slow_contour(mask):
    """The boundary as a set of (row, column), from the definition."""
    height, width = mask.shape
    inside = {(y, x): bool(mask[y, x]) for y in range(height) for x in range(width)}
    return {
        (y, x)
        for y, x in inside
        if any(
            inside.get((y + dy, x + dx), inside[y, x]) != inside[y, x] for dy, dx in ((0, 1), (1, 0), (1, 1))
        )
    }


def _slow_f(gt, pred):
    radius = math.ceil(0.008 * math.sqrt(gt.shape[0] ** 2 + gt.shape[1] ** 2))
    a, b = _slow_contour(gt), _slow_contour(pred)
    if not a or not b:
        return 1.0 if a == b else 0.0

    def matched(points, others):
        near = sum(any((y - v) ** 2 + (x - u) ** 2 <= radius**2 for v, u in others) for y, x in points)
        return near / len(points)

    precision, sensitivity = matched(b, a), matched(a, b)
    total = precision + sensitivity
    return 2 * precision * sensitivity / total if total else 0.0


def _blobs(rng, shape):
    noise = cv2.GaussianBlur(rng.normal(size=shape), (0, 0), rng.uniform(0.6, 4))
    return noise > np.quantile(noise, rng.uniform(0.1, 0.95))


@pytest.mark.parametrize("seed", range(12))
def test_both_measures_follow_the_definitions_on_random_masks(seed):
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(8, 40, 2))
    gt = _blobs(rng, shape)
    pred = np.roll(gt, rng.integers(-4, 5, 2), (0, 1)) if seed % 2 else _blobs(rng, shape)
    assert jaccard(gt, pred) == pytest.approx((gt & pred).sum() / (gt | pred).sum())
    assert boundary_f(gt, pred) == pytest.approx(_slow_f(gt, pred))


def test_the_tolerance_grows_with_the_image():
    gt = np.zeros((300, 400), bool)  # diagonal 500: ceil(0.8 %) = 4 pixels
    gt[100:200, 100:200] = True
    assert boundary_f(gt, np.roll(gt, 4, 1)) == 1.0
    assert boundary_f(gt, np.roll(gt, 5, 1)) < 1.0


@pytest.mark.parametrize("where", [np.s_[:6, :7], np.s_[-6:, -7:], np.s_[3:5, :], np.s_[:, 4:9], np.s_[:, :]])
def test_masks_at_the_border_of_the_image(where):
    gt, pred = np.zeros((20, 24), bool), np.zeros((20, 24), bool)
    gt[where] = True
    pred[8:12, 8:12] = True
    pred |= gt
    assert boundary_f(gt, pred) == pytest.approx(_slow_f(gt, pred))
    assert {tuple(p) for p in np.argwhere(contour(gt)).tolist()} == _slow_contour(gt)


def test_empty_masks():
    empty, square = np.zeros((20, 20), bool), np.zeros((20, 20), bool)
    square[5:9, 5:9] = True
    assert (jaccard(empty, empty), boundary_f(empty, empty)) == (1.0, 1.0)
    assert (jaccard(square, empty), boundary_f(square, empty)) == (0.0, 0.0)
    assert (jaccard(empty, square), boundary_f(empty, square)) == (0.0, 0.0)


def test_void_pixels_count_for_nothing():
    gt, pred, void = (np.zeros((40, 40), bool) for _ in range(3))
    gt[10:20, 10:20] = True
    pred[10:20, 10:30] = True
    void[:, 20:] = True
    assert jaccard(gt, pred) == 0.5
    assert (jaccard(gt, pred, void), boundary_f(gt, pred, void)) == (1.0, 1.0)


def test_recall_and_decay_are_those_of_davis():
    values = np.array([1.0, 0.9, 0.8, 0.7, 0.5, 0.4, 0.3, 0.2, 0.1])
    assert recall(values) == pytest.approx(4 / 9)
    # The official quarters of nine frames are 0-2, 2-4, 4-6, 6-8.
    assert decay(values) == pytest.approx(0.9 - 0.2)

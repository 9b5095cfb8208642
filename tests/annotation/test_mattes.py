"""Mattes: soft where the picture has an edge, and nowhere else."""

import numpy as np
import pytest

from skn_annotator.annotation.mattes import Edge, EdgeKind, matte

SIZE = (96, 128)


@pytest.fixture
def scene():
    """A bright square whose true edge lies at column 40, half a pixel soft, and a mask that is 2 too wide."""
    frame = np.full((*SIZE, 3), 30, np.uint8)
    frame[20:80, 40:90] = (220, 200, 180)
    frame[20:80, 39] = (125, 115, 105)
    mask = np.zeros(SIZE, np.uint8)
    mask[20:80, 37:90] = 1
    mask[5:10, 5:10] = 2
    return frame, mask


def test_a_hard_matte_is_the_mask(scene):
    frame, mask = scene
    np.testing.assert_array_equal(matte(frame, mask, frozenset({1}), Edge(EdgeKind.HARD)), mask == 1)


def test_a_soft_matte_follows_the_edge_in_the_picture(scene):
    alpha = matte(*scene, frozenset({1}), Edge(EdgeKind.SOFT))
    row = alpha[50]
    assert row[:36].max() < 0.35
    assert row[37] < 0.5 < 0.95 < row[40]
    assert (alpha[45:55, 50:80] == 1).all()
    assert (alpha[:, :25] == 0).all()
    assert (alpha[5:10, 5:10] == 0).all()


def test_the_network_decides_where_it_is_asked(scene):
    frame, mask = scene
    flat = np.full_like(frame, 90)
    sure = {1: np.where(np.arange(128) >= 40, np.float32(1), np.float32(0)) * np.ones((96, 1), np.float32)}
    by_mask = matte(flat, mask, frozenset({1}), Edge(EdgeKind.NETWORK), lambda *_: {})
    asked = matte(flat, mask, frozenset({1}), Edge(EdgeKind.NETWORK), lambda *_: sure)
    assert asked[50, 30:40].sum() < by_mask[50, 30:40].sum() - 1


def test_growing_and_feathering_change_the_edge_by_so_many_pixels(scene):
    frame, mask = scene

    def width(**edge):
        return (matte(frame, mask, frozenset({1}), Edge(EdgeKind.HARD, **edge))[50] > 0.5).sum()

    assert (width(), width(grow=3), width(grow=-3)) == (53, 59, 47)
    feathered = matte(frame, mask, frozenset({1}), Edge(EdgeKind.HARD, feather=4))[50]
    assert 0 < feathered[35] < feathered[38] < 1
    assert abs((feathered > 0.5).sum() - 53) <= 1


def test_objects_are_taken_together_and_an_absent_one_gives_nothing(scene):
    frame, mask = scene
    both = matte(frame, mask, frozenset({1, 2}), Edge(EdgeKind.HARD))
    np.testing.assert_array_equal(both, mask > 0)
    assert not matte(frame, mask, frozenset({7}), Edge()).any()

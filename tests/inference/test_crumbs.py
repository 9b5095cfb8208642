"""What an edge leaves of a mask in a few pixels goes; what was as small before stays."""

import numpy as np

from skn_annotator.inference.crumbs import without_crumbs


def mask(*places, holes=()):
    pixels = np.zeros((20, 30), bool)
    for place in places:
        pixels[place] = True
    for place in holes:
        pixels[place] = False
    return pixels


LARGE, STRIP, LEFT = np.s_[2:12, 2:12], np.s_[5:8, 12:20], np.s_[5:7, 18:20]


def test_a_piece_that_is_left_of_a_strip_goes():
    made = without_crumbs(mask(LARGE, STRIP), mask(LARGE, LEFT), 5)
    np.testing.assert_array_equal(made, mask(LARGE))


def test_a_hole_that_is_left_of_the_ground_goes():
    before = mask(LARGE, holes=[np.s_[4:8, 5:12]])
    after = mask(LARGE, holes=[np.s_[5:6, 6:8]])
    np.testing.assert_array_equal(without_crumbs(before, after, 5), mask(LARGE))


def test_what_is_larger_or_was_as_small_or_is_all_that_is_left_stays():
    after = mask(LARGE, LEFT)
    for before, least in ((mask(LARGE, STRIP), 4), (mask(LARGE, LEFT), 5)):
        np.testing.assert_array_equal(without_crumbs(before, after, least), after)
    np.testing.assert_array_equal(without_crumbs(mask(LARGE, STRIP), mask(LEFT), 5), mask(LEFT))
    small = mask(np.s_[0:1, 0:2], LARGE)  # beside nothing that changed
    np.testing.assert_array_equal(without_crumbs(mask(np.s_[0:1, 0:2], LARGE, STRIP), small, 5), small)

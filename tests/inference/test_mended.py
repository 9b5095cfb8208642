"""A click mends the part of a mask that it is on, and no other."""

import numpy as np

from skn_annotator.inference.mended import mended
from skn_annotator.inference.prompts import Click

MASK = np.zeros((60, 80), bool)
MASK[20:40, 10:30] = True
FOUND = np.zeros((60, 80), bool)
FOUND[20:40, 20:40] = True  # ten columns less on the left, ten more on the right
FOUND[5:10, 60:70] = True


def test_a_click_on_what_is_missing_adds_its_part_only():
    expected = MASK.copy()
    expected[20:40, 30:40] = True
    assert np.array_equal(mended(MASK, FOUND, [Click((35, 30))]), expected)


def test_a_click_beside_the_object_removes_its_part_only():
    expected = MASK.copy()
    expected[20:40, 10:20] = False
    assert np.array_equal(mended(MASK, FOUND, [Click((12, 30), inside=False)]), expected)


def test_a_part_is_clicked_from_a_pixel_or_two_away():
    assert mended(MASK, FOUND, [Click((59.0, 7.0))])[5:10, 60:70].all()


def test_a_click_where_nothing_would_change_changes_nothing():
    for click in (Click((25, 30)), Click((75, 50)), Click((35, 30), inside=False), Click((0, 0))):
        assert np.array_equal(mended(MASK, FOUND, [click]), MASK)

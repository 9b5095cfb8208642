"""How far apart two masks are."""

import numpy as np
import pytest

from skn_annotator.annotation.difference import difference
from skn_annotator.palette import VOID


def mask(*areas):
    """An id map with rows of objects: (id, first column, last column)."""
    made = np.zeros((10, 20), np.uint8)
    for object_id, first, last in areas:
        made[object_id % 10, first:last] = object_id
    return made


@pytest.mark.parametrize(
    ("before", "after", "apart"),
    [
        (mask((1, 0, 8)), mask((1, 0, 8)), 0),
        (mask((1, 0, 8)), mask((1, 2, 10)), 0.4),  # 6 shared of 10
        (mask((1, 0, 8)), mask(), 1),
        (mask(), mask((1, 0, 8)), 1),
        (mask((1, 0, 20), (2, 0, 4)), mask((1, 0, 20), (2, 0, 2)), 0.5),  # a small one is not outvoted
        (mask((1, 0, 8)), mask((1, 0, 8), (VOID, 0, 9)), 0),
        (mask(), mask(), 0),
    ],
)
def test_it_is_that_of_the_object_that_differs_most(before, after, apart):
    assert difference(before, after) == pytest.approx(apart)

"""Where an object's mask touches another one's."""

import numpy as np

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.contacts import touches_another
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.palette import VOID


def touching(mask):
    annotation = Annotation(mask.shape, 2)
    annotation.apply(Edit("Propagate", masks={0: (None, encode_mask(mask))}))
    return [i for i in (1, 2, 3) if touches_another(annotation, i, 0)]


def test_objects_side_by_side_touch_and_those_with_ground_between_do_not():
    mask = np.zeros((20, 60), np.uint8)
    mask[5:15, :10], mask[5:15, 12:20], mask[5:15, 40:50] = 1, 2, 3
    assert touching(mask) == [1, 2]


def test_one_that_is_not_there_touches_nothing_and_void_is_no_object():
    mask = np.zeros((20, 60), np.uint8)
    mask[:, :10], mask[:, 10:20] = 1, VOID
    assert touching(mask) == []


def test_without_a_mask_nothing_touches():
    assert not touches_another(Annotation((4, 4), 2), 1, 1)

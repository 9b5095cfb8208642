"""The tour of the frames that deserve a look."""

import numpy as np

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.edits import import_masks
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.review import frame_to_check

MASK = encode_mask(np.ones((2, 2), np.uint8))


def propagated(certainty):
    annotation = Annotation((2, 2), len(certainty))
    sure = {t: (None, {1: float(c), 2: 1.0}) for t, c in enumerate(certainty)}
    annotation.apply(Edit("Propagate", masks=dict.fromkeys(sure, (None, MASK)), confidence=sure))
    return annotation


def test_the_worst_comes_first_and_then_from_bad_to_better():
    certainty = np.ones(60)
    certainty[[10, 12, 40, 55]] = (0.3, 0.4, 0.2, 0.5)
    annotation = propagated(certainty)
    assert frame_to_check(annotation) == 40
    assert frame_to_check(annotation, 40) == 10
    assert frame_to_check(annotation, 10) == 55
    tour, t = [], None
    for _ in range(6):
        t = frame_to_check(annotation, t)
        tour.append(t)
    assert len(set(tour)) == 6
    assert frame_to_check(annotation, tour[-1]) == 40  # and round again


def test_a_frame_that_was_corrected_is_out():
    certainty = np.ones(60)
    certainty[[10, 40]] = (0.3, 0.2)
    annotation = propagated(certainty)
    edit = import_masks(annotation, {40: np.ones((2, 2), np.uint8)})
    annotation.apply(edit)
    assert frame_to_check(annotation, 40) == 10


def test_without_a_pass_there_is_nothing():
    assert frame_to_check(Annotation((2, 2), 5)) is None


def test_an_object_that_is_gone_is_doubted_where_it_goes_and_not_on_every_frame_after():
    gone = range(20, 50)
    certainty = np.ones(60)
    certainty[gone] = 0.0
    certainty[10] = 0.3
    annotation = propagated(certainty)
    empty = encode_mask(np.zeros((2, 2), np.uint8))
    annotation.apply(Edit("Propagate", masks=dict.fromkeys(gone, (MASK, empty))))
    tour = [frame_to_check(annotation)]
    while (t := frame_to_check(annotation, tour[-1])) not in tour:
        tour.append(t)
    assert tour[:2] == [20, 10]
    assert len(tour) > 2
    assert set(tour) & set(gone) == {20}

"""The tour of the frames that deserve a look."""

import time

import numpy as np

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.edits import import_masks
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.checking import frame_to_check

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


def test_an_hour_of_video_takes_no_time():
    annotation = propagated(np.random.default_rng(0).random(108_000))
    start = time.process_time()
    frame_to_check(annotation)
    assert time.process_time() - start < 2

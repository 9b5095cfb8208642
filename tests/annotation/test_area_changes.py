"""What happened to an object's mask on the way to a frame: a part vanished, or the area jumped."""

import numpy as np
import pytest

from skn_annotator.annotation.annotation import Annotation, Edit
from skn_annotator.annotation.area_changes import area_change
from skn_annotator.annotation.edits import import_masks
from skn_annotator.annotation.masks import encode_mask

SIZE = (60, 120)


def pitcher(t, spout=True, height=40):
    """A body that moves on by a pixel per frame, with a spout of a tenth of it."""
    mask = np.zeros(SIZE, np.uint8)
    mask[10 : 10 + height, 10 + t : 50 + t] = 1
    if spout:
        mask[20:30, 50 + t : 66 + t] = 1
    return mask


def annotated(masks, decided=0):
    annotation = Annotation(SIZE, len(masks))
    carried = {t: (None, encode_mask(mask)) for t, mask in enumerate(masks)}
    annotation.apply(Edit("Propagate", masks=carried))
    annotation.apply(import_masks(annotation, {decided: masks[decided]}))
    return annotation


def test_a_part_that_vanished_is_known_on_every_frame_after():
    annotation = annotated([pitcher(t, spout=t < 12) for t in range(30)])
    for t in (12, 20, 29):
        change = area_change(annotation, t, 1)
        assert (change.kind, change.t) == ("part", 12)
        assert change.share == pytest.approx(160 / 1760, abs=0.03)
    assert area_change(annotation, 11, 1) is None


def test_a_part_that_came_back_is_no_reason_to_look():
    annotation = annotated([pitcher(t, spout=not 12 <= t < 15) for t in range(30)])
    assert area_change(annotation, 20, 1) is None


def test_what_the_user_decided_since_is_right():
    annotation = annotated([pitcher(t, spout=t < 12) for t in range(30)])
    annotation.apply(import_masks(annotation, {15: pitcher(15, spout=False)}))
    assert area_change(annotation, 20, 1) is None
    assert area_change(annotation, 15, 1) is None
    assert area_change(annotation, 13, 1).t == 12


def test_masks_that_were_carried_backward_are_looked_at_backward():
    annotation = annotated([pitcher(t, spout=t > 18) for t in range(30)], decided=29)
    change = area_change(annotation, 5, 1)
    assert (change.kind, change.t) == ("part", 18)


def test_an_area_that_jumps_is_named_and_movement_alone_is_not():
    grown = annotated([pitcher(t, spout=False, height=20 if t < 8 else 40) for t in range(20)])
    change = area_change(grown, 15, 1)
    assert (change.kind, change.t, change.share) == ("grew", 8, pytest.approx(1.0))
    assert area_change(annotated([pitcher(t) for t in range(20)]), 15, 1) is None


def test_an_object_that_is_not_there_has_no_change():
    annotation = annotated([pitcher(t) for t in range(5)])
    assert area_change(annotation, 3, 2) is None

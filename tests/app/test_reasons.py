"""Why a frame deserves a look."""

import numpy as np
import pytest

from skn_annotator.annotation.annotation import AnnotatedObject, Annotation, Edit
from skn_annotator.annotation.edits import import_masks
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.app.reasons import reason_to_check, reasons
from skn_annotator.app.review import Suggestion
from skn_annotator.inference.step import Doubt


def carried(change, confidence=0.61):
    """A cup with a handle on eight frames; from frame 4 on `change` is made to its mask."""
    annotation = Annotation((48, 64), 8)
    masks = {}
    for t in range(8):
        mask = np.zeros((48, 64), np.uint8)
        mask[10:30, 10:30] = 1
        mask[18:22, 30:50] = 1
        if t >= 4:
            change(mask)
        masks[t] = mask
    annotation.apply(import_masks(annotation, {0: masks[0]}))
    cup = AnnotatedObject(1, "cup", annotation.objects[0].color)
    sure = {t: (None, {1: confidence}) for t in range(1, 8)}
    found = {t: (annotation.mask_bytes(t), encode_mask(masks[t])) for t in range(1, 8)}
    objects = (annotation.objects, (cup,))
    annotation.apply(Edit("Propagate", masks=found, confidence=sure, objects=objects))
    return annotation


def test_a_lost_part_is_the_reason():
    def lose_the_handle(mask):
        mask[:, 30:] = 0

    text = reason_to_check(carried(lose_the_handle), Suggestion(7, 1, 7, 7))
    assert text == "cup: a part of 15\u00a0% of the object is gone since frame\u00a05, 61\u00a0% certain"


def test_where_nothing_is_left_of_an_object_no_part_is_named():
    def leave(mask):
        mask[:] = 0
        mask[40:46, 52:62] = 1

    def all_but_a_corner(mask):
        mask[12:, :] = 0
        mask[:, 14:] = 0

    def grow(mask):
        mask[:] = 1

    expected = (
        (leave, "it jumped to another place at frame\u00a05"),
        (all_but_a_corner, "almost all of the object is gone since frame\u00a05"),
        (grow, "it grew to 6 times its size at frame\u00a05"),
    )
    for change, words in expected:
        assert reason_to_check(carried(change), Suggestion(7, 1, 7, 7)) == f"cup: {words}, 61\u00a0% certain"


def test_an_object_that_is_gone_is_not_found():
    assert (
        reason_to_check(carried(lambda mask: mask.fill(0), 0.0), Suggestion(4, 1, 4, 4))
        == "cup: not found here"
    )


def test_an_object_that_left_the_frame_is_not_called_lost():
    left = carried(lambda mask: mask.fill(0), 0.9)
    assert reason_to_check(left, Suggestion(4, 1, 4, 4)) == "cup: not found here: it left the frame"


@pytest.mark.parametrize("doubt", Doubt)
def test_each_doubt_has_words(doubt):
    unchanged = carried(lambda mask: None)
    (words,) = reasons(unchanged, 7, 1, doubt)
    assert reason_to_check(unchanged, Suggestion(7, 1, 7, 7), doubt) == f"cup: {words}, 61\u00a0% certain"


def test_what_happened_comes_before_what_is_doubted():
    def lose_the_handle(mask):
        mask[:, 30:] = 0

    found = reasons(carried(lose_the_handle), 7, 1, Doubt.UNCLEAR)
    assert found == [
        "a part of 15\u00a0% of the object is gone since frame\u00a05",
        "it is unclear where it ends",
    ]


def test_where_nothing_happened_the_confidence_is_the_reason():
    assert reason_to_check(carried(lambda mask: None), Suggestion(7, 1, 7, 7)) == "cup: 61\u00a0% certain"


def test_the_frames_that_are_much_like_it_are_named():
    text = reason_to_check(carried(lambda mask: None), Suggestion(5, 1, 2, 7))
    assert text == "cup: 61\u00a0% certain, much the same on frames\u00a03-8"

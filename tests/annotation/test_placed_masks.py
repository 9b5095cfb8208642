"""Placing objects of other masks on frames: what gets whose pixels, and what undo brings back."""

from dataclasses import replace

import numpy as np
import pytest
from states import state

from skn_annotator.annotation.annotation import AnnotatedObject, Annotation, Edit
from skn_annotator.annotation.edits import CarriedMask, import_masks, propagated
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.placed_masks import PlacedMasks

SIZE = (8, 12)


def mask(**boxes):
    """`_1=(x0, x1)`: columns of object 1."""
    ids = np.zeros(SIZE, np.uint8)
    for name, (x0, x1) in boxes.items():
        ids[:, x0:x1] = int(name[1:])
    return ids


@pytest.fixture
def annotation():
    """Objects 1 and 2 on four frames; decided on the first, propagated on the others."""
    annotation = Annotation(SIZE, 4)
    annotation.apply(import_masks(annotation, {0: mask(_1=(0, 3), _2=(6, 9))}))
    for t in (1, 2, 3):
        carried = CarriedMask(t, encode_mask(mask(_1=(0, 3), _2=(6, 9))), {1: 0.9, 2: 0.8})
        annotation.apply(propagated(annotation, carried, "Pass"))
    return annotation


def place(annotation, given, ids, **options):
    data = {t: encode_mask(each) for t, each in given.items()}
    change = PlacedMasks("Import masks", data, ids, **options).fitted_to(annotation)
    return change, change.edit(annotation)


def test_an_object_gets_exactly_the_pixels_of_its_mask_and_the_others_keep_the_rest(annotation):
    _, edit = place(annotation, {1: mask(_1=(4, 7))}, {1: 1})
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(1), mask(_1=(4, 7), _2=(7, 9)))
    assert annotation.decided(1) == {1}
    assert annotation.confidence(1) == {2: 0.8}


def test_an_object_that_its_mask_does_not_show_is_decided_to_be_absent(annotation):
    _, edit = place(annotation, {2: mask()}, {1: 2})
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(2), mask(_1=(0, 3)))
    assert annotation.decided(2) == {2}


def test_as_if_a_pass_had_brought_them_references_keep_their_pixels(annotation):
    new = mask(_1=(1, 7))
    _, edit = place(annotation, {0: new, 1: new}, {1: 1}, decides=False)
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(0), mask(_1=(0, 3), _2=(6, 9)))
    np.testing.assert_array_equal(annotation.mask(1), mask(_1=(1, 7), _2=(7, 9)))
    assert annotation.decided(1) == frozenset()
    assert annotation.confidence(1) == {2: 0.8}


def test_locked_objects_keep_their_pixels_and_get_no_others(annotation):
    locked = tuple(replace(o, locked=o.id == 2) for o in annotation.objects)
    annotation.apply(Edit("Lock object", objects=(annotation.objects, locked)))
    _, edit = place(annotation, {1: mask(_1=(4, 8), _3=(9, 12))}, {1: 1, 3: 2})
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(1), mask(_1=(4, 6), _2=(6, 9)))
    assert annotation.decided(1) == {1}


def test_two_objects_of_the_files_can_become_one_and_others_are_left_out(annotation):
    _, edit = place(annotation, {3: mask(_5=(0, 1), _6=(3, 4), _7=(10, 11))}, {5: 1, 6: 1})
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(3), mask(_1=(0, 1), _2=(6, 9)) + mask(_1=(3, 4)))


def test_new_objects_come_last_and_undo_takes_everything_back(annotation):
    before = state(annotation)
    cup = AnnotatedObject(9, "cup", (1, 2, 3))
    _, edit = place(annotation, {1: mask(_4=(4, 6))}, {4: 9}, objects=(cup,))
    annotation.apply(edit)
    assert annotation.objects[-1] == cup
    assert annotation.present(9) == (1,)
    annotation.apply(edit.inverse())
    assert state(annotation) == before


def test_what_changed_while_the_masks_were_made_is_made_again(annotation):
    change, _ = place(annotation, {1: mask(_1=(4, 5)), 2: mask(_1=(4, 5))}, {1: 1})
    made = {t: (before, after) for t, before, after in change.make(change.masks(annotation))}
    annotation.apply(import_masks(annotation, {2: mask(_2=(0, 12))}))
    annotation.apply(change.edit(annotation, made))
    np.testing.assert_array_equal(annotation.mask(1), mask(_1=(4, 5), _2=(6, 9)))
    np.testing.assert_array_equal(annotation.mask(2), mask(_2=(0, 12)) - mask(_1=(4, 5)))


def test_what_was_decided_while_the_masks_were_made_keeps_its_pixels(annotation):
    change, _ = place(annotation, {1: mask(_1=(4, 5))}, {1: 1}, decides=False)
    made = {t: (before, after) for t, before, after in change.make(change.masks(annotation))}
    decided = Edit("Mark reference", references={1: (frozenset(), frozenset({1, 2}))})
    annotation.apply(decided)
    before = state(annotation)
    annotation.apply(change.edit(annotation, made))
    assert state(annotation) == before

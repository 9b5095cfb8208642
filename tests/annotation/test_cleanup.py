"""Cleaning up over a range: what goes, what stays, and that it is one edit."""

import numpy as np
import pytest
from states import state

from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.cleanup import CleanUp, Recipe
from skn_annotator.annotation.edits import CarriedMask, import_masks, propagated
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.stale import StaleMasks

SIZE = (24, 40)


def body(object_id=1, x=8):
    ids = np.zeros(SIZE, np.uint8)
    ids[6:18, x : x + 12] = object_id
    return ids


@pytest.fixture
def annotation():
    """Frame 0 is decided; object 1 was carried to the others: with a speck, a hole, and once cut in two."""
    annotation = Annotation(SIZE, 6)
    annotation.apply(import_masks(annotation, {0: body() + body(2, 26)}))
    for t in range(1, 6):
        mask = body() + body(2, 26)
        if t == 2:
            mask[1:3, 1:3] = 1  # a speck
        if t == 3:
            mask[10:12, 12:14] = 0  # a hole
        if t == 4:
            mask[6:18, 16:20] = 0  # it flickers
        annotation.apply(propagated(annotation, CarriedMask(t, encode_mask(mask), {1: 0.9, 2: 0.9}), "Pass"))
    return annotation


def clean(annotation, first=0, last=5, objects=frozenset({1}), kept=frozenset(), **recipe):
    change = CleanUp(objects, first, last, Recipe(**recipe), kept)
    edit = change.edit(annotation)
    annotation.apply(edit)
    return edit


def test_specks_go_and_the_largest_piece_stays_however_small(annotation):
    edit = clean(annotation, specks=500)
    assert set(edit.masks) == {2}
    np.testing.assert_array_equal(annotation.mask(2), body() + body(2, 26))


def test_holes_are_filled_up_to_a_size(annotation):
    clean(annotation, holes=4)
    assert (annotation.mask(3) == 1).sum() == 140
    clean(annotation, holes=5)
    np.testing.assert_array_equal(annotation.mask(3), body() + body(2, 26))


def test_a_frame_that_differs_from_those_around_it_is_smoothed(annotation):
    clean(annotation, steps=1)
    np.testing.assert_array_equal(annotation.mask(4), body() + body(2, 26))
    np.testing.assert_array_equal(annotation.mask(2), body() + body(2, 26))


def test_a_vote_of_two_frames_changes_nothing(annotation):
    before = annotation.mask(4).copy()
    clean(annotation, first=4, last=5, steps=1)
    np.testing.assert_array_equal(annotation.mask(4), before)


def test_objects_grow_and_shrink_and_spare_what_is_kept(annotation):
    clean(annotation, last=0, grow=2)
    assert (annotation.mask(0) == 1).sum() > 144
    clean(annotation, last=0, grow=9, kept=frozenset({2}))
    assert (annotation.mask(0) == 2).sum() == 144
    clean(annotation, last=0, grow=-30)
    assert annotation.ids_at(0) == {2}


def test_frames_outside_and_other_objects_stay_and_so_does_what_is_decided(annotation):
    before = state(annotation)
    references, sure = dict(annotation.references), annotation.confidence(2)
    edit = clean(annotation, first=2, last=2, specks=500)
    assert dict(annotation.references) == references
    assert annotation.confidence(2) == sure
    annotation.apply(edit.inverse())
    assert state(annotation) == before


def test_what_changed_meanwhile_is_made_again_with_its_neighbours(annotation):
    change = CleanUp(frozenset({1}), 0, 5, Recipe(steps=1))
    made = {t: (before, after) for t, before, after in change.make(change.masks(annotation))}
    annotation.apply(import_masks(annotation, {5: body(2, 26)}))
    annotation.apply(import_masks(annotation, {3: body(2, 26)}))
    annotation.apply(change.edit(annotation, made))
    assert annotation.ids_at(4) == {1, 2}
    alone = change.edit(annotation)
    assert not alone.masks or set(alone.masks) <= {1, 2, 3, 4, 5}


def test_what_came_from_a_reference_that_is_cleaned_is_not_stale_and_undo_takes_all_back(annotation):
    first = annotation.checksum(0, 1)
    for t in range(1, 6):
        carried = CarriedMask(t, annotation.mask_bytes(t), {1: 0.9}, {1: frozenset([first])})
        annotation.apply(propagated(annotation, carried, "Pass"))
    before, known = state(annotation), StaleMasks(annotation)
    edit = clean(annotation, last=2, grow=1)
    assert annotation.checksum(0, 1) != first
    known.update(edit.frames)
    assert known.by_frame() == {}
    assert known.origins(5, 1) == (0,)
    annotation.apply(edit.inverse())
    assert state(annotation) == before

"""Two objects that a pass took for one another: who gives one of them its mask tells where the other is."""

import numpy as np
import pytest

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation
from skn_annotator.annotation.changed_places import changed_places, may_have_changed_places
from skn_annotator.annotation.edits import CarriedMask
from skn_annotator.annotation.masks import encode_mask
from skn_annotator.annotation.stale import StaleMasks

LEFT, MIDDLE, RIGHT = np.s_[4:14, 2:12], np.s_[4:14, 16:26], np.s_[4:14, 30:40]


def id_map(**places):
    mask = np.zeros((20, 44), np.uint8)
    for name, place in places.items():
        mask[place] = int(name[1:])
    return mask


FOUND = id_map(o1=LEFT, o2=RIGHT)
SURE = {1: 0.6, 2: 0.7}


@pytest.fixture
def annotation():
    """Objects 1 and 2: decided on frame 0, carried to frames 1 to 3, where each is taken for the other."""
    annotation = Annotation((20, 44), 6)
    for name in ("one", "two", "three"):
        annotation.apply(edits.add_object(annotation, name))
    first = id_map(o1=RIGHT, o2=LEFT)
    annotation.apply(edits.import_masks(annotation, {0: first}))
    sources = {i: frozenset([annotation.checksum(0, i)]) for i in (1, 2)}
    for t in (1, 2, 3):
        carried = CarriedMask(t, encode_mask(FOUND), SURE, sources)
        annotation.apply(edits.propagated(annotation, carried, "Propagate"))
    return annotation


def given(object_id, *places, mask=FOUND):
    """`mask` with the object exactly at these places."""
    new = np.where(mask == object_id, np.uint8(0), mask)
    for place in places:
        new[place] = object_id
    return new


def test_the_other_one_gets_what_the_first_leaves_and_both_are_decided(annotation):
    edit, _, other, *_ = edits.painting(annotation, 2, given(1, RIGHT), 1, "Select")
    assert other == 2
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(2), id_map(o1=RIGHT, o2=LEFT))
    assert annotation.decided(2) == {1, 2}
    assert annotation.confidence(2) is None
    assert StaleMasks(annotation).by_frame() == {3: {1, 2}}
    annotation.apply(edit.inverse())
    np.testing.assert_array_equal(annotation.mask(2), FOUND)
    assert (annotation.decided(2), annotation.confidence(2)) == (frozenset(), SURE)


def test_a_mask_that_was_encoded_already_is_not_taken_for_the_one_with_both(annotation):
    new = given(1, RIGHT)
    annotation.apply(edits.paint(annotation, 2, new, 1, "Select", data=encode_mask(new)))
    assert annotation.ids_at(2) == {1, 2}


def test_what_the_first_still_has_is_not_given_away(annotation):
    overlapping = np.s_[4:14, 9:40]
    new = given(1, overlapping)
    annotation.apply(edits.paint(annotation, 2, new, 1))
    expected = id_map(o2=LEFT)
    expected[overlapping] = 1
    np.testing.assert_array_equal(annotation.mask(2), expected)


@pytest.mark.parametrize(
    ("object_id", "new"),
    [
        (1, given(1, MIDDLE)),  # where nobody was
        (2, given(2, MIDDLE)),
        (1, given(1, LEFT, RIGHT)),  # it leaves nothing
        (1, given(1, np.s_[4:14, 30:35])),  # the other one keeps half
        (1, given(1, np.s_[4:14, 6:12])),  # only a part of itself
        (1, given(1)),  # it is not there at all
    ],
)
def test_what_does_not_say_that_they_changed_places_leaves_the_other_one_alone(annotation, object_id, new):
    edit, _, other, *_ = edits.painting(annotation, 2, new, object_id, "Select")
    assert other is None
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(2), new)
    assert annotation.decided(2) == {object_id}


@pytest.mark.parametrize(
    ("new", "maybe"),
    [
        (given(1, LEFT, RIGHT), 2),
        (given(1, np.s_[4:14, 2:41]), 2),
        (given(1, LEFT, np.s_[4:14, 32:40]), None),  # the other one keeps a fifth: it may be right
        (given(1, np.s_[4:14, 4:12], RIGHT), None),  # it was cut at the same time
        (given(1, LEFT, MIDDLE), None),
        (given(1, np.s_[3:15, 2:13]), None),
    ],
)
def test_who_adds_the_true_mask_to_the_wrong_one_is_told_of_the_other(annotation, new, maybe):
    made = edits.painting(annotation, 2, new, 1, "Select")
    assert (made.other, made.maybe) == (None, maybe)
    np.testing.assert_array_equal(made.mask, new)


def test_and_may_give_it_what_was_there_before(annotation):
    made = edits.painting(annotation, 2, given(1, LEFT, RIGHT), 1, "Select")
    annotation.apply(made.edit)
    edit = edits.give_place(annotation, 2, 1, made.maybe, made.before)
    annotation.apply(edit)
    np.testing.assert_array_equal(annotation.mask(2), id_map(o1=RIGHT, o2=LEFT))
    assert annotation.decided(2) == {1, 2}
    annotation.apply(edit.inverse())
    np.testing.assert_array_equal(annotation.mask(2), given(1, LEFT, RIGHT))


def test_where_the_pass_was_not_sure_or_somebody_decided_nobody_is_asked():
    added = given(1, LEFT, RIGHT)
    assert may_have_changed_places(FOUND, added, 1, SURE) == 2
    assert may_have_changed_places(FOUND, added, 1, {1: 0.1, 2: 0.7}) is None
    assert may_have_changed_places(FOUND, added, 1, {1: 0.6}) is None
    assert may_have_changed_places(FOUND, added, 1, {2: 0.7}) is None
    small = id_map(o1=np.s_[4:8, 2:6], o2=RIGHT)
    added = np.where(small, np.uint8(1), small)
    assert may_have_changed_places(small, added, 1, SURE) is None


def test_two_that_somebody_decided_are_not_exchanged(annotation):
    new = given(1, RIGHT)
    assert changed_places(FOUND, new, 1, {}, {1, 2}) is None
    made = edits.painting(annotation, 0, given(1, LEFT, mask=annotation.mask(0)), 1, "Select")
    assert made.other is None


def test_of_three_that_changed_places_round_two_corrections_mend_all(annotation):
    truth, found = id_map(o1=RIGHT, o2=LEFT, o3=MIDDLE), id_map(o1=LEFT, o2=MIDDLE, o3=RIGHT)
    for second in (2, 3):
        each = annotation.copy()
        carried = CarriedMask(5, encode_mask(found), {1: 0.6, 2: 0.6, 3: 0.6})
        each.apply(edits.propagated(each, carried, "Propagate"))
        each.apply(edits.paint(each, 5, given(1, RIGHT, mask=found), 1))
        assert each.decided(5) == {1, 3}
        place = {2: LEFT, 3: MIDDLE}[second]
        made = edits.painting(each, 5, given(second, place, mask=each.mask(5)), second, "Select")
        each.apply(made.edit)
        np.testing.assert_array_equal(each.mask(5), truth)
        assert (made.other, each.decided(5)) == (5 - second, {1, 2, 3})


def test_what_somebody_decided_is_not_given_away_where_a_part_of_it_is_covered():
    most = np.s_[4:14, 30:38]
    assert changed_places(FOUND, given(1, most), 1, SURE) == 2
    assert changed_places(FOUND, given(1, most), 1, {1: 0.6}, {2}) is None
    assert changed_places(FOUND, given(1, most), 1, {2: 0.7}, {1}) is None


def test_a_ball_before_a_man_is_not_taken_for_him():
    small = id_map(o1=np.s_[4:8, 2:6], o2=RIGHT)
    assert changed_places(small, given(1, RIGHT, mask=small), 1, SURE) is None


def test_what_is_left_is_nobody_where_the_pass_was_not_sure_of_it():
    assert changed_places(FOUND, given(1, RIGHT), 1, {1: 0.1, 2: 0.9}) is None
    assert changed_places(FOUND, given(2, LEFT), 2, {1: 0.1, 2: 0.9}) == 1


def test_of_two_that_lose_pixels_the_one_that_loses_most_is_meant():
    three = id_map(o1=LEFT, o2=np.s_[4:14, 30:34], o3=np.s_[4:14, 34:40])
    assert changed_places(three, given(1, RIGHT, mask=three), 1, {**SURE, 3: 0.1}) == 3

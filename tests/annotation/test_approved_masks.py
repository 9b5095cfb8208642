"""What is kept of a mask that a pass made and the user took for right: how sure the network was of it, and
what it was carried from."""

import copy
import pickle

import numpy as np
import pytest
from states import state

from skn_annotator.annotation import edits
from skn_annotator.annotation.annotation import Annotation, TouchedUp, given
from skn_annotator.annotation.edits import CarriedMask
from skn_annotator.annotation.masks import encode_mask

MASK = np.zeros((10, 10), np.uint8)
MASK[:5], MASK[5:] = 1, 2


@pytest.fixture
def annotation():
    """Two objects, given on frame 0; a pass was 60 and 70 % sure of them on frame 1."""
    annotation = Annotation((10, 10), 3)
    annotation.apply(edits.import_masks(annotation, {0: MASK}))
    carried = CarriedMask(1, encode_mask(MASK), {1: 0.6, 2: 0.7}, {1: frozenset({5}), 2: frozenset({5})})
    annotation.apply(edits.propagated(annotation, carried, "Propagate"))
    return annotation


def painted(annotation, pixels, object_id=1, to=0):
    """Frame 1 with the first `pixels` of the object given to another one."""
    mask = annotation.mask(1).copy()
    flat = mask.ravel()
    flat[np.flatnonzero(flat == object_id)[:pixels]] = to
    annotation.apply(edits.paint(annotation, 1, mask, object_id))


def test_of_a_frame_that_is_right_as_it_is_the_confidence_is_kept(annotation):
    annotation.apply(edits.decide_all(annotation, [1]))
    assert annotation.confidence(1) is None
    assert annotation.sources(1) is None
    assert annotation.approved(1) == annotation.all_confidence(1) == {1: 0.6, 2: 0.7}


def test_it_is_told_again_where_nothing_is_decided_any_more(annotation):
    annotation.apply(edits.decide_all(annotation, [1]))
    before = annotation.all_sources(1)
    annotation.apply(edits.undecide(annotation, [1]))
    assert annotation.confidence(1) == {1: 0.6, 2: 0.7}
    assert annotation.approved(1) is None
    assert annotation.sources(1) == before == {1: {5}, 2: {5}}


def test_a_frame_without_a_mask_has_none_once_nothing_is_decided_there_any_more(annotation):
    before = state(annotation)
    annotation.apply(edits.decide_all(annotation, [2]))
    edit = edits.undecide(annotation, [2])
    annotation.apply(edit)
    assert state(annotation) == before
    annotation.apply(edit.inverse())
    assert not annotation.mask(2).any()
    empty = CarriedMask(1, encode_mask(np.zeros_like(MASK)), {1: 0.9, 2: 0.9})
    annotation.apply(edits.propagated(annotation, empty, "Propagate"))
    annotation.apply(edits.decide_all(annotation, [1]))
    annotation.apply(edits.undecide(annotation, [1]))
    assert annotation.mask_bytes(1) == empty.mask, "a pass looked there"


def test_what_it_was_carried_from_is_known_after_it_was_touched_up(annotation):
    painted(annotation, 5)
    assert annotation.sources(1) == {2: {5}}
    annotation.apply(edits.undecide(annotation, [1]))
    assert annotation.sources(1) == {1: {5}, 2: {5}}


def test_of_a_mask_that_was_touched_up_it_is_kept_with_what_was_painted_added(annotation):
    painted(annotation, 5)
    assert annotation.approved(1) == {1: pytest.approx(0.7)}
    assert annotation.confidence(1) == {2: 0.7}
    painted(annotation, 5)
    assert annotation.approved(1) == {1: pytest.approx(0.6 + 5 / 50 + 5 / 45)}


def test_where_it_is_decided_no_more_the_confidence_is_what_the_pass_gave(annotation):
    painted(annotation, 5)
    painted(annotation, 5)
    before = state(annotation)
    edit = edits.undecide(annotation, [1])
    annotation.apply(edit)
    assert annotation.confidence(1) == {1: 0.6, 2: 0.7}
    annotation.apply(edit.inverse())
    assert state(annotation) == before
    annotation.apply(edits.undecide(annotation, [1]))
    assert annotation.confidence(1) == {1: 0.6, 2: 0.7}


def test_the_confidence_of_a_mask_that_was_touched_up_can_be_copied():
    sure = TouchedUp(0.7, given=0.6)
    for again in (copy.copy(sure), copy.deepcopy(sure), pickle.loads(pickle.dumps(sure))):
        assert (again, given(again)) == (0.7, 0.6)


def test_a_stroke_that_is_undone_leaves_the_confidence_that_was_there(annotation):
    before = state(annotation)
    mask = annotation.mask(1).copy()
    mask[0, :5] = 0
    edit = edits.paint(annotation, 1, mask, 1)
    annotation.apply(edit)
    assert annotation.approved(1) == {1: pytest.approx(0.7)}
    annotation.apply(edit.inverse())
    assert state(annotation) == before


def test_of_a_mask_that_was_wrong_nothing_is_kept(annotation):
    painted(annotation, 20)
    assert annotation.approved(1) is None
    assert annotation.confidence(1) == {2: 0.7}
    assert annotation.all_sources(1) == {2: {5}}


def test_touched_up_again_and_again_it_was_not_right(annotation):
    for _ in range(5):
        painted(annotation, 5)
    assert annotation.approved(1) is None


def test_what_was_painted_before_says_nothing_of_the_network(annotation):
    painted(annotation, 20)
    painted(annotation, 1)
    annotation.apply(edits.decide_all(annotation, [1]))
    assert annotation.approved(1) == {2: 0.7}


def test_a_pass_over_the_other_objects_leaves_it(annotation):
    painted(annotation, 5)
    kept = annotation.approved(1)
    carried = CarriedMask(1, encode_mask(annotation.mask(1)), {2: 0.9}, {2: frozenset({7})})
    annotation.apply(edits.propagated(annotation, carried, "Propagate"))
    assert (annotation.approved(1), annotation.confidence(1)) == (kept, {2: 0.9})
    assert (annotation.sources(1), annotation.all_sources(1)) == ({2: {7}}, {1: {5}, 2: {7}})


def test_it_goes_with_the_frame_and_with_undo(annotation):
    annotation.apply(edits.decide_all(annotation, [1]))
    before = state(annotation)
    edit = edits.clear_frame(annotation, 1)
    annotation.apply(edit)
    assert annotation.approved(1) is None
    annotation.apply(edit.inverse())
    assert state(annotation) == before


@pytest.mark.parametrize("decide", [edits.decide_all, lambda a, frames: edits.declare_absent(a, 1, 1)])
def test_undo_brings_all_back(annotation, decide):
    before = state(annotation)
    edit = decide(annotation, [1])
    annotation.apply(edit)
    assert state(annotation) != before
    annotation.apply(edit.inverse())
    assert state(annotation) == before
